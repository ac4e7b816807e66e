"""Who hears of an event: people and, for businesses and reporters, addresses without an account."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import User
from forum.accounts.rights import JUDGES
from forum.attachments.models import Attachment
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.config import settings
from forum.core.db import db
from forum.core.events import Kind
from forum.letters import policy as letters
from forum.letters.lifecycle import Publication
from forum.letters.models import Case
from forum.merchants.lifecycle import ContactPurpose, TeamRole
from forum.merchants.models import Merchant, Representative
from forum.merchants.queries import working_contacts
from forum.notifications.subjects import Subject, about
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink, Response


class Why(StrEnum):
    """Why somebody is told; said at the end of each mail."""

    AUTHOR = "author"
    COMMENTER = "commenter"
    REPRESENTATIVE = "representative"
    CONTACT = "contact"
    WRITER = "writer"
    MODERATOR = "moderator"
    CLAIMANT = "claimant"
    REPORTER = "reporter"
    OWNER = "owner"
    OBJECTOR = "objector"
    TEAM = "team"
    CHALLENGER = "challenger"
    NAMED = "named"
    APPELLANT = "appellant"
    COUNSEL = "counsel"


@dataclass(frozen=True)
class Recipient:
    """Somebody to tell: a person, or an address alone; `merchant` when it is told for a business."""

    why: Why
    user: User | None
    address: str | None
    language: str
    name: str | None = None
    merchant: Merchant | None = None
    contact_id: int | None = None


Audience = Callable[[Subject], list[Recipient]]


def person(user: User | None, why: Why, merchant: Merchant | None = None) -> list[Recipient]:
    """Return a person as the one recipient, nobody for a closed account; mail goes to confirmed addresses only."""
    if user is None or not user.is_active:
        return []
    return [Recipient(why, user, user.email if user.is_confirmed else None, user.language, user.name, merchant)]


def author(subject: Subject) -> list[Recipient]:
    """Who wrote the letter."""
    return [] if subject.letter is None else person(db.session.get(User, subject.letter.author_id), Why.AUTHOR)


def commented(subject: Subject) -> list[Recipient]:
    """The letter's author, of a comment that stands, unless it answers the author's own comment (then they are `replied`)."""
    letter, comment = subject.letter, subject.comment
    if letter is None or comment is None or comment.state is not CommentState.VISIBLE:
        return []
    parent = _parent(comment)
    return [] if parent is not None and parent.author_id == letter.author_id else author(subject)


def replied(subject: Subject) -> list[Recipient]:
    """Who wrote the comment that is answered."""
    comment = subject.comment
    parent = None if comment is None or comment.state is not CommentState.VISIBLE else _parent(comment)
    if parent is None or parent.author_id is None:
        return []
    return person(db.session.get(User, parent.author_id), Why.COMMENTER)


def _parent(comment: Comment) -> Comment | None:
    return None if comment.parent_id is None else db.session.get(Comment, comment.parent_id)


def commenter(subject: Subject) -> list[Recipient]:
    """Who wrote the comment."""
    comment = subject.comment
    if comment is None or comment.author_id is None:
        return []
    return person(db.session.get(User, comment.author_id), Why.COMMENTER)


def filer(subject: Subject) -> list[Recipient]:
    """Whose file it is: the letter's author, or for a file of a response who signed it, while they speak for the business."""
    file = db.session.get(Attachment, about(subject.event, "attachment") or 0)
    if file is None or file.response_id is None:
        return author(subject)
    return [one for one in representatives(subject) if _is(one, file.owner_id)]


def signer(subject: Subject) -> list[Recipient]:
    """Who signed the response, while they speak for the business; the address when it came by a mailed link."""
    response = db.session.get(Response, about(subject.event, "response") or 0)
    if response is None:
        return []
    if response.author_id is None:
        return _at_link(db.session.get(AnswerLink, response.link_id), subject)
    return [one for one in representatives(subject) if _is(one, response.author_id)]


def writer(subject: Subject) -> list[Recipient]:
    """Whose words they are: of the comment, the response or the letter that the event is about."""
    kind = (subject.event.about or "").partition(":")[0]
    return {"comment": commenter, "response": signer}.get(kind, author)(subject)


def assignee(subject: Subject) -> list[Recipient]:
    """Who of the business's team has the case in hand now, while they speak for it; nobody when it was given back."""
    return [one for one in representatives(subject) if _is(one, about(subject.event, "user") or 0)]


def mailed_writer(subject: Subject) -> list[Recipient]:
    """The address from whose mailed link the answer came."""
    return _at_link(db.session.get(AnswerLink, about(subject.event, "answer") or 0), subject)


def _at_link(link: AnswerLink | None, subject: Subject) -> list[Recipient]:
    if link is None:
        return []
    return [Recipient(Why.WRITER, None, link.address, link.language, None, subject.merchant)]


