"""The clock hands out the head of the day that is over."""

from forum.notifications import ticks
from forum.receipts.actions import make_heads


def publish_heads() -> None:
    """Make what is missing of the days that are over."""
    make_heads()


ticks.tick("heads", ticks.HOUR, publish_heads)
