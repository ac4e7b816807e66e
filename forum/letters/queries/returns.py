"""What came back to its author: the letter as it was sent, with the passages that were marked."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.core.db import db
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter, Mark, Returned

MOST_RETURNS = 10


def returns_of(letter_id: int) -> Sequence[Returned]:
    """Return the newest MOST_RETURNS returns of a letter with their marks, newest first."""
    return db.session.scalars(
        select(Returned)
        .where(Returned.letter_id == letter_id)
        .options(selectinload(Returned.marks))
        .order_by(Returned.id.desc())
        .limit(MOST_RETURNS)
    ).all()


def marks_on(letter: Letter) -> Sequence[Mark]:
    """Return the passages that are to be changed now: none once the letter was sent again, without a query."""
    if letter.publication is not Publication.RETURNED:
        return []
    newest = select(Returned.id).where(Returned.letter_id == letter.id).order_by(Returned.id.desc()).limit(1).scalar_subquery()
    return db.session.scalars(select(Mark).where(Mark.return_id == newest).order_by(Mark.id)).all()


def marks_of(return_ids: Iterable[int]) -> dict[int, list[Mark]]:
    """Return the marks of these returns by return."""
    found: dict[int, list[Mark]] = {}
    ids = set(return_ids)
    if ids:
        for mark in db.session.scalars(select(Mark).where(Mark.return_id.in_(ids)).order_by(Mark.id)):
            found.setdefault(mark.return_id, []).append(mark)
    return found
