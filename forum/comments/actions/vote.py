"""Finding a comment helpful."""

from datetime import timedelta

from sqlalchemy import select, update

from forum.accounts.models import User
from forum.comments import policy
from forum.comments.holding import is_new
from forum.comments.models import Comment, Vote
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.letters.models import Letter

SETTLED = timedelta(days=30)
WEIGHTS = (1, 4, 10)
"""Of a new account, of one that is not SETTLED yet, of any other."""


def weight_of(by: User) -> int:
    """Return what this person's voice weighs in the order of comments; the figure shown counts each person once."""
    new, young, settled = WEIGHTS
    if is_new(by):
        return new
    return young if utcnow() - by.created_at < SETTLED else settled


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
        said = Vote(comment_id=comment.id, user_id=by.id, weight=weight_of(by))
        db.session.add(said)
        comment.votes += 1
        comment.helped += said.weight
    elif not helpful and said is not None:
        db.session.delete(said)
        comment.votes -= 1
        comment.helped -= said.weight
