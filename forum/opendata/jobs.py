"""The clock has the package of today made, once the head of yesterday can be in it."""

from contextlib import suppress

from forum.notifications import ticks
from forum.opendata import folder, making


def publish_today() -> None:
    """Make today's package unless it is there."""
    if making.is_due():
        with suppress(folder.Making):  # another worker is at it
            making.make()


ticks.tick("open_data", ticks.HOUR, publish_today)
