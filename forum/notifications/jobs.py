"""Makes known which functions run the jobs of this feature."""

from forum.notifications import comment_mails, deliver, late, ticks

__all__ = ["comment_mails", "deliver", "late", "ticks"]
