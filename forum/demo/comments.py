"""A comment of the demo: written by its action, and let through where it waits for a moderator."""

from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import User
from forum.comments import actions
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.letters.queries import letter_for


def write(letter_id: int, by: User, text: str, moderator: User, parent_id: int | None = None) -> Comment:
    """Write under a letter; the first comment of an account is published by the moderator."""
    comment = actions.post(letter_for(by, letter_id), by=by, text=text, parent_id=parent_id)
    if comment.state is CommentState.HELD:
        set_committed_value(comment, "letter", letter_for(moderator, letter_id))
        actions.publish(comment, by=moderator)
    return comment
