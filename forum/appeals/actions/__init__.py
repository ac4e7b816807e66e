"""Every verb of an appeal."""

from forum.appeals.actions.deciding import decide
from forum.appeals.actions.making import appeal, appeal_by_mail

__all__ = ["appeal", "appeal_by_mail", "decide"]
