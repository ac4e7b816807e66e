"""How many replies a comment has that are shown, if only as a placeholder: kept when one leaves the thread or comes into it."""

from forum.comments.lifecycle import UNSEEN, CommentState
from forum.comments.models import Comment
from forum.core.db import db, lock

NOT_SHOWN = {CommentState.DELETED, CommentState.GONE, *UNSEEN}
"""Where a comment has no replies."""


def leave(comment: Comment) -> None:
    """Count a comment that is not shown any more out of its parent, and that one too when it was kept for it alone."""
    here: Comment = comment
    while here.state in NOT_SHOWN and not here.reply_count and here.parent_id:
        here = _held(here.parent_id)
        here.reply_count -= 1


def come(comment: Comment) -> None:
    """Count a comment that is shown from now on into its parent, and that one too when it is kept for it again."""
    here: Comment = comment
    if here.reply_count:
        return  # it stood there as a placeholder
    while here.parent_id:
        here = _held(here.parent_id)
        here.reply_count += 1
        if here.state not in NOT_SHOWN or here.reply_count > 1:
            return


def _held(comment_id: int) -> Comment:
    found = db.session.get_one(Comment, comment_id)
    return lock(found)
