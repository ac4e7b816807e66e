"""What the clock itself tells: the queue's alarm, reminders to businesses, questions to authors. Each once; safe to run twice."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from forum.appeals.lifecycle import AppealState
from forum.appeals.models import Appeal
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.events import Event, Kind, Role, record
from forum.letters.clocks import Clock
from forum.letters.lifecycle import Outcome, Publication, ResponseState
from forum.letters.models import Case, Letter
from forum.letters.queries.lists import clock_of_row, stops_of
from forum.merchants.queries import reachable
from forum.moderation.lifecycle import ReportState
from forum.moderation.models import Report
from forum.responses.models import Response

BATCH = 200
WAITING = (ResponseState.AWAITING, ResponseState.ACKNOWLEDGED)
LONGEST_HOLIDAYS = timedelta(days=30)


def alarm_queue() -> None:
    """Alarm the moderators of letters, reported things and appeals that wait too long, once after each sending, report or appeal."""
    _alarm_letters()
    _alarm_reports()
    _alarm_appeals()


def _alarm_letters() -> None:
    before = utcnow() - timedelta(hours=settings().review_alarm_hours)
    letters = db.session.scalars(
        select(Letter.id)
        .where(
            Letter.publication == Publication.SUBMITTED,
            Letter.submitted_at < before,
            ~exists().where(
                Event.letter_id == Letter.id,
                Event.kind == Kind.QUEUE_ALARM,
                Event.about.is_(None),
                Event.at >= Letter.submitted_at,
            ),
        )
        .order_by(Letter.submitted_at)
        .limit(BATCH)
    ).all()
    for letter_id in letters:
        _alarm(letter_id)


@unit_of_work
def _alarm(letter_id: int) -> None:
    letter = db.session.get(Letter, letter_id, with_for_update={"key_share": True})
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
            ~exists().where(Event.about == Report.about, Event.kind == Kind.QUEUE_ALARM, Event.at >= Report.created_at),
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
        .with_for_update(key_share=True)
    )
    if late is None:
        return
    alarmed = db.session.scalar(select(func.max(Event.at)).where(Event.about == about, Event.kind == Kind.QUEUE_ALARM))
    if alarmed is None or alarmed < late.created_at:
        record(Kind.QUEUE_ALARM, by=None, role=Role.SYSTEM, letter_id=late.letter_id, about=about)


def _alarm_appeals() -> None:
    before = utcnow() - timedelta(days=settings().appeal_alarm_days)
    waiting = db.session.scalars(
        select(Appeal.id)
        .where(Appeal.state == AppealState.OPEN, Appeal.made_at < before)
        .order_by(Appeal.id)
        .limit(BATCH)
    ).all()
    for appeal_id in waiting:
        _alarm_appeal(appeal_id)


@unit_of_work
def _alarm_appeal(appeal_id: int) -> None:
    appeal = db.session.get(Appeal, appeal_id, with_for_update=True, populate_existing=True)
    about = f"appeal:{appeal_id}"
    alarmed = select(Event.id).where(Event.about == about, Event.kind == Kind.QUEUE_ALARM).limit(1)
    if appeal is not None and appeal.decided_at is None and db.session.scalar(alarmed) is None:
        record(Kind.QUEUE_ALARM, by=None, role=Role.SYSTEM, about=about)


def remind_businesses() -> None:
    """Remind businesses that can be reached of cases they have not answered, on each day of `reminder_days`."""
    most = longest_days()
    if not settings().reminder_days:
        return
    since = utcnow() - timedelta(days=2 * most) - LONGEST_HOLIDAYS
    for cases in batches(Case.response.in_(WAITING), Case.started_at > since, reachable()):
        stops = stops_of([case.id for case in cases])
        asked = days_told(cases, Kind.BUSINESS_REMINDED)
        for case in cases:
            ticking = clock_of_row(case, case, stops[case.id], utcnow())
            due = max((day for day in reminder_days(case.category) if day <= ticking.used), default=0)
            if due > max(asked.get(case.id, 0), _told_on(case, stops[case.id])) and not ticking.stopped:
                _remind(case.id, due, ticking)


def reminder_days(category: str) -> tuple[int, ...]:
    """Return the working days on which businesses are reminded of letters of this category.

    `settings.reminder_days` are those of the usual days to answer; where a category has other ones they move in
    proportion, rounded half up, and none comes before the first day.
    """
    config = settings()
    answer = config.clock_days(category)[1]
    moved = {max(1, (2 * day * answer + config.answer_days) // (2 * config.answer_days)) for day in config.reminder_days if day}
    return tuple(sorted(moved))


def longest_days() -> int:
    """The longest time in working days after which a case may still become very late or be reminded of."""
    config = settings()
    limits = [config.very_late_days, *(days[2] for _key, days in config.category_days)]
    return max(*limits, *config.reminder_days, 1)


def _told_on(case: Any, stops: Any) -> int:
    """The working day on which the business was first told: of the days before nobody reminds it."""
    told = case.notified_at
    return clock_of_row(case, case, stops, told).used if told is not None else 0


@unit_of_work
def _remind(case_id: int, day: int, ticking: Clock) -> None:
    case = held(case_id)
    if case is None or case.response not in WAITING:
        return
    if days_told([case], Kind.BUSINESS_REMINDED).get(case_id, 0) < day:
        more = {"used": ticking.used, "due": ticking.due.isoformat() if ticking.due else None}
        if case.acknowledged_at is None and ticking.acknowledge_due:
            more["acknowledge"] = ticking.acknowledge_due.isoformat()
        record_day(Kind.BUSINESS_REMINDED, case, day, **more)


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
        ~exists().where(Response.case_id == Case.id, Response.proposed_at.is_not(None)),  # that was the one question
    )
    for cases in batches(*answered):
        asked = days_told(cases, Kind.OUTCOME_ASKED)
        for case in cases:
            due = max((day for day in days if timedelta(days=day) <= now - case.answered_at), default=0)
            if due > asked.get(case.id, 0):
                _ask(case.id, due)


@unit_of_work
def _ask(case_id: int, day: int) -> None:
    case = held(case_id)
    if case is None or case.response is not ResponseState.ANSWERED or case.outcome is not Outcome.NONE:
        return
    if days_told([case], Kind.OUTCOME_ASKED).get(case_id, 0) < day:
        record_day(Kind.OUTCOME_ASKED, case, day)


def batches(*conditions: ColumnElement[bool]) -> Iterator[Sequence[Any]]:
    """Cases of published letters that meet the conditions, BATCH at a time in the order of their ids."""
    last = 0
    while True:
        cases = db.session.execute(
            select(
                Case.id,
                Case.letter_id,
                Letter.category,
                Letter.absences,
                Case.started_at,
                Case.acknowledged_at,
                Case.answered_at,
                Case.notified_at,
            )
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


def days_told(cases: Sequence[Any], kind: Kind) -> dict[int, int]:
    """The latest day on which each case was told since its clock began, by case id."""
    events = db.session.execute(
        select(Event.case_id, Event.data)
        .join(Case, Case.id == Event.case_id)
        .where(
            Event.letter_id.in_([case.letter_id for case in cases]), Event.kind == kind, Event.at >= Case.started_at
        )
    )
    found: dict[int, int] = {}
    for event in events:
        found[event.case_id] = max(found.get(event.case_id, 0), int(event.data.get("day", 0)))
    return found


def held(case_id: int) -> Case | None:
    """The case of a letter that is published, held until the unit of work ends."""
    case = db.session.get(Case, case_id)
    letter = None if case is None else db.session.get(Letter, case.letter_id, with_for_update={"key_share": True})
    if case is None or letter is None or letter.publication is not Publication.PUBLISHED:
        return None
    return lock(case)


def record_day(kind: Kind, case: Case, day: int, **more: Any) -> None:
    """Write down that somebody is told of the case on this day."""
    record(
        kind,
        by=None,
        role=Role.SYSTEM,
        letter_id=case.letter_id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        day=day,
        **more,
    )
