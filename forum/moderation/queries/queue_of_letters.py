"""Letters that wait for their review: near-equal ones about one business as one, each with what speaks for spam."""

from typing import Any

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.comments.holding import is_new
from forum.core import paging
from forum.core.db import db
from forum.crowds.models import Sketched
from forum.crowds.queries import found_in, group_of
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.letters.queries import lists
from forum.moderation.queries.held import about_column, is_first_of_group
from forum.moderation.queries.queue import ROWS, Waiting, in_working_days

WAITS = Letter.publication == Publication.SUBMITTED


def waiting_letters(after: str | None = None, *, signs: bool = True) -> paging.Page[Waiting]:
    """Return a page of submitted letters, of near-equal ones the first; `signs`: with what speaks for spam."""
    found = paging.page(
        select(*lists.COLUMNS).where(
            WAITS, is_first_of_group("letter", Letter, lambda other: other.publication == Publication.SUBMITTED)
        ),
        keys=(Letter.submitted_at, Letter.id),
        kinds="ti",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.submitted_at, row.id),
    )
    ids = [row.id for row in found.items]
    told = _told(ids) if signs else {}
    items = [
        in_working_days(
            "letter",
            row.id,
            row.title,
            row.submitted_at,
            by=row.byline,
            to=", ".join(case.merchant for case in row.cases),
            **told.get(row.id, {}),
        )
        for row in lists.rows(found.items)
        if row.submitted_at is not None
    ]
    return paging.Page(items, found.next)


def _told(ids: list[int]) -> dict[int, dict[str, Any]]:
    """What speaks for spam of each of these letters, and how many near-equal ones wait."""
    rows = db.session.execute(
        select(Letter.id, Letter.title, Letter.text, User, Sketched.group_id, Sketched.like_spam)
        .join(Letter.author)
        .outerjoin(Sketched, Sketched.about == about_column("letter", Letter.id))
        .where(Letter.id.in_(ids))
    ).all()
    sizes = _sizes({row.group_id for row in rows if row.group_id})
    hits = found_in([f"{row.title}\n{row.text}" for row in rows])
    return {
        row.id: {
            "number": sizes.get(row.group_id, 1),
            "hits": tuple(found),
            "marks": tuple(
                name for name, holds in (("new_account", is_new(row.User)), ("like_spam", row.like_spam)) if holds
            ),
        }
        for row, found in zip(rows, hits, strict=True)
    }


def _sizes(group_ids: set[int]) -> dict[int, int]:
    if not group_ids:
        return {}
    rows = db.session.execute(
        select(Sketched.group_id, func.count())
        .join(Letter, Letter.id == Sketched.row_id)
        .where(Sketched.group_id.in_(group_ids), WAITS)
        .group_by(Sketched.group_id)
    )
    return {group_id: number for group_id, number in rows if group_id is not None}


def alike_letters(letter_id: int) -> list[lists.LetterRow]:
    """Return the letters near-equal to this one that wait, itself with them, the oldest first."""
    ids = [int(about.partition(":")[2]) for about in group_of(f"letter:{letter_id}")]
    rows = db.session.execute(select(*lists.COLUMNS).where(Letter.id.in_(ids), WAITS).order_by(Letter.submitted_at, Letter.id)).all()
    return lists.rows(rows)


def signs_of(letter: Letter) -> dict[str, Any]:
    """Return what speaks for spam of one letter, and how many near-equal ones wait."""
    return _told([letter.id])[letter.id]
