"""What happened, as rows in the same transaction as the change: timeline, audit and outbox in one."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, choice, db, identity
from forum.core.jobs import enqueue


class Audience(StrEnum):
    """Who may read an event in a journey."""

    PUBLIC = "public"
    PARTIES = "parties"  # author, the business's representatives, moderators
    MODERATORS = "moderators"


class Role(StrEnum):
    """In which role somebody acted; shown instead of a name."""

    AUTHOR = "author"
    BUSINESS = "business"
    MODERATOR = "moderator"
    READER = "reader"
    SYSTEM = "system"


class Kind(StrEnum):
    """Every kind of event; `FACTS` declares what each is."""

    ACCOUNT_OPENED = "account_opened"
    EMAIL_CONFIRMED = "email_confirmed"
    EMAIL_CHANGED = "email_changed"
    PASSWORD_CHANGED = "password_changed"
    ACCOUNT_CLOSED = "account_closed"
    MODERATOR_APPOINTED = "moderator_appointed"
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODE_USED = "recovery_code_used"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    SECOND_FACTOR_RESET = "second_factor_reset"

    MERCHANT_ADDED = "merchant_added"
    MERCHANT_DESCRIBED = "merchant_described"
    MERCHANT_MERGED = "merchant_merged"
    MERCHANT_SPLIT = "merchant_split"
    NAME_ADDED = "name_added"
    NAME_REMOVED = "name_removed"
    NAME_PROPOSED = "name_proposed"
    NAME_REFUSED = "name_refused"
    NAME_DOUBTED = "name_doubted"
    NAME_CLEARED = "name_cleared"
    LETTER_READDRESSED = "letter_readdressed"
    CONTACT_ADDED = "contact_added"
    CONTACT_WORKS = "contact_works"
    CONTACT_ENDED = "contact_ended"
    CLAIM_STARTED = "claim_started"
    CLAIM_APPROVED = "claim_approved"
    CLAIM_REFUSED = "claim_refused"
    REPRESENTATIVE_ENDED = "representative_ended"
    TEAM_INVITED = "team_invited"
    INVITATION_CANCELLED = "invitation_cancelled"
    TEAM_JOINED = "team_joined"
    TEAM_ROLE_CHANGED = "team_role_changed"
    CLAIM_SEEN_FIRST = "claim_seen_first"
    CLAIM_DOCUMENT_OPENED = "claim_document_opened"
    CLAIM_DOCUMENTS_DELETED = "claim_documents_deleted"
    PROOF_FAILING = "proof_failing"
    PROOF_LOST = "proof_lost"
    DOMAIN_LOST = "domain_lost"
    OBJECTION_MADE = "objection_made"
    OBJECTION_DECIDED = "objection_decided"

    WEBHOOK_ADDED = "webhook_added"
    WEBHOOK_ENDED = "webhook_ended"
    TOKEN_MADE = "token_made"
    TOKEN_ENDED = "token_ended"

    LETTER_SUBMITTED = "letter_submitted"
    LETTER_PUBLISHED = "letter_published"
    LETTER_RETURNED = "letter_returned"
    LETTER_REJECTED = "letter_rejected"
    LETTER_WITHDRAWN = "letter_withdrawn"
    LETTER_TAKEN_DOWN = "letter_taken_down"
    LETTER_REINSTATED = "letter_reinstated"
    REVISION_SUBMITTED = "revision_submitted"
    REVISION_ACCEPTED = "revision_accepted"
    REVISION_REFUSED = "revision_refused"
    UPDATE_ADDED = "update_added"
    ATTACHMENT_HIDDEN = "attachment_hidden"
    ATTACHMENT_RESTORED = "attachment_restored"

    CASE_NOTIFIED = "case_notified"
    CASE_NOT_TOLD = "case_not_told"
    CASE_OPENED = "case_opened"
    CASE_ACKNOWLEDGED = "case_acknowledged"
    CASE_ASKED = "case_asked"
    QUESTION_ANSWERED = "question_answered"
    QUESTION_LAPSED = "question_lapsed"
    CASE_ANSWERED = "case_answered"
    RESPONSE_UNIFORM = "response_uniform"
    RESPONSE_COUNTED = "response_counted"
    PROOF_ASKED = "proof_asked"
    RESPONSE_STANDS = "response_stands"
    ANSWER_WAITING = "answer_waiting"
    ANSWER_DECIDED = "answer_decided"
    BUSINESS_REMINDED = "business_reminded"
    CASE_ASSIGNED = "case_assigned"
    CASES_EXPORTED = "cases_exported"
    QUESTION_REMINDED = "question_reminded"
    CASE_OVERDUE = "case_overdue"
    CASE_VERY_LATE = "case_very_late"
    PACK_MADE = "pack_made"
    RESPONSE_HIDDEN = "response_hidden"
    RESPONSE_RESTORED = "response_restored"

    PROMISE_DONE = "promise_done"
    PROMISE_JUDGED = "promise_judged"
    PROMISE_REMINDED = "promise_reminded"
    PROMISE_ASKED = "promise_asked"
    SOLVED_PROPOSED = "solved_proposed"
    PROPOSAL_ANSWERED = "proposal_answered"

    OUTCOME_ASKED = "outcome_asked"
    OUTCOME_SET = "outcome_set"
    OUTCOME_REOPENED = "outcome_reopened"
    OUTCOME_UNCONFIRMED = "outcome_unconfirmed"

    COMMENT_POSTED = "comment_posted"
    COMMENT_EDITED = "comment_edited"
    COMMENT_DELETED = "comment_deleted"
    COMMENT_HIDDEN = "comment_hidden"
    COMMENT_RESTORED = "comment_restored"
    COMMENTS_LOCKED = "comments_locked"
    COMMENTS_UNLOCKED = "comments_unlocked"

    REPORT_MADE = "report_made"
    REPORT_DECIDED = "report_decided"
    QUEUE_ALARM = "queue_alarm"
    BODY_CHANGED = "body_changed"
    LETTER_FLAGGED = "letter_flagged"
    MAIL_REFUSED = "mail_refused"


@dataclass(frozen=True)
class Facts:
    """What is declared of a kind: who may read it in a journey, and whether people are told of it."""

    audience: Audience
    tells: bool = False


_PUBLIC, _PARTIES, _MODERATORS = Facts(Audience.PUBLIC), Facts(Audience.PARTIES), Facts(Audience.MODERATORS)
_PUBLIC_TOLD, _PARTIES_TOLD = Facts(Audience.PUBLIC, tells=True), Facts(Audience.PARTIES, tells=True)
_MODERATORS_TOLD = Facts(Audience.MODERATORS, tells=True)

FACTS: dict[Kind, Facts] = {
    Kind.ACCOUNT_OPENED: _MODERATORS,
    Kind.EMAIL_CONFIRMED: _MODERATORS,
    Kind.EMAIL_CHANGED: _MODERATORS_TOLD,
    Kind.PASSWORD_CHANGED: _MODERATORS_TOLD,
    Kind.ACCOUNT_CLOSED: _MODERATORS,
    Kind.MODERATOR_APPOINTED: _MODERATORS,
    Kind.SECOND_FACTOR_ADDED: _MODERATORS_TOLD,
    Kind.SECOND_FACTOR_REMOVED: _MODERATORS_TOLD,
    Kind.RECOVERY_CODE_USED: _MODERATORS_TOLD,
    Kind.RECOVERY_CODES_RENEWED: _MODERATORS_TOLD,
    Kind.SECOND_FACTOR_RESET: _MODERATORS_TOLD,
    Kind.MERCHANT_ADDED: _MODERATORS,
    Kind.MERCHANT_DESCRIBED: _MODERATORS,
    Kind.MERCHANT_MERGED: _PUBLIC,
    Kind.MERCHANT_SPLIT: _PUBLIC,
    Kind.NAME_ADDED: _PUBLIC,
    Kind.NAME_REMOVED: _PUBLIC,
    Kind.NAME_PROPOSED: _MODERATORS,
    Kind.NAME_REFUSED: _MODERATORS,
    Kind.NAME_DOUBTED: _MODERATORS,
    Kind.NAME_CLEARED: _MODERATORS,
    Kind.LETTER_READDRESSED: _PUBLIC_TOLD,
    Kind.CONTACT_ADDED: _MODERATORS,
    Kind.CONTACT_WORKS: _MODERATORS,
    Kind.CONTACT_ENDED: _MODERATORS,
    Kind.CLAIM_STARTED: _MODERATORS_TOLD,
    Kind.CLAIM_APPROVED: _MODERATORS_TOLD,
    Kind.CLAIM_REFUSED: _MODERATORS_TOLD,
    Kind.REPRESENTATIVE_ENDED: _MODERATORS_TOLD,
    Kind.TEAM_INVITED: _MODERATORS_TOLD,
    Kind.INVITATION_CANCELLED: _MODERATORS_TOLD,
    Kind.TEAM_JOINED: _MODERATORS_TOLD,
    Kind.TEAM_ROLE_CHANGED: _MODERATORS_TOLD,
    Kind.WEBHOOK_ADDED: _MODERATORS_TOLD,
    Kind.WEBHOOK_ENDED: _MODERATORS_TOLD,
    Kind.TOKEN_MADE: _MODERATORS_TOLD,
    Kind.TOKEN_ENDED: _MODERATORS,
    Kind.CLAIM_SEEN_FIRST: _MODERATORS_TOLD,
    Kind.CLAIM_DOCUMENT_OPENED: _MODERATORS,
    Kind.CLAIM_DOCUMENTS_DELETED: _MODERATORS,
    Kind.PROOF_FAILING: _MODERATORS_TOLD,
    Kind.PROOF_LOST: _MODERATORS_TOLD,
    Kind.DOMAIN_LOST: _MODERATORS_TOLD,
    Kind.OBJECTION_MADE: _MODERATORS_TOLD,
    Kind.OBJECTION_DECIDED: _MODERATORS_TOLD,
    Kind.LETTER_SUBMITTED: _PARTIES_TOLD,
    Kind.LETTER_PUBLISHED: _PUBLIC_TOLD,
    Kind.LETTER_RETURNED: _PARTIES_TOLD,
    Kind.LETTER_REJECTED: _PARTIES_TOLD,
    Kind.LETTER_WITHDRAWN: _PUBLIC,
    Kind.LETTER_TAKEN_DOWN: _PUBLIC_TOLD,
    Kind.LETTER_REINSTATED: _PUBLIC_TOLD,
    Kind.REVISION_SUBMITTED: _PARTIES,
    Kind.REVISION_ACCEPTED: _PUBLIC_TOLD,
    Kind.REVISION_REFUSED: _PARTIES_TOLD,
    Kind.UPDATE_ADDED: _PUBLIC_TOLD,
    Kind.ATTACHMENT_HIDDEN: _PUBLIC_TOLD,
    Kind.ATTACHMENT_RESTORED: _PUBLIC_TOLD,
    Kind.CASE_NOTIFIED: _PUBLIC,
    Kind.CASE_NOT_TOLD: _PUBLIC,
    Kind.CASE_OPENED: _PUBLIC,
    Kind.CASE_ACKNOWLEDGED: _PUBLIC_TOLD,
    Kind.CASE_ASKED: _PUBLIC_TOLD,
    Kind.QUESTION_ANSWERED: _PUBLIC_TOLD,
    Kind.QUESTION_LAPSED: _PUBLIC,
    Kind.CASE_ANSWERED: _PUBLIC_TOLD,
    Kind.RESPONSE_UNIFORM: _PUBLIC_TOLD,
    Kind.RESPONSE_COUNTED: _PUBLIC_TOLD,
    Kind.PROOF_ASKED: _PUBLIC_TOLD,
    Kind.RESPONSE_STANDS: _PUBLIC_TOLD,
    Kind.PROMISE_DONE: _PUBLIC_TOLD,
    Kind.PROMISE_JUDGED: _PUBLIC_TOLD,
    Kind.PROMISE_REMINDED: _PARTIES_TOLD,
    Kind.PROMISE_ASKED: _PARTIES_TOLD,
    Kind.SOLVED_PROPOSED: _PUBLIC_TOLD,
    Kind.PROPOSAL_ANSWERED: _PUBLIC,
    Kind.ANSWER_WAITING: _MODERATORS_TOLD,
    Kind.ANSWER_DECIDED: _MODERATORS_TOLD,
    Kind.BUSINESS_REMINDED: Facts(Audience.PUBLIC, tells=True),
    Kind.CASE_ASSIGNED: _MODERATORS_TOLD,
    Kind.CASES_EXPORTED: _MODERATORS,
    Kind.QUESTION_REMINDED: _PARTIES_TOLD,
    Kind.CASE_OVERDUE: _PUBLIC_TOLD,
    Kind.CASE_VERY_LATE: _PUBLIC_TOLD,
    Kind.PACK_MADE: _MODERATORS,
    Kind.RESPONSE_HIDDEN: _PUBLIC_TOLD,
    Kind.RESPONSE_RESTORED: _PUBLIC_TOLD,
    Kind.OUTCOME_ASKED: _PARTIES_TOLD,
    Kind.OUTCOME_SET: _PUBLIC_TOLD,
    Kind.OUTCOME_REOPENED: _PUBLIC_TOLD,
    Kind.OUTCOME_UNCONFIRMED: _PUBLIC,
    Kind.COMMENT_POSTED: _MODERATORS_TOLD,
    Kind.COMMENT_EDITED: _MODERATORS,
    Kind.COMMENT_DELETED: _MODERATORS,
    Kind.COMMENT_HIDDEN: _MODERATORS_TOLD,
    Kind.COMMENT_RESTORED: _MODERATORS_TOLD,
    Kind.COMMENTS_LOCKED: _PUBLIC_TOLD,
    Kind.COMMENTS_UNLOCKED: _PUBLIC_TOLD,
    Kind.REPORT_MADE: _MODERATORS,
    Kind.REPORT_DECIDED: _MODERATORS_TOLD,
    Kind.QUEUE_ALARM: _MODERATORS_TOLD,
    Kind.BODY_CHANGED: _MODERATORS,
    Kind.LETTER_FLAGGED: _MODERATORS,
    Kind.MAIL_REFUSED: _MODERATORS,
}
DELIVER = "deliver_event"


class Event(Base):
    """One thing that happened; rows are only ever added."""

    __tablename__ = "event"

    id: Mapped[int] = identity()
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    role: Mapped[Role] = mapped_column(choice(Role))
    letter_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("letter.id"))
    case_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("case.id"))
    merchant_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("merchant.id"))
    about: Mapped[str | None] = mapped_column(String(40))  # "comment:12", what it is about beyond letter and case
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)

    __table_args__ = (Index("ix_event_letter_id", "letter_id", "kind", "id"), Index("ix_event_about", "about"))


Listener = Callable[[Event], None]
_listeners: defaultdict[Kind, list[Listener]] = defaultdict(list)


def on(*kinds: Kind) -> Callable[[Listener], Listener]:
    """Let a feature higher up react to these kinds, inside the same transaction."""

    def register(listener: Listener) -> Listener:
        for kind in kinds:
            if listener not in _listeners[kind]:
                _listeners[kind].append(listener)
        return listener

    return register


def record(
    kind: Kind,
    *,
    by: Any,
    role: Role,
    letter_id: int | None = None,
    case_id: int | None = None,
    merchant_id: int | None = None,
    about: str | None = None,
    **data: Any,
) -> Event:
    """Write down what happened, let features react, and queue its delivery to people.

    `by` is a person, the Guest or None for the system; `data` holds JSON values only.
    """
    happened = Event(
        kind=kind,
        at=utcnow(),
        by_id=None if by is None or by.is_guest else by.id,
        role=role,
        letter_id=letter_id,
        case_id=case_id,
        merchant_id=merchant_id,
        about=about,
        data=data,
    )
    db.session.add(happened)
    db.session.flush()
    for listener in _listeners[kind]:
        listener(happened)
    if FACTS[kind].tells:
        enqueue(DELIVER, event_id=happened.id)
    return happened
