"""A page of the comments of a letter: one query of plain rows by key, whatever the length and depth of the thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, or_, select, tuple_, type_coerce

from forum.accounts.models import Visitor
from forum.comments.lifecycle import UNSEEN, CommentState
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


_comment: Any = Comment.__table__.c  # plain columns: a hundred rows cost half of what the ORM takes
SORTS = {
    "oldest": Sort((_comment.path,), "s", descending=False, threaded=True),
    "newest": Sort((_comment.newest_thread_first, _comment.path), "is", descending=False, threaded=True),
    "helpful": Sort((_comment.helped, _comment.number), "ii", descending=True, threaded=False),
}
_parent: Any = Comment.__table__.alias()
COLUMNS = (
    _comment.id,
    _comment.path,
    _comment.depth,
    _comment.parent_id,
    _comment.author_id,
    _comment.votes,
    _comment.version,
    type_coerce(_comment.created_at, String).label("created_at"),
    _parent.c.byline.label("parent_byline"),
    type_coerce(_parent.c.state, String).label("parent_state"),
    _comment.number,
    _comment.newest_thread_first,
    _comment.byline,
    _comment.merchant_name,
    _comment.html,
    type_coerce(_comment.state, String).label("state"),
    _comment.hidden_reason,
    _comment.edited_at.is_not(None).label("edited"),
    _comment.helped,
)
"""The first KEY_COLUMNS tell whether a ready drawing of the comment may be used, the others are for drawing it.

States and times come as the driver gives them: converting six hundred values would cost more than the query.
"""
KEY_COLUMNS = 10


def shown(author_id: Any = None) -> ColumnElement[bool]:
    """Return the condition that a comment stands on the page, if only as a placeholder; an author sees an own held one too."""
    everybody = or_(_comment.state.in_((CommentState.VISIBLE, CommentState.HIDDEN)), _comment.reply_count > 0)
    if author_id is None:
        return everybody
    return or_(everybody, and_(_comment.author_id == author_id, _comment.state.in_(UNSEEN)))


@lru_cache
def _statement(sort: str, *, behind: bool, own: bool) -> Any:
    """Made once for each order, with `letter_id`, for a member `who_id`, and the keys of the cursor (k0, k1) to be bound: building costs more than running."""
    order = SORTS[sort]
    query: Any = (
        select(*COLUMNS)
        .outerjoin_from(Comment.__table__, _parent, _parent.c.id == _comment.parent_id)
        .where(_comment.letter_id == bindparam("letter_id"), shown(bindparam("who_id") if own else None))
    )
    if behind:
        here, there = tuple_(*order.keys), tuple_(*(bindparam(f"k{n}", type_=k.type) for n, k in enumerate(order.keys)))
        query = query.where(here < there if order.descending else here > there)
    return query.order_by(*(key.desc() if order.descending else key for key in order.keys)).limit(PAGE_ROWS + 1)


def thread(letter_id: int, sort: str = "oldest", after: str | None = None, *, who: Visitor | None = None) -> paging.Page[Any]:
    """Return rows of COLUMNS in an order of SORTS, PAGE_ROWS of them behind the cursor `after`, as this person sees them.

    Raises Invalid("bad_cursor") for a cursor of another order.
    """
    order = SORTS[sort]
    behind = paging.decode(after, order.kinds)
    bound = {f"k{n}": value for n, value in enumerate(behind or ())}
    own = who.id if who is not None and not who.is_guest else None
    if own is not None:
        bound["who_id"] = own
    rows = db.session.execute(_statement(sort, behind=behind is not None, own=own is not None), {"letter_id": letter_id, **bound}).all()
    if len(rows) <= PAGE_ROWS:
        return paging.Page(rows)
    last = rows[PAGE_ROWS - 1]
    return paging.Page(rows[:PAGE_ROWS], paging.encode([getattr(last, key.key) for key in order.keys]))


def helped(who: Visitor, comment_ids: Iterable[int]) -> frozenset[int]:
    """Return which of these comments this person found helpful."""
    ids = list(comment_ids)
    if who.is_guest or not ids:
        return frozenset()
    return frozenset(
        db.session.scalars(select(Vote.comment_id).where(Vote.user_id == who.id, Vote.comment_id.in_(ids)))
    )
