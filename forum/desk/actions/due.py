"""The last day to answer in time, written beside each case so that lists can be ordered by it.

It is worked out by the clock's own pure calculation whenever something moves the clock, and by the worker each hour for
settings and holidays that changed. Pages never tell it: what they show is derived anew from the events.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.letters.clocks import Absence, clock
from forum.letters.lifecycle import ResponseState
from forum.letters.models import Case, Letter
from forum.letters.queries.lists import stops_of
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Representative

BATCH = 500
RUNNING = (ResponseState.AWAITING, ResponseState.ACKNOWLEDGED, ResponseState.ASKED)


def last_day(
    category: str,
    started_at: datetime,
    stops: Iterable[tuple[datetime, datetime | None]] = (),
    *,
    away: Iterable[Absence] = (),
) -> date | None:
    """Return the last day to answer in time; while the clock stands, the day it would be if the author never answered.

    `away` are the times out of print; None while the letter is.
    """
    days = timedelta(days=settings().question_days)
    ended = [(asked_at, resumed_at or asked_at + days) for asked_at, resumed_at in stops]
    until = max((utcnow(), *(resumed_at for _asked_at, resumed_at in ended)))
    return clock(category, started_at, until, ended, away=away).due


@unit_of_work
def put_due(*, letter_id: int | None = None, case_id: int | None = None) -> None:
    """Write the day anew for a case, or for all of a letter."""
    wanted = Case.id == case_id if case_id is not None else Case.letter_id == letter_id
    rows = db.session.execute(
        select(Case, Letter.category, Letter.absences).join(Letter, Letter.id == Case.letter_id).where(wanted)
    ).all()
    stops = stops_of([row.Case.id for row in rows])
    for row in rows:
        case = row.Case
        case.due_on = last_day(row.category, case.started_at, stops[case.id], away=row.absences) if case.started_at else None


def put_all_due() -> int:
    """Write the day anew for every case that is not answered, and take cases from people who left; returns how many changed."""
    last = changed = 0
    while True:
        rows = db.session.execute(
            select(Case.id, Case.started_at, Case.due_on, Letter.category, Letter.absences)
            .join(Letter, Letter.id == Case.letter_id)
            .where(Case.id > last, Case.started_at.is_not(None), Case.response.in_(RUNNING) | Case.due_on.is_(None))
            .order_by(Case.id)
            .limit(BATCH)
        ).all()
        stops = stops_of([row.id for row in rows])
        db.session.rollback()
        if not rows:
            return changed + release_strangers()
        last = rows[-1].id
        moved = {
            row.id: due for row in rows if (due := last_day(row.category, row.started_at, stops[row.id], away=row.absences)) != row.due_on
        }
        if moved:
            changed += _move(moved)


@unit_of_work
def _move(days: dict[int, date | None]) -> int:
    for case_id, day in sorted(days.items()):
        db.session.execute(update(Case).where(Case.id == case_id).values(due_on=day))
    return len(days)


@unit_of_work
def release_strangers() -> int:
    """Give back the cases of those who may not act for the business any more; returns how many."""
    acting = (
        select(Representative.id)
        .where(
            Representative.merchant_id == Case.merchant_id,
            Representative.user_id == Case.agent_id,
            Representative.ended_at.is_(None),
            Representative.role != TeamRole.READER,
        )
        .exists()
    )
    done = db.session.execute(
        update(Case)
        .where(Case.agent_id.is_not(None), ~acting)
        .values(agent_id=None, assigned_at=None)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
