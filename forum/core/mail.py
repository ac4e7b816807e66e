"""Outgoing mail: written as rows in the transaction that causes it, handed over in stages so that none is lost.

A row goes new → claimed → data → sent. A worker that dies before DATA frees its row when the lease ends; one that dies
after DATA may have delivered, so the row is tried once more and then parked for the operator: at most two copies, and
none vanishes unseen. `forum.core.smtp` speaks to the server.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from forum.config import settings
from forum.core import smtp
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, db, identity, insert_once, unit_of_work
from forum.core.events import Kind, Role, record
from forum.core.secrecy import Sealed

LEASE = timedelta(seconds=180)  # longer than all time-outs of one hand-over together; renewed before DATA
BACKOFF_MINUTES = (1, 5, 15, 60, 180, 360)
MOST_ATTEMPTS = 40  # about nine days of an unreachable server
MOST_UNCERTAIN = 2
KEPT_WHEN_PARKED = timedelta(days=90)
LONGEST_ERROR_CHARACTERS = 500

log = logging.getLogger(__name__)


class MailState(StrEnum):
    """How far a mail is."""

    NEW = "new"
    CLAIMED = "claimed"
    DATA = "data"
    SENT = "sent"
    PARKED = "parked"


class Mail(Base):
    """One mail to one address; address and content are sealed, since they hold links and names."""

    __tablename__ = "mail"

    id: Mapped[int] = identity()
    user_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(40))
    dedupe: Mapped[str | None] = mapped_column(String(120), unique=True)
    to: Mapped[str] = mapped_column(Sealed)
    content: Mapped[dict[str, str]] = mapped_column(Sealed)  # subject, text, html, unsubscribe
    state: Mapped[MailState] = mapped_column(choice(MailState), default=MailState.NEW)
    attempts: Mapped[int] = mapped_column(default=0)
    uncertain: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    next_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index("ix_mail_due", "state", "next_at"),
        Index("ix_mail_kind", "kind", "id"),
        Index("ix_mail_state", "state", "id"),
    )


def send(
    to: str,
    *,
    kind: str,
    subject: str,
    text: str,
    html: str,
    user_id: int | None = None,
    unsubscribe: str = "",
    dedupe: str | None = None,
) -> bool:
    """Write a mail in the present transaction; with `dedupe`, once in a month. Returns whether it was written."""
    content = {"subject": subject, "text": text, "html": html, "unsubscribe": unsubscribe}
    return insert_once(
        Mail, index_elements=["dedupe"], user_id=user_id, kind=kind, dedupe=dedupe, to=to, content=content
    )


Question = Callable[["Mail"], bool]
_questions: list[Question] = []


def asked_before_leaving(question: Question) -> Question:
    """Ask this of every mail right before its words are handed over; on a no it is deleted, and never leaves."""
    _questions.append(question)
    return question


def waiting() -> bool:
    """Whether a mail is due; a cheap look without a write lock."""
    found = db.session.scalar(select(Mail.id).where(_due(utcnow())).limit(1))
    db.session.rollback()
    return found is not None


def _due(now: datetime) -> ColumnElement[bool]:
    return or_(
        (Mail.state == MailState.NEW) & (Mail.next_at <= now),
        Mail.state.in_((MailState.CLAIMED, MailState.DATA)) & (Mail.leased_until < now),
    )


@dataclass(frozen=True)
class _Claimed:
    """A mail in the hands of one worker; `attempt` tells it from an earlier claim whose lease ended."""

    attempt: int
    letter: smtp.Letter


@unit_of_work
def _claim() -> _Claimed | None:
    now = utcnow()
    while True:
        mail = db.session.scalar(
            select(Mail)
            .where(_due(now))
            .order_by(Mail.next_at, Mail.id)
            .limit(1)
            .with_for_update(key_share=True, skip_locked=True)
            .execution_options(populate_existing=True)
        )
        if mail is None:
            return None
        if mail.uncertain < MOST_UNCERTAIN:
            mail.state, mail.leased_until = MailState.CLAIMED, now + LEASE
            mail.attempts += 1
            return _Claimed(mail.attempts, smtp.Letter(mail.id, mail.kind, mail.to, mail.content, mail.created_at))
        mail.state, mail.error = MailState.PARKED, "twice handed over without an answer"
        log.error("mail %s (%s) is parked: %s", mail.id, mail.kind, mail.error)
        db.session.flush()


@unit_of_work
def _mark(mail: _Claimed, state: MailState, *, uncertain: int = 0, error: str | None = None) -> bool:
    """Move a mail on, unless its lease ended and another worker took it; returns whether it is still ours."""
    now = utcnow()
    if state is MailState.NEW and mail.attempt >= MOST_ATTEMPTS:
        state = MailState.PARKED
    values = {"state": state, "error": None if error is None else error.replace("\x00", "")[:LONGEST_ERROR_CHARACTERS]}
    moments = {
        MailState.NEW: {
            "next_at": now + timedelta(minutes=BACKOFF_MINUTES[min(mail.attempt, len(BACKOFF_MINUTES)) - 1])
        },
        MailState.DATA: {"leased_until": now + LEASE},
        MailState.SENT: {"sent_at": now},
    }
    done = db.session.execute(
        update(Mail)
        .where(
            Mail.id == mail.letter.id,
            Mail.attempts == mail.attempt,
            Mail.state.in_((MailState.CLAIMED, MailState.DATA)),
        )
        .values({**values, **moments.get(state, {}), "uncertain": Mail.uncertain + uncertain})
    )
    if state is MailState.PARKED:
        log.error("mail %s (%s) is parked: %s", mail.letter.id, mail.letter.kind, error)
    return bool(done.rowcount)  # type: ignore[attr-defined]


@unit_of_work
def _refuse(mail: _Claimed, *, uncertain: int, error: str) -> None:
    """Park a mail that is refused for good, and let features know whose address does not work."""
    if _mark(mail, MailState.PARKED, uncertain=uncertain, error=error):
        record(Kind.MAIL_REFUSED, by=None, role=Role.SYSTEM, about=f"mail:{mail.letter.id}")


@unit_of_work
def _begin(mail: _Claimed) -> bool:
    """Say that the words are handed over now; False when they may not leave any more, are others by now, or another worker has them."""
    row = db.session.get(Mail, mail.letter.id, populate_existing=True, with_for_update={"key_share": True})
    if row is None or row.attempts != mail.attempt:
        return False
    if not all(question(row) for question in _questions):
        log.info("mail %s (%s) does not leave any more: what it tells was taken away", row.id, row.kind)
        db.session.delete(row)
        return False
    if row.content != mail.letter.content:  # covered since it was claimed
        row.state, row.next_at = MailState.NEW, utcnow()
        return False
    return _mark(mail, MailState.DATA, uncertain=1)


class Delivery(StrEnum):
    """What became of the next mail."""

    NONE = "none"  # there was none
    DONE = "done"  # handed over, or refused for good
    LATER = "later"  # put back: the server is away or has troubles of its own


def deliver_next() -> Delivery:
    """Hand over the next due mail. An absent server puts it back; a refusal of this mail for good parks it."""
    mail = _claim()
    if mail is None:
        return Delivery.NONE
    handed_over = False

    def before_data() -> None:
        nonlocal handed_over
        if not _begin(mail):
            raise smtp.Lost
        handed_over = True

    try:
        smtp.hand_over(mail.letter, before_data)
    except smtp.Lost:
        return Delivery.DONE
    except smtp.Refused as refusal:
        _refuse(mail, uncertain=-int(handed_over), error=str(refusal))
        return Delivery.DONE
    except smtp.NotNow as problem:
        _mark(mail, MailState.NEW, uncertain=-int(handed_over), error=str(problem))
        return Delivery.LATER
    except smtp.Broken as problem:
        if handed_over:
            _mark(mail, MailState.DATA, error=str(problem))  # waits for the end of its lease: it may have arrived
        else:
            _mark(mail, MailState.NEW, error=str(problem))
        return Delivery.LATER
    _mark(mail, MailState.SENT)
    return Delivery.DONE


@unit_of_work
def prune() -> None:
    """Forget mails that were sent so many days ago (FORUM_MAIL_LOG_DAYS), and parked ones after ninety days."""
    delete_before(utcnow() - timedelta(days=settings().mail_log_days))


@unit_of_work
def delete_before(moment: datetime) -> int:
    """Forget mails that were sent before this moment; parked ones stay until they are ninety days old. Returns how many."""
    parked_before = min(moment, utcnow() - KEPT_WHEN_PARKED)
    gone = db.session.execute(delete(Mail).where(Mail.sent_at < moment))
    parked = db.session.execute(delete(Mail).where(Mail.state == MailState.PARKED, Mail.created_at < parked_before))
    return int(gone.rowcount + parked.rowcount)  # type: ignore[attr-defined]
