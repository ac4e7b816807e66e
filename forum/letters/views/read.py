"""Reading a letter."""
