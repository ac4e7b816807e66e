"""One comment for a person, and the page of its thread that holds it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import Visitor
from forum.comments import policy
from forum.comments.models import SEGMENT_DIGITS, Comment
from forum.comments.queries.thread import PAGE_ROWS, shown
from forum.core import paging
from forum.core.access import ensure
from forum.core.db import db
from forum.core.errors import Missing
from forum.letters.queries import letter_for

BEFORE_ROWS = 20
"""How many comments stand above the one that a permalink leads to, unless its thread begins nearer."""


def comment_for(who: Visitor, comment_id: int, rule: Callable[[Visitor, Any], bool] | None = None) -> Comment:
    """Return a comment with its letter (as `letter_for` loads it).

    Raises Missing, Gone when the letter was removed, NotAllowed when `rule` says no.
    """
    comment = db.session.get(Comment, comment_id)
    if comment is None:
        raise Missing
    if not policy.may_see(who, comment):
        raise Missing
    set_committed_value(comment, "letter", letter_for(who, comment.letter_id))
    if rule is not None:
        ensure(rule, who, comment)
    return comment


def cursor_of(comment: Comment, who: Visitor) -> str | None:
    """Return the cursor of a page, oldest first, that holds the comment for this person; None when the first page does."""
    here = select(Comment.path).where(Comment.letter_id == comment.letter_id, shown(who.id))
    first = db.session.scalars(here.order_by(Comment.path).limit(PAGE_ROWS)).all()
    if len(first) < PAGE_ROWS or comment.path <= first[-1]:
        return None
    before = db.session.scalars(
        here.where(Comment.path < comment.path).order_by(Comment.path.desc()).limit(BEFORE_ROWS + 1)
    ).all()
    root = comment.path[:SEGMENT_DIGITS]
    outside = next((path for path in before if not path.startswith(root)), before[-1])
    return paging.encode([outside])
