"""The interface for a business's own systems: its cases read, its responses sent, with a token of limited scope."""
