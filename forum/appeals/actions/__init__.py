"""Every verb of an appeal."""

from forum.appeals.actions.deciding import decide
from forum.appeals.actions.making import appeal, appeal_as_reporter

__all__ = ["appeal", "appeal_as_reporter", "decide"]
