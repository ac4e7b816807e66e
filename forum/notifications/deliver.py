"""Telling people of an event: worked out and composed first, then written in one unit of work; safe to run twice."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select, update

from forum.accounts.models import Guest, User
from forum.core.db import db, insert_once, unit_of_work
from forum.core.events import DELIVER, Event, Kind
from forum.core.jobs import handles
from forum.core.mail import Mail
from forum.core.secrecy import digest, new_token
from forum.notifications import comment_mails, leaving  # noqa: F401  asked before each mail leaves
from forum.notifications.audiences import Recipient
from forum.notifications.mails import Composed, composed
from forum.notifications.models import MailChoice, Notification
from forum.notifications.notices import NOTICES, Notice
from forum.notifications.subjects import Subject, load
from forum.notifications.told import TELLS_BUSINESS, business_was_not_told, business_was_told, concerned
from forum.responses.actions import make_link
from forum.responses.models import AnswerLink

ALARMS = {"queue_alarm", "report_alarm", "contest_alarm", "appeal_alarm", "data_alarm", "legal_alarm"}


@dataclass(frozen=True)
class Telling:
    """One recipient of one notice, with the mail when there is one."""

    notice: Notice
    recipient: Recipient
    subject: Subject
    mail: Composed | None
    token: str | None = None  # of the link in the mail that opens the response form


@handles(DELIVER)
def deliver(event_id: int) -> None:
    """Tell everybody whom the table names of an event, in the site and by mail; nobody twice."""
    event = db.session.get(Event, event_id)
    if event is None:
        return
    subject = load([event])[event.id]
    write_tellings(event, tellings_of(subject), subject)


def tellings_of(subject: Subject) -> list[Telling]:
    """Return who is told what: nobody of their own act (but for receipts), nobody of what they may not read."""
    found = [
        (notice, recipient, replace(subject, reader=recipient.user or Guest(), merchant=recipient.merchant or subject.merchant))
        for notice in NOTICES.get(subject.event.kind, ())
        for recipient in notice.to(subject)
        if notice.own or recipient.user is None or recipient.user.id != subject.event.by_id
    ]
    found = [(notice, who, seen) for notice, who, seen in found if seen.readable or not notice.open]
    refused = _refused([who.user.id for _notice, who, _seen in found if who.user is not None])
    tellings = []
    for notice, who, seen in sorted(found, key=lambda one: one[1].user.id if one[1].user is not None else 0):
        by_mail = notice.mail and who.address and notice.kind != "commented" and not _is_refused(notice, who, refused)
        token = new_token() if by_mail and _opens_form(notice, who, seen) else None
        mail = composed(notice.kind, notice.choice, who, seen, token=token) if by_mail else None
        if who.user is not None or mail is not None:
            tellings.append(Telling(notice, who, seen, mail, token))
    return tellings


def _opens_form(notice: Notice, who: Recipient, subject: Subject) -> bool:
    """Whether the mail carries a link that opens the response form: to contact addresses and to who may answer."""
    case = subject.case
    if notice.kind not in TELLS_BUSINESS or case is None:
        return False
    return who.user is None or case.merchant_id in who.user.answering_ids


def _refused(user_ids: list[int]) -> set[tuple[int, str]]:
    if not user_ids:
        return set()
    rows = db.session.execute(
        select(MailChoice.user_id, MailChoice.kind).where(MailChoice.user_id.in_(set(user_ids)))
    )
    return {(row.user_id, row.kind) for row in rows}


def _is_refused(notice: Notice, who: Recipient, refused: set[tuple[int, str]]) -> bool:
    return notice.choice is not None and who.user is not None and (who.user.id, notice.choice.value) in refused


@unit_of_work
def write_tellings(event: Event, tellings: list[Telling], subject: Subject) -> None:
    """Write notifications, mails with their links, and whether the businesses were told; nobody is told twice."""
    told: set[int] = set()
    for telling in tellings:
        who, kind = telling.recipient, telling.notice.kind
        if who.user is not None:
            _notify(who.user, event, kind)
            if kind == "commented":
                comment_mails.due(who.user, event)
        if telling.mail is not None:
            _mail(telling, event)
        case = telling.subject.case
        if kind in TELLS_BUSINESS and case is not None:
            told.add(case.id)
            told.update(one.id for one in concerned(subject) if who.user and one.merchant_id in who.user.answering_ids)
    for case_id in sorted(told):
        business_was_told(case_id)
    if event.kind in {Kind.LETTER_PUBLISHED, Kind.LETTER_READDRESSED, Kind.BUSINESS_REMINDED}:
        for case in concerned(subject):
            if case.id not in told:
                business_was_not_told(case.id)


def _notify(user: User, event: Event, kind: str) -> None:
    """Add a line to the person's inbox and count it as unread; unread comments on one letter share a line."""
    if db.session.get(User, user.id, with_for_update={"key_share": True}) is None:
        return
    if kind == "commented" and _joined(user, event, kind):
        return
    fresh = insert_once(
        Notification,
        index_elements=["user_id", "event_id", "kind"],
        user_id=user.id,
        event_id=event.id,
        kind=kind,
        letter_id=event.letter_id,
        created_at=event.at,
    )
    if fresh:
        db.session.execute(
            update(User)
            .where(User.id == user.id)
            .values(unread=User.unread + 1)
            .execution_options(synchronize_session=False)
        )


def _joined(user: User, event: Event, kind: str) -> bool:
    """Whether the newest line about this letter takes the event in: it is unread, or knows of it already."""
    newest = db.session.scalar(
        select(Notification)
        .where(
            Notification.user_id == user.id, Notification.letter_id == event.letter_id, Notification.kind == kind
        )
        .order_by(Notification.event_id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    if newest is None:
        return False
    if newest.event_id >= event.id:
        return True
    if newest.read_at is not None:
        return False
    newest.event_id, newest.created_at = event.id, event.at
    newest.times += 1
    return True


def _mail(telling: Telling, event: Event) -> None:
    """Write the mail of a telling once; to an address that refused it, once more."""
    mail, kind, who = telling.mail, telling.notice.kind, telling.recipient
    if mail is None:
        return
    case = telling.subject.case if kind in TELLS_BUSINESS else None
    whom = str(mail.user_id) if mail.user_id is not None else digest(mail.to)[:16]
    key = f"{kind}:{event.id}:{whom}"
    if kind in ALARMS:
        key = f"{kind}:{event.at:%Y%m%d%H}:{whom}"  # one mail an hour, however many wait
    elif case is not None and mail.user_id is None:
        refused = db.session.scalar(
            select(func.count(AnswerLink.id)).where(
                AnswerLink.case_id == case.id,
                AnswerLink.contact_id == who.contact_id,
                AnswerLink.bounced_at.is_not(None),
            )
        )
        key += f":{case.id}:{who.contact_id}:{refused}"  # one address may serve two businesses of a letter
    if mail.write(key) and telling.token is not None and case is not None:
        make_link(
            case,
            address=mail.to,
            token_hash=digest(telling.token),
            language=who.language,
            contact_id=who.contact_id,
            user_id=mail.user_id,
            mail_id=db.session.scalar(select(Mail.id).where(Mail.dedupe == key)),
        )
