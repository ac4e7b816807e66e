"""A page of the comments of a letter: one query of plain rows by key, whatever the length and depth of the thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from forum.accounts.models import Visitor
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment, Vote
from forum.core import paging
from forum.core.db import db

PAGE_ROWS = 100


@dataclass(frozen=True)
class Sort:
    """An order of comments; `threaded` when replies stand below what they answer."""

    keys: tuple[Any, ...]
    kinds: str
    descending: bool
    threaded: bool


SORTS = {
    "oldest": Sort((Comment.path,), "s", descending=False, threaded=True),
    "newest": Sort((Comment.newest_thread_first, Comment.path), "is", descending=False, threaded=True),
    "helpful": Sort((Comment.votes, Comment.number), "ii", descending=True, threaded=False),
}
_Parent = aliased(Comment)
COLUMNS = (
    Comment.id,
    Comment.number,
    Comment.newest_thread_first,
    Comment.path,
    Comment.depth,
    Comment.parent_id,
    Comment.author_id,
    Comment.byline,
    Comment.merchant_name,
    Comment.html,
    Comment.state,
    Comment.hidden_reason,
    Comment.votes,
    Comment.version,
    Comment.created_at,
    Comment.edited_at,
    _Parent.byline.label("parent_byline"),
    _Parent.state.label("parent_state"),
)


def shown() -> ColumnElement[bool]:
    """Return the condition that a comment stands on the page, if only as a placeholder for its replies."""
    return or_(Comment.state.in_((CommentState.VISIBLE, CommentState.HIDDEN)), Comment.reply_count > 0)


def thread(letter_id: int, sort: str = "oldest", after: str | None = None) -> paging.Page[Any]:
    """Return rows of COLUMNS in an order of SORTS, PAGE_ROWS of them behind the cursor `after`."""
    order = SORTS[sort]
    query: Any = (
        select(*COLUMNS)
        .outerjoin(_Parent, _Parent.id == Comment.parent_id)
        .where(Comment.letter_id == letter_id, shown())
    )
    return paging.page(
        query,
        keys=order.keys,
        kinds=order.kinds,
        after=after,
        size=PAGE_ROWS,
        descending=order.descending,
        key_of=lambda row: [getattr(row, key.key) for key in order.keys],
    )


def helped(who: Visitor, comment_ids: Iterable[int]) -> frozenset[int]:
    """Return which of these comments this person found helpful."""
    ids = list(comment_ids)
    if who.is_guest or not ids:
        return frozenset()
    return frozenset(
        db.session.scalars(select(Vote.comment_id).where(Vote.user_id == who.id, Vote.comment_id.in_(ids)))
    )
