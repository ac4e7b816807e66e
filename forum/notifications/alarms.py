"""The alarm of the moderators' queue: of what waits too long, each once; safe to run twice."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select

from forum.appeals.lifecycle import AppealState
from forum.appeals.models import Appeal
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind, Role, record
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.moderation.lifecycle import ReportState
from forum.moderation.models import Report
from forum.reply.lifecycle import ReplyState
from forum.reply.models import Reply

BATCH = 200
REPORTED = func.coalesce(Report.reopened_at, Report.created_at)
"""Since when a report waits; as `Report.waits_since`."""


def alarm_queue() -> None:
    """Alarm the moderators of letters, reported things, held comments, appeals and rights of reply that wait too long, once after each sending or report.

    Of a report twice: when nobody has looked at it in time, and when it should have been decided.
    """
    _alarm_letters()
    _alarm_reports(1, settings().report_alarm_hours)
    _alarm_reports(2, settings().report_hours)
    _alarm_held()
    _alarm_appeals()
    _alarm_replies()


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


def _alarm_reports(alarm: int, hours: int) -> None:
    """Raise the first or the second alarm of reports that are so many hours old."""
    before = utcnow() - timedelta(hours=hours)
    raised = _raised(alarm, Report.about, REPORTED)
    things = db.session.scalars(
        select(Report.about)
        .where(*_late(alarm, before), ~raised)
        .distinct()
        .order_by(Report.about)
        .limit(BATCH)
    ).all()
    for about in things:
        _alarm_report(about, before, alarm)


def _late(alarm: int, before: datetime) -> list[ColumnElement[bool]]:
    """The first alarm is of what nobody looked at, the second of what is not decided."""
    late = [Report.state == ReportState.OPEN, before > REPORTED]
    return [*late, or_(Report.seen_at.is_(None), Report.seen_at < REPORTED)] if alarm == 1 else late


def _raised(alarm: int, about: Any, since: Any) -> ColumnElement[bool]:
    """Whether this alarm was raised since then, or as many as it takes to reach it: the first is left out of what was seen."""
    alarms = (Event.about == about, Event.kind == Kind.QUEUE_ALARM, Event.at >= since)
    number = select(func.count(Event.id)).where(*alarms).scalar_subquery()
    return or_(exists().where(*alarms, Event.data["alarm"].as_integer() == alarm), number >= alarm)


@unit_of_work
def _alarm_report(about: str, before: datetime, alarm: int) -> None:
    late = db.session.scalar(
        select(Report)
        .where(Report.about == about, *_late(alarm, before))
        .order_by(Report.id.desc())
        .limit(1)
        .with_for_update(key_share=True)
    )
    if late is None:
        return
    if not db.session.scalar(select(_raised(alarm, about, late.waits_since))):
        record(Kind.QUEUE_ALARM, by=None, role=Role.SYSTEM, letter_id=late.letter_id, about=about, alarm=alarm)


def _alarm_held() -> None:
    before = utcnow() - timedelta(hours=settings().held_hours)
    late = db.session.scalars(
        select(Comment.id).where(Comment.state == CommentState.HELD, Comment.held_at < before).order_by(Comment.held_at).limit(BATCH)
    ).all()
    for comment_id in late:
        _alarm_comment(comment_id)


@unit_of_work
def _alarm_comment(comment_id: int) -> None:
    comment = db.session.get(Comment, comment_id, with_for_update={"key_share": True})
    if comment is None or comment.state is not CommentState.HELD:
        return
    about = f"comment:{comment_id}"
    known = exists().where(Event.about == about, Event.kind == Kind.QUEUE_ALARM, Event.at >= comment.held_at)
    if not db.session.scalar(select(known)):
        record(Kind.QUEUE_ALARM, by=None, role=Role.SYSTEM, letter_id=comment.letter_id, about=about, held=True)


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
    appeal = db.session.get(Appeal, appeal_id, with_for_update={"key_share": True}, populate_existing=True)
    about = f"appeal:{appeal_id}"
    alarmed = select(Event.id).where(Event.about == about, Event.kind == Kind.QUEUE_ALARM).limit(1)
    if appeal is not None and appeal.decided_at is None and db.session.scalar(alarmed) is None:
        record(Kind.QUEUE_ALARM, by=None, role=Role.SYSTEM, about=about)


def _alarm_replies() -> None:
    before = utcnow() - timedelta(hours=settings().reply_hours)
    late = db.session.scalars(
        select(Reply.id).where(Reply.state == ReplyState.WAITING, Reply.proved_at < before).order_by(Reply.proved_at).limit(BATCH)
    ).all()
    for reply_id in late:
        _alarm_reply(reply_id)


@unit_of_work
def _alarm_reply(reply_id: int) -> None:
    reply = db.session.get(Reply, reply_id, with_for_update={"key_share": True}, populate_existing=True)
    about = f"reply:{reply_id}"
    alarmed = select(Event.id).where(Event.about == about, Event.kind == Kind.QUEUE_ALARM).limit(1)
    if reply is not None and reply.state is ReplyState.WAITING and db.session.scalar(alarmed) is None:
        record(Kind.QUEUE_ALARM, by=None, role=Role.SYSTEM, letter_id=reply.letter_id, about=about, waits=True)
