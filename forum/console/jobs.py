"""The clock turns ready pages when an announcement begins or ends."""

from forum.console.actions import turn_announcements
from forum.notifications import ticks


def turn() -> None:
    """Turn them."""
    turn_announcements()


ticks.tick("announcements", ticks.MINUTE, turn)
