"""Every verb of a comment."""

from forum.comments.actions.moderate import hide, lock, restore, unlock
from forum.comments.actions.vote import vote
from forum.comments.actions.write import delete, edit, post

__all__ = ["delete", "edit", "hide", "lock", "post", "restore", "unlock", "vote"]