def answer_reviewers(subject: Subject) -> list[Recipient]:
    """The moderators who may decide on an answer by mail, while it waits."""
    letter, link = subject.letter, db.session.get(AnswerLink, about(subject.event, "answer") or 0)
    if letter is None or link is None or link.state is not LinkState.WAITING:
        return []
    return [one for user in moderators() if letters.may_moderate(user, letter) for one in person(user, Why.MODERATOR)]


def _is(recipient: Recipient, user_id: int | None) -> bool:
    return recipient.user is not None and recipient.user.id == user_id


def representatives(subject: Subject) -> list[Recipient]:
    """Who speaks for the business of the case, for every business of the letter when the event names no case."""
    letter = subject.letter
    if letter is None:
        return []
    found: dict[int, Recipient] = {}
    for case in _cases(subject):
        set_committed_value(case, "letter", letter)
        for user in _voices(case.merchant_id):
            if letters.may_represent(user, case):
                found.setdefault(user.id, *person(user, Why.REPRESENTATIVE, case.merchant))
    return list(found.values())


def business(subject: Subject) -> list[Recipient]:
    """The representatives and the contact addresses of the businesses of a published letter."""
    if subject.letter is None or subject.letter.publication is not Publication.PUBLISHED:
        return []
    found = representatives(subject)
    if subject.letter.visibility not in letters.OPEN:
        return found
    told = {one.address for one in found}
    told.add(db.session.scalar(select(User.email).where(User.id == subject.letter.author_id)))
    merchants = {case.merchant_id: case.merchant for case in _cases(subject)}
    for contact in working_contacts(merchants):
        wanted = contact.purpose is ContactPurpose.ALL or subject.event.kind is Kind.BUSINESS_REMINDED
        if wanted and contact.email not in told:
            merchant = merchants[contact.merchant_id]
            language = settings().languages[0]
            found.append(Recipient(Why.CONTACT, None, contact.email, language, merchant.name, merchant, contact.id))
    return found


def reminded(subject: Subject) -> list[Recipient]:
    """The business, unless its days to answer have begun since the reminder was due: then it was told just now."""
    begun = subject.case.started_at if subject.case is not None else None
    return [] if begun is not None and begun >= subject.event.at else business(subject)


def _cases(subject: Subject) -> list[Case]:
    letter, wanted = subject.letter, subject.event.case_id
    return [] if letter is None else [case for case in letter.cases if wanted in {None, case.id}]


def _voices(merchant_id: int, *roles: TeamRole) -> list[User]:
    """Who of the team has one of these roles, who may act when none is named."""
    query = (
        select(User)
        .join(Representative, Representative.user_id == User.id)
        .where(
            Representative.merchant_id == merchant_id,
            Representative.ended_at.is_(None),
            Representative.role.in_(roles or (TeamRole.OWNER, TeamRole.AGENT)),
            User.closed_at.is_(None),
        )
        .order_by(User.id)
    )
    return list(db.session.scalars(query))


def member(subject: Subject) -> list[Recipient]:
    """Whose membership of a team it is or was."""
    voice = db.session.get(Representative, about(subject.event, "representative") or 0)
    return [] if voice is None else person(db.session.get(User, voice.user_id), Why.TEAM, subject.merchant)


def owners(subject: Subject) -> list[Recipient]:
    """The owners of the business's team."""
    found = _voices(subject.event.merchant_id or 0, TeamRole.OWNER)
    return [one for user in found for one in person(user, Why.TEAM, subject.merchant)]


def owners_beside(subject: Subject) -> list[Recipient]:
    """The owners of the team without the member it is about."""
    concerned = {one.user.id for one in member(subject) if one.user is not None}
    return [one for one in owners(subject) if one.user is not None and one.user.id not in concerned]


def moderators() -> list[User]:
    """Return every moderator."""
    query = select(User).where(User.standing.in_(JUDGES), User.closed_at.is_(None)).order_by(User.id)
    return list(db.session.scalars(query))


def claimant(subject: Subject) -> list[Recipient]:
    """Who claimed the business."""
    return [] if subject.claim is None else person(db.session.get(User, subject.claim.user_id), Why.CLAIMANT)


def reporter(subject: Subject) -> list[Recipient]:
    """Who reported: the account, or the address given without one."""
    report = subject.report
    if report is None:
        return []
    if report.reporter_id is not None:
        return person(db.session.get(User, report.reporter_id), Why.REPORTER)
    return [Recipient(Why.REPORTER, None, report.email, report.language)] if report.email else []


def owner(subject: Subject) -> list[Recipient]:
    """Whose account it is."""
    return person(db.session.get(User, about(subject.event, "user") or 0), Why.OWNER)
