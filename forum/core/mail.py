"""Outgoing mail: written as rows in the transaction that causes it, handed over in stages so that none is lost.

A row goes new → claimed → data → sent. A worker that dies before DATA frees its row when the lease ends; one that dies
after DATA may have delivered, so the row is tried once more and then parked for the operator: at most two copies, and
none vanishes unseen.
"""

import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from sqlalchemy import ForeignKey, Index, String, Text, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, db, identity, unit_of_work
from forum.core.secrecy import Sealed

LEASE = timedelta(seconds=60)
TIMEOUT_SECONDS = 20
BACKOFF_MINUTES = (1, 5, 15, 60, 180, 360)
MOST_ATTEMPTS = 40  # about nine days of an unreachable server
MOST_UNCERTAIN = 2
KEPT_WHEN_SENT = timedelta(days=30)


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

    __table_args__ = (Index("ix_mail_due", "state", "next_at"),)


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
) -> None:
    """Write a mail in the present transaction; with `dedupe`, once for ever."""
    if dedupe is not None and db.session.scalar(select(Mail.id).where(Mail.dedupe == dedupe)):
        return
    content = {"subject": subject, "text": text, "html": html, "unsubscribe": unsubscribe}
    db.session.add(Mail(user_id=user_id, kind=kind, dedupe=dedupe, to=to, content=content))


def waiting() -> bool:
    """Whether a mail is due; a cheap look without a write lock."""
    found = db.session.scalar(select(Mail.id).where(_due(utcnow())).limit(1))
    db.session.rollback()
    return found is not None


def _due(now: datetime):  # type: ignore[no-untyped-def]
    return or_(
        (Mail.state == MailState.NEW) & (Mail.next_at <= now),
        Mail.state.in_((MailState.CLAIMED, MailState.DATA)) & (Mail.leased_until < now),
    )


@unit_of_work
def _claim() -> Mail | None:
    now = utcnow()
    mail = db.session.scalar(
        select(Mail).where(_due(now)).order_by(Mail.next_at, Mail.id).limit(1).with_for_update(skip_locked=True)
    )
    if mail is None:
        return None
    if mail.state is MailState.DATA and mail.uncertain >= MOST_UNCERTAIN:
        mail.state, mail.error = MailState.PARKED, "twice handed over without an answer"
        return None
    mail.state, mail.leased_until = MailState.CLAIMED, now + LEASE
    mail.attempts += 1
    return mail


@unit_of_work
def _mark(mail: Mail, state: MailState, *, uncertain: int = 0, error: str | None = None) -> None:
    mail = db.session.merge(mail)
    mail.state, mail.error = state, error
    mail.uncertain += uncertain
    now = utcnow()
    if state is MailState.SENT:
        mail.sent_at = now
    elif state is MailState.NEW:
        mail.next_at = now + timedelta(minutes=BACKOFF_MINUTES[min(mail.attempts, len(BACKOFF_MINUTES)) - 1])
        if mail.attempts >= MOST_ATTEMPTS:
            mail.state = MailState.PARKED


def deliver_next() -> bool:
    """Hand over the next due mail; returns whether there was one. A refusal or an absent server puts it back."""
    mail = _claim()
    if mail is None:
        return False
    handed_over = False

    def before_data() -> None:
        nonlocal handed_over
        _mark(mail, MailState.DATA, uncertain=1)
        handed_over = True

    try:
        _hand_over(mail, before_data)
    except smtplib.SMTPResponseException as refusal:
        text = f"{refusal.smtp_code} {refusal.smtp_error!r}"
        final = 500 <= refusal.smtp_code < 600
        _mark(mail, MailState.PARKED if final else MailState.NEW, uncertain=-int(handed_over), error=text)
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        _mark(mail, MailState.PARKED if min(codes) >= 500 else MailState.NEW, error=str(codes))
    except (OSError, smtplib.SMTPException) as problem:
        if handed_over:
            _mark(mail, MailState.DATA, error=repr(problem))
        else:
            _mark(mail, MailState.NEW, error=repr(problem))
    else:
        _mark(mail, MailState.SENT)
    return True


def message(mail: Mail) -> EmailMessage:
    """Build the message: text and HTML, a stable Message-ID, unsubscribe headers where there is a way."""
    config, content = settings(), mail.content
    host = urlsplit(config.site_url).hostname or "localhost"
    built = EmailMessage(policy=SMTP)
    built["From"] = Address(display_name=config.site_name, addr_spec=config.mail_from)
    built["To"] = mail.to
    built["Subject"] = " ".join(content["subject"].split())
    built["Date"] = format_datetime(mail.created_at)
    built["Message-ID"] = f"<mail-{mail.id}@{host}>"
    built["Auto-Submitted"] = "auto-generated"
    if content["unsubscribe"]:
        built["List-Unsubscribe"] = f"<{content['unsubscribe']}>"
        built["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    built.set_content(content["text"])
    built.add_alternative(content["html"], subtype="html")
    return built


def _hand_over(mail: Mail, before_data: Callable[[], None]) -> None:
    config = settings()
    if not config.smtp_url:
        folder = config.data_dir / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".{mail.id}.tmp"
        fresh.write_bytes(message(mail).as_bytes())
        fresh.rename(folder / f"{mail.id:06d}-{mail.kind}.eml")
        return
    url = urlsplit(config.smtp_url)
    secure = ssl.create_default_context()
    port = url.port or (465 if url.scheme == "smtps" else 587)
    server: smtplib.SMTP
    if url.scheme == "smtps":
        server = smtplib.SMTP_SSL(url.hostname or "", port, timeout=TIMEOUT_SECONDS, context=secure)
    else:
        server = smtplib.SMTP(url.hostname or "", port, timeout=TIMEOUT_SECONDS)
    with server:
        server.ehlo()
        if url.scheme == "smtp" and (server.has_extn("starttls") or url.username):
            server.starttls(context=secure)
            server.ehlo()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        _expect(server.mail(config.mail_from))
        _expect(server.rcpt(mail.to))
        before_data()
        _expect(server.data(message(mail).as_bytes()))


def _expect(answer: tuple[int, bytes]) -> None:
    if answer[0] >= 400:
        raise smtplib.SMTPResponseException(*answer)


@unit_of_work
def prune() -> None:
    """Forget mails that were sent a month ago."""
    db.session.execute(delete(Mail).where(Mail.sent_at < utcnow() - KEPT_WHEN_SENT))
