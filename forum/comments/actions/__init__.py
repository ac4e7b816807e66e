"""Every verb of a comment."""

from forum.comments.actions.moderate import hide, lock, publish, refuse, restore, unlock
from forum.comments.actions.vote import vote
from forum.comments.actions.write import delete, edit, post

__all__ = ["delete", "edit", "hide", "lock", "post", "publish", "refuse", "restore", "unlock", "vote"]
