"""Data to look at and to measure with; everything in it is invented."""
