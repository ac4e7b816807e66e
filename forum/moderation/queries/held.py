"""Comments that wait for a moderator: one row for those near-equal, and one of them with all that a decision needs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import String, func, literal, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import User, Visitor
from forum.comments.lifecycle import UNSEEN, CommentState
from forum.comments.models import Comment
from forum.config import settings
from forum.core import paging
from forum.core.access import ensure
from forum.core.clock import local_date, utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.text import excerpt
from forum.crowds.models import Sketched
from forum.crowds.queries import found_in, group_of
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.moderation import policy
from forum.moderation.queries.queue import ROWS, Waiting

EXCERPT_CHARACTERS = 140
WAITS = (Comment.state == CommentState.HELD,)


@dataclass(frozen=True)
class Held:
    """A comment that waits or was refused, for the desk."""

    comment: Comment
    author: User | None
    hits: list[str]  # words and links of the lists
    others: list[Comment]  # near-equal ones that wait, too
    published: int  # comments of its author that stand


def about_column(kind: str, key: Any) -> Any:
    """Return the SQL of `comment:5` for the key of a row."""
    return literal(f"{kind}:") + sql_cast(key, String)


def is_first_of_group(kind: str, row: Any, waits: Any) -> Any:
    """Return the condition that no earlier one of its group waits; `waits` makes the condition for another row."""
    mine, theirs, other = aliased(Sketched), aliased(Sketched), aliased(row)
    return ~(
        select(other.id)
        .join(theirs, theirs.row_id == other.id)  # a group is of one kind
        .join(mine, mine.group_id == theirs.group_id)
        .where(mine.about == about_column(kind, row.id), other.id < row.id, waits(other))
        .correlate(row)
        .exists()
    )


def waiting_held(after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of comments that wait, those near-equal as one, the oldest first."""
    found = paging.page(
        select(Comment.id, Comment.held_at, Comment.held_for, Comment.byline, Comment.text, Comment.author_id, Sketched.group_id)
        .outerjoin(Sketched, Sketched.about == about_column("comment", Comment.id))
        .where(*WAITS, is_first_of_group("comment", Comment, lambda other: other.state == CommentState.HELD)),
        keys=(Comment.held_at, Comment.id),
        kinds="ti",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.held_at, row.id),
    )
    sizes = _sizes({row.group_id for row in found.items if row.group_id})
    config, now = settings(), utcnow()
    items = []
    for row in found.items:
        due_at = row.held_at + timedelta(hours=config.held_hours)
        items.append(
            Waiting(
                kind="held",
                id=row.id,
                title=excerpt(row.text, EXCERPT_CHARACTERS),
                by=row.byline,
                to="",
                since=row.held_at,
                due=local_date(due_at, config.time_zone),
                late=now > due_at,
                alarm=False,
                due_at=due_at,
                number=sizes.get(row.group_id, 1),
                marks=(row.held_for.value,) if row.held_for else (),
            )
        )
    return paging.Page(items, found.next)


def _sizes(group_ids: set[int]) -> dict[int, int]:
    if not group_ids:
        return {}
    rows = db.session.execute(
        select(Sketched.group_id, func.count())
        .join(Comment, Comment.id == Sketched.row_id)
        .where(Sketched.group_id.in_(group_ids), *WAITS)
        .group_by(Sketched.group_id)
    )
    return {group_id: number for group_id, number in rows if group_id is not None}


def held_for(who: Visitor, comment_id: int) -> Held:
    """Return a comment that waits or was refused, with its letter and the letter's cases; raises NotAllowed or Missing."""
    ensure(policy.may_open_desk, who, None)
    comment = db.session.get(Comment, comment_id)
    if comment is None or (comment.state not in UNSEEN and comment.state is not CommentState.VISIBLE):
        raise Missing
    set_committed_value(comment, "letter", letter_for(who, comment.letter_id))
    published = db.session.scalar(
        select(func.count()).where(Comment.author_id == comment.author_id, Comment.state == CommentState.VISIBLE)
    )
    return Held(
        comment=comment,
        author=None if comment.author_id is None else db.session.get(User, comment.author_id),
        hits=found_in([comment.text])[0],
        others=_others(who, comment),
        published=published or 0,
    )


def _others(who: Visitor, comment: Comment) -> list[Comment]:
    ids = [int(one.partition(":")[2]) for one in group_of(f"comment:{comment.id}")]
    others = list(db.session.scalars(select(Comment).where(Comment.id.in_(ids), Comment.id != comment.id, *WAITS).order_by(Comment.id)))
    letters = {comment.letter_id: comment.letter}
    for one in others:
        if one.letter_id not in letters:
            letters[one.letter_id] = letter_for(who, one.letter_id)
        set_committed_value(one, "letter", letters[one.letter_id])
    return others


def text_of(about: str) -> tuple[int, str] | None:
    """Return the letter and the words of `letter:1` or `comment:5`, None where there is nothing (any more)."""
    kind, _, number = about.partition(":")
    if kind == "letter":
        row = db.session.execute(select(Letter.id, Letter.title, Letter.text).where(Letter.id == int(number))).first()
        return None if row is None else (row.id, f"{row.title}\n\n{row.text}")
    if kind != "comment":
        return None
    written = db.session.execute(select(Comment.letter_id, Comment.text).where(Comment.id == int(number))).first()
    return None if written is None or not written.text else (written.letter_id, written.text)
