"""Drafts: kept by hand, by themselves, and previewed."""
