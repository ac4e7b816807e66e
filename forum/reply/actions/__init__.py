"""Every verb of the right of reply."""

from forum.reply.actions.decide import hide, publish, publish_refused, refuse, restore
from forum.reply.actions.write import LINK_LIFE, prove, prune_replies, withdraw, write

__all__ = ["LINK_LIFE", "hide", "prove", "prune_replies", "publish", "publish_refused", "refuse", "restore", "withdraw", "write"]
