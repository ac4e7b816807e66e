"""What tests of notifications share: an event, the worker's jobs at once, what was told."""

from typing import Any

from sqlalchemy import select

from forum.core import jobs
from forum.core.db import db, unit_of_work
from forum.core.events import DELIVER, FACTS, Event, Kind, Role
from forum.core.mail import Mail
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import ClaimState
from forum.merchants.models import Claim
from forum.moderation.lifecycle import ReportReason, ReportState
from forum.moderation.models import Report
from forum.notifications.models import Notification


@unit_of_work
def happen(kind: Kind, *, by: Any = None, letter: Letter | None = None, case: Case | None = None, **more: Any) -> Event:
    """Write an event and its delivery as `record` does, without the reactions of other features."""
    event = Event(
        kind=kind,
        by_id=by.id if by else None,
        role=Role.READER if by else Role.SYSTEM,
        letter_id=letter.id if letter else None,
        case_id=case.id if case else None,
        merchant_id=more.pop("merchant_id", case.merchant_id if case else None),
        about=more.pop("about", None),
        data=more,
    )
    db.session.add(event)
    db.session.flush()
    if FACTS[kind].tells:
        jobs.enqueue(DELIVER, event_id=event.id)
    return event


def work() -> int:
    """Run every job that is due; returns how many. A job that fails fails the test."""
    number = 0
    while job := jobs.claim():
        jobs.HANDLERS[job.kind](**job.payload)
        jobs.finish(job)
        number += 1
    return number


def told(event: Event | None = None) -> set[tuple[str, str]]:
    """(first name, kind) of every notification, of one event when given."""
    from forum.accounts.models import User

    query = select(User.name, Notification.kind).join(Notification, Notification.user_id == User.id)
    if event is not None:
        query = query.where(Notification.event_id == event.id)
    found = {(row.name.split()[0], row.kind) for row in db.session.execute(query)}
    db.session.rollback()
    return found


def mails(kind: str | None = None) -> list[Mail]:
    query = select(Mail).order_by(Mail.id)
    return list(db.session.scalars(query if kind is None else query.where(Mail.kind == kind)))


def mailed() -> set[tuple[str, str]]:
    """(first part of the address, kind) of every mail."""
    return {(mail.to.split("@")[0], mail.kind) for mail in mails()}


@unit_of_work
def make_claim(person: Any, merchant: Any) -> Claim:
    claim = Claim(
        merchant_id=merchant.id,
        user_id=person.id,
        work_email="x@kerja.example",
        job_title="Humas",
        state=ClaimState.WAITING_MODERATOR,
    )
    db.session.add(claim)
    return claim


@unit_of_work
def make_report(letter: Letter, *, reporter: Any = None, email: str | None = None, language: str = "id") -> Report:
    report = Report(
        number=f"L-{reporter.id if reporter else email}"[:20],
        about=f"letter:{letter.id}",
        letter_id=letter.id,
        reason=ReportReason.INSULT,
        reporter_id=reporter.id if reporter else None,
        email=email,
        language=language,
        state=ReportState.UPHELD,
        answer="Kami menyamarkan nama itu.",
    )
    db.session.add(report)
    return report
