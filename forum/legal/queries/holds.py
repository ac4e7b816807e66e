"""Holds of the data of letters."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload, selectinload

from forum.accounts.models import User, Visitor
from forum.core import paging
from forum.core.access import ensure
from forum.core.db import db
from forum.core.errors import Missing
from forum.legal.models import LegalHold
from forum.letters.models import Letter
from forum.moderation.policy import may_open_desk

ROWS = 25


def holds(after: str | None) -> paging.Page[Any]:
    """Return a page of holds, newest first: the hold, the letter's title, who holds, who released and who confirmed it."""
    holder, released, second = aliased(User), aliased(User), aliased(User)
    return paging.page(
        select(
            LegalHold,
            Letter.title,
            holder.name.label("holder"),
            released.name.label("asker"),
            second.name.label("second"),
        )
        .join(Letter, Letter.id == LegalHold.letter_id)
        .options(joinedload(LegalHold.letter).selectinload(Letter.cases))
        .join(holder, holder.id == LegalHold.by_id)
        .outerjoin(released, released.id == LegalHold.released_by_id)
        .outerjoin(second, second.id == LegalHold.second_by_id),
        keys=(LegalHold.id,),
        kinds="i",
        after=after,
        size=ROWS,
        key_of=lambda row: (row.LegalHold.id,),
    )


def holds_of(letter_ids: Sequence[int]) -> Sequence[LegalHold]:
    """Return what holds these letters now, with their letters."""
    return db.session.scalars(
        select(LegalHold)
        .where(LegalHold.letter_id.in_(letter_ids), LegalHold.released_at.is_(None))
        .options(joinedload(LegalHold.letter))
        .order_by(LegalHold.id)
    ).all()


def hold_for(who: Visitor, hold_id: int) -> LegalHold:
    """Return a hold with its letter for a moderator; raises NotAllowed, SecondFactorNeeded or Missing."""
    ensure(may_open_desk, who, None)
    found = db.session.scalar(select(LegalHold).where(LegalHold.id == hold_id).options(joinedload(LegalHold.letter).selectinload(Letter.cases)))
    if found is None:
        raise Missing
    return found


def letter_to_hold(letter_id: int) -> Letter | None:
    """Return a letter with its cases, in whatever state it is."""
    return db.session.scalar(select(Letter).where(Letter.id == letter_id).options(selectinload(Letter.cases)))
