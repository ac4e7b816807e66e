"""Data to look at and to measure with; everything in it is invented."""

from flask import Flask


def seed(app: Flask) -> None:
    """Write the demo into an empty database; loads the rooms it needs only now."""
    from forum.demo import whole

    whole.seed(app)
