"""Webhooks: what happens in a business's cases, told to its own systems."""
