"""Makes the announcements a part of what every process knows."""

from forum.console.queries import announcements

__all__ = ["announcements"]
