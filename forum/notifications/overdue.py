"""What the author is told by the clock: a letter past its days, a question about to lapse. Each once; safe to run twice."""

from datetime import timedelta

from sqlalchemy import select

from forum.config import settings
from forum.core.clock import ClockState, local_date, utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.events import Event, Kind, Role, record
from forum.letters.lifecycle import Publication
from forum.letters.models import Case, Letter, Question
from forum.letters.queries.lists import clock_of_row, stops_of
from forum.notifications.reminders import (
    BATCH,
    LONGEST_HOLIDAYS,
    WAITING,
    batches,
    days_told,
    held,
    longest_days,
    record_day,
)

TOLD = {ClockState.LATE: Kind.CASE_OVERDUE, ClockState.VERY_LATE: Kind.CASE_VERY_LATE}
REMINDED_BEFORE = timedelta(days=2)
"""How long before a question lapses its author is reminded of it."""


def tell_authors() -> None:
    """Tell authors once when the working days to answer are exceeded, and once when it is very late."""
    since = utcnow() - timedelta(days=2 * longest_days()) - LONGEST_HOLIDAYS
    for cases in batches(Case.response.in_(WAITING), Case.started_at > since):
        stops = stops_of([case.id for case in cases])
        told = {kind: days_told(cases, kind) for kind in TOLD.values()}
        for case in cases:
            ticking = clock_of_row(case, case, stops[case.id], utcnow())
            kind = TOLD.get(ticking.state)
            known = told[Kind.CASE_VERY_LATE] | (told[Kind.CASE_OVERDUE] if kind is Kind.CASE_OVERDUE else {})
            if kind is not None and case.id not in known:
                _tell(case.id, kind, ticking.used)


@unit_of_work
def _tell(case_id: int, kind: Kind, used: int) -> None:
    case = held(case_id)
    if case is not None and case.response in WAITING and not days_told([case], kind):
        record_day(kind, case, used, **({"untold": True} if case.waits else {}))


def remind_of_questions() -> None:
    """Remind authors once of a question whose days are nearly over, if it stops the clock."""
    lasts = timedelta(days=settings().question_days)
    if lasts <= REMINDED_BEFORE:
        return
    now = utcnow()
    last = 0
    while True:
        waiting = db.session.scalars(
            select(Question.id)
            .join(Question.case)
            .join(Case.letter)
            .where(
                Letter.publication == Publication.PUBLISHED,
                Question.resumed_at.is_(None),
                Question.stops,
                Question.asked_at <= now - lasts + REMINDED_BEFORE,
                Question.asked_at > now - lasts,
                Question.id > last,
            )
            .order_by(Question.id)
            .limit(BATCH)
        ).all()
        db.session.rollback()
        for question_id in waiting:
            _remind(question_id)
        if len(waiting) < BATCH:
            return
        last = waiting[-1]


@unit_of_work
def _remind(question_id: int) -> None:
    question = db.session.get_one(Question, question_id)
    case = held(question.case_id)
    lock(question)
    about = f"question:{question_id}"
    reminded = select(Event.id).where(Event.about == about, Event.kind == Kind.QUESTION_REMINDED).limit(1)
    if case is None or question.resumed_at is not None or db.session.scalar(reminded) is not None:
        return
    ends = question.asked_at + timedelta(days=settings().question_days)
    record(
        Kind.QUESTION_REMINDED,
        by=None,
        role=Role.SYSTEM,
        letter_id=case.letter_id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        about=about,
        until=local_date(ends, settings().time_zone).isoformat(),
    )
