"""What the clock itself tells: the queue's alarm, reminders to businesses, questions to authors. Each once; safe to run twice."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.events import Event, Kind, Role, record
from forum.letters.clocks import clock
from forum.letters.lifecycle import Outcome, Publication, ResponseState
from forum.letters.models import Case, Letter
from forum.letters.queries.lists import stops_of
from forum.merchants.queries import reachable
from forum.moderation.lifecycle import ReportState
from forum.moderation.models import Report

BATCH = 200
WAITING = (ResponseState.AWAITING, ResponseState.ACKNOWLEDGED)
LONGEST_HOLIDAYS = timedelta(days=30)


def alarm_queue() -> None:
    """Alarm the moderators of letters and reported things that wait too long, once after each sending or report."""
    _alarm_letters()
    _alarm_reports()


def _alarm_letters() -> None:
    before = utcnow() - timedelta(hours=settings().review_alarm_hours)
    letters = db.session.scalars(
        select(Letter.id)
        .where(
            Letter.publication == Publication.SUBMITTED,
            Letter.submitted_at < before,
            ~exists().where(
                Event.letter_id == Letter.id, Event.kind == Kind.QUEUE_ALARM, Event.about.is_(None), Event.at >= Letter.submitted_at
            ),
        )
        .order_by(Letter.submitted_at)
        .limit(BATCH)
    ).all()
    for letter_id in letters:
        _alarm(letter_id)


@unit_of_work
def _alarm(letter_id: int) -> None:
    letter = db.session.get(Letter, letter_id, with_for_update=True)
    if letter is None or letter.publication is not Publication.SUBMITTED or letter.submitted_at is None:
        return
    alarmed = db.session.scalar(
        select(func.max(Event.at)).where(
            Event.letter_id == letter_id, Event.kind == Kind.QUEUE_ALARM, Event.about.is_(None)
        )
    )
    if alarmed is None or alarmed < letter.submitted_at:
        record(Kind.QUEUE_ALARM, by=None, role=Role.SYSTEM, letter_id=letter_id)


def _alarm_reports() -> None:
    before = utcnow() - timedelta(hours=settings().report_alarm_hours)
    things = db.session.scalars(
        select(Report.about)
        .where(
            Report.state == ReportState.OPEN,
            Report.created_at < before,
            ~exists().where(
                Event.about == Report.about, Event.kind == Kind.QUEUE_ALARM, Event.at >= Report.created_at
            ),
        )
        .distinct()
        .order_by(Report.about)
        .limit(BATCH)
    ).all()
    for about in things:
        _alarm_report(about, before)


@unit_of_work
def _alarm_report(about: str, before: datetime) -> None:
    late = db.session.scalar(
        select(Report)
        .where(Report.state == ReportState.OPEN, Report.about == about, Report.created_at < before)
        .order_by(Report.id.desc())
        .limit(1)
        .with_for_update()
    )
    if late is None:
        return
    alarmed = db.session.scalar(
        select(func.max(Event.at)).where(Event.about == about, Event.kind == Kind.QUEUE_ALARM)
    )
    if alarmed is None or alarmed < late.created_at:
        record(Kind.QUEUE_ALARM, by=None, role=Role.SYSTEM, letter_id=late.letter_id, about=about)


def remind_businesses() -> None:
    """Remind businesses that can be reached of cases they have not answered, on each of `settings.reminder_days`."""
    days = settings().reminder_days
    if not days:
        return
    since = utcnow() - timedelta(days=2 * max(days)) - LONGEST_HOLIDAYS
    waiting = (Case.response.in_(WAITING), Case.started_at > since, reachable())
    for cases in _batches(*waiting):
        stops = stops_of([case.id for case in cases])
        asked = _days_told(cases, Kind.BUSINESS_REMINDED)
        for case in cases:
            used = clock(case.category, case.started_at, utcnow(), stops[case.id]).used
            due = max((day for day in days if day <= used), default=0)
            if due > max(asked.get(case.id, 0), _told_on(case, stops[case.id])):
                _remind(case.id, due)


def _told_on(case: Any, stops: Any) -> int:
    """The working day on which the business was first told: of the days before nobody reminds it."""
    told = case.notified_at
    return clock(case.category, case.started_at, told, stops).used if told is not None else 0


@unit_of_work
def _remind(case_id: int, day: int) -> None:
    case = _held(case_id)
    if case is None or case.response not in WAITING:
        return
    if _days_told([case], Kind.BUSINESS_REMINDED).get(case_id, 0) < day:
        _record(Kind.BUSINESS_REMINDED, case, day)


def ask_outcomes() -> None:
    """Ask authors how an answered case ended, on each of `settings.outcome_days` after the first response."""
    days, now = settings().outcome_days, utcnow()
    if not days:
        return
    answered = (
        Case.outcome == Outcome.NONE,
        Case.response == ResponseState.ANSWERED,
        Case.answered_at <= now - timedelta(days=min(days)),
        Case.answered_at > now - timedelta(days=settings().unconfirmed_days),
    )
    for cases in _batches(*answered):
        asked = _days_told(cases, Kind.OUTCOME_ASKED)
        for case in cases:
            due = max((day for day in days if timedelta(days=day) <= now - case.answered_at), default=0)
            if due > asked.get(case.id, 0):
                _ask(case.id, due)


@unit_of_work
def _ask(case_id: int, day: int) -> None:
    case = _held(case_id)
    if case is None or case.response is not ResponseState.ANSWERED or case.outcome is not Outcome.NONE:
        return
    if _days_told([case], Kind.OUTCOME_ASKED).get(case_id, 0) < day:
        _record(Kind.OUTCOME_ASKED, case, day)


def _batches(*conditions: ColumnElement[bool]) -> Iterator[Sequence[Any]]:
    """Cases of published letters that meet the conditions, BATCH at a time in the order of their ids."""
    last = 0
    while True:
        cases = db.session.execute(
            select(Case.id, Case.letter_id, Letter.category, Case.started_at, Case.answered_at, Case.notified_at)
            .join(Case.letter)
            .join(Case.merchant)
            .where(Letter.publication == Publication.PUBLISHED, Case.id > last, *conditions)
            .order_by(Case.id)
            .limit(BATCH)
        ).all()
        if not cases:
            db.session.rollback()
            return
        last = cases[-1].id
        yield cases


def _days_told(cases: Sequence[Any], kind: Kind) -> dict[int, int]:
    """The latest day on which each case was told, by case id."""
    events = db.session.execute(
        select(Event.case_id, Event.data).where(
            Event.letter_id.in_([case.letter_id for case in cases]), Event.kind == kind
        )
    )
    found: dict[int, int] = {}
    for event in events:
        found[event.case_id] = max(found.get(event.case_id, 0), int(event.data.get("day", 0)))
    return found


def _held(case_id: int) -> Case | None:
    """The case of a letter that is published, held until the unit of work ends."""
    case = db.session.get(Case, case_id)
    letter = None if case is None else db.session.get(Letter, case.letter_id, with_for_update=True)
    if case is None or letter is None or letter.publication is not Publication.PUBLISHED:
        return None
    return lock(case)


def _record(kind: Kind, case: Case, day: int) -> None:
    record(
        kind,
        by=None,
        role=Role.SYSTEM,
        letter_id=case.letter_id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        day=day,
    )
