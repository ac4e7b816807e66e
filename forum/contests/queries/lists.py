"""Contests as lists: those that wait for moderators, those whose time is over, those of a business."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, or_, select

from forum.accounts.models import Visitor
from forum.config import settings
from forum.contests.lifecycle import OPEN, ContestState
from forum.contests.models import Contest
from forum.core import paging
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.letters.models import Case, Letter
from forum.merchants.models import Merchant
from forum.moderation.queries.sources import columns

MOST_AT_ONCE = 500
READY = or_(Contest.state == ContestState.HEARD, and_(Contest.state.in_(OPEN), Contest.hides))
"""What a moderator should decide: the author was heard, or passages are covered meanwhile."""
SINCE = func.coalesce(Contest.reopened_at, case((Contest.hides, Contest.filed_at), else_=Contest.heard_at))
"""Since when; as `Contest.decision_due` counts."""


def decisions() -> Select[int]:
    """Return the question which contests wait for a moderator."""
    return select(Contest.id).where(READY)


def waiting(after: str | None, *, size: int) -> paging.Page[Any]:
    """Return a page of the contests that wait for a moderator, the first deadline first, with the title of their letter."""
    rows = (
        select(
            Contest.id,
            Contest.ground,
            Contest.side,
            Contest.hides,
            Contest.by_id,
            SINCE.label("since"),
            Letter.title,
            Letter.byline,
            Merchant.name.label("business"),
            Case.merchant_id,
        )
        .join(Letter, Letter.id == Contest.letter_id)
        .outerjoin(Case, Case.id == Contest.case_id)
        .outerjoin(Merchant, Merchant.id == Case.merchant_id)
        .where(READY)
        .subquery()
    )
    return paging.page(
        select(rows),
        keys=(rows.c.since, rows.c.id),
        kinds="ti",
        after=after,
        size=size,
        descending=False,
        key_of=lambda row: (row.since, row.id),
    )


def rows_for_the_desk(who: Visitor) -> Select[Any]:
    """Return the contests that wait for a moderator as rows of the one queue; whose own it is, another moderator decides."""
    return (
        select(
            *columns(
                number=Contest.id,
                at=SINCE,
                title=Letter.title,
                by=func.coalesce(Merchant.name, ""),
                mark=case((Contest.hides, "hides"), else_=""),
                own=or_(
                    func.coalesce(Contest.by_id, 0) == who.id,
                    Letter.author_id == who.id,
                    func.coalesce(Case.merchant_id, 0).in_(sorted(who.merchant_ids)),
                ),
            )
        )
        .join(Letter, Letter.id == Contest.letter_id)
        .outerjoin(Case, Case.id == Contest.case_id)
        .outerjoin(Merchant, Merchant.id == Case.merchant_id)
        .where(READY)
    )


def author_late(now: datetime) -> Sequence[int]:
    """Return the contests whose author did not react, or did not prove or change, in time; MOST_AT_ONCE at most."""
    return db.session.scalars(
        select(Contest.id).where(_asked(), _over(now, 1)).order_by(Contest.id).limit(MOST_AT_ONCE)
    ).all()


def to_remind(now: datetime) -> Sequence[int]:
    """Return the contests whose author is in the last half of a deadline and was not told so yet."""
    since = func.coalesce(Contest.reacted_at, Contest.asked_at)
    unsaid = or_(Contest.reminded_at.is_(None), Contest.reminded_at < since)
    return db.session.scalars(
        select(Contest.id).where(_asked(), _over(now, 2), unsaid).order_by(Contest.id).limit(MOST_AT_ONCE)
    ).all()


def overdue(now: datetime) -> Sequence[int]:
    """Return the contests that moderators should have decided by now, and were not told of."""
    before = now - timedelta(hours=settings().contest_hours)
    about = "contest:" + cast(Contest.id, String)
    told = exists().where(Event.about == about, Event.kind == Kind.QUEUE_ALARM, Event.at >= SINCE)
    found = select(Contest.id).where(READY, before >= SINCE, ~told).order_by(Contest.id).limit(MOST_AT_ONCE)
    return db.session.scalars(found).all()


def is_contested(case_id: Any) -> ColumnElement[bool]:
    """Whether the business of a case contests its letter, and nobody has decided yet."""
    return exists().where(Contest.case_id == case_id, Contest.state.in_(OPEN))


def open_of_case(case_id: int) -> Sequence[Contest]:
    """Return what a business contests of a letter, oldest first."""
    return db.session.scalars(
        select(Contest).where(Contest.case_id == case_id, Contest.state.in_(OPEN)).order_by(Contest.id)
    ).all()


def _asked() -> ColumnElement[bool]:
    return Contest.state == ContestState.AUTHOR_ASKED


def _over(now: datetime, part: int) -> ColumnElement[bool]:
    """Whether one `part`th of the author's present deadline has passed."""
    config = settings()
    react = now - timedelta(hours=config.contest_react_hours) / part
    prove = now - timedelta(days=config.contest_answer_days) / part
    return or_(
        and_(Contest.reacted_at.is_(None), Contest.asked_at <= react),
        and_(Contest.reacted_at.is_not(None), Contest.reacted_at <= prove),
    )

