"""Finding a comment helpful."""

from sqlalchemy import select, update

from forum.accounts.models import User
from forum.comments import policy
from forum.comments.models import Comment, Vote
from forum.core.access import ensure
from forum.core.db import db, lock, unit_of_work
from forum.letters.models import Letter


@unit_of_work
def vote(comment: Comment, *, by: User, helpful: bool = True) -> None:
    """Say that a comment helped, or take that back; saying it twice counts once. Needs `comment.letter`."""
    db.session.execute(
        update(Letter)
        .where(Letter.id == comment.letter_id)
        .values(page_version=Letter.page_version + 1)
        .execution_options(synchronize_session=False)
    )
    lock(comment)
    ensure(policy.may_vote, by, comment)
    said = db.session.scalar(select(Vote).where(Vote.comment_id == comment.id, Vote.user_id == by.id))
    if helpful and said is None:
        db.session.add(Vote(comment_id=comment.id, user_id=by.id))
        comment.votes += 1
    elif not helpful and said is not None:
        db.session.delete(said)
        comment.votes -= 1
