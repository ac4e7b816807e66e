"""Which event becomes which row of the public ledger, and which becomes none and why; each kind of event stands in one of the two."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from forum.core.events import Kind
from forum.ledger.lifecycle import Act, Outcome


@dataclass(frozen=True)
class Row:
    """What an event of a kind becomes.

    The event's facts say the rest, where they have it: `asked_by` (whose request; without it the role of who acted), `asked_at` (ISO,
    since when it was asked), `reason`, `decision` or `outcome`, `count`. `outcome` None: the event's decision is the outcome.
    """

    act: Act
    outcome: Outcome | None
    reversed: Act | None = None  # when the event says `off`, it took back such an act
    acts: dict[str, Act] | None = None  # by the event's `sanction`, where one kind of event is several acts


class Absent(StrEnum):
    """Why a kind of event is no row of the ledger."""

    NOBODY_LOSES = "nothing that readers could see goes away, comes back or is asked to"
    NEVER_PUBLIC = "it was not public, or is not yet"
    OWN_CHOICE = "somebody takes back their own words or changes who sees their own file; a notice stays in their place"
    IN_ANOTHER_ROW = "another event of the same decision is the row"
    PRIVATE = "it concerns one person or team alone"
    SITE = "it is the working of the site, not a decision about somebody"


SANCTIONS: Final = {"warning": Act.ACCOUNT_WARNED, "limit": Act.ACCOUNT_LIMITED, "suspension": Act.ACCOUNT_SUSPENDED}

ROWS: Final[dict[Kind, Row]] = {
    Kind.LETTER_TAKEN_DOWN: Row(Act.LETTER_TAKEN_DOWN, Outcome.REMOVED),
    Kind.LETTER_WITHDRAWN: Row(Act.LETTER_WITHDRAWN, Outcome.REMOVED),
    Kind.LETTER_REINSTATED: Row(Act.LETTER_REINSTATED, Outcome.RESTORED),
    Kind.COMMENT_HIDDEN: Row(Act.COMMENT_HIDDEN, Outcome.REMOVED),
    Kind.COMMENT_RESTORED: Row(Act.COMMENT_RESTORED, Outcome.RESTORED),
    Kind.RESPONSE_HIDDEN: Row(Act.RESPONSE_HIDDEN, Outcome.REMOVED),
    Kind.RESPONSE_RESTORED: Row(Act.RESPONSE_RESTORED, Outcome.RESTORED),
    Kind.ATTACHMENT_HIDDEN: Row(Act.FILE_HIDDEN, Outcome.REMOVED),
    Kind.ATTACHMENT_RESTORED: Row(Act.FILE_RESTORED, Outcome.RESTORED),
    Kind.FILE_COVERED: Row(Act.FILE_COVERED, Outcome.REMOVED, reversed=Act.FILE_UNCOVERED),
    Kind.WORDS_REDACTED: Row(Act.WORDS_COVERED, Outcome.REMOVED),
    Kind.COMMENT_REDACTED: Row(Act.WORDS_COVERED, Outcome.REMOVED),
    Kind.WORDS_RESTORED: Row(Act.WORDS_RESTORED, Outcome.RESTORED),
    Kind.COMMENTS_LOCKED: Row(Act.COMMENTS_LOCKED, Outcome.DONE),
    Kind.COMMENTS_UNLOCKED: Row(Act.COMMENTS_UNLOCKED, Outcome.RESTORED),
    Kind.MERCHANT_MERGED: Row(Act.BUSINESSES_MERGED, Outcome.DONE),
    Kind.MERCHANT_SPLIT: Row(Act.BUSINESS_SPLIT, Outcome.DONE),
    Kind.OBJECTION_DECIDED: Row(Act.OBJECTION_DECIDED, None),
    Kind.REPORT_DECIDED: Row(Act.REPORTS_DECIDED, None),
    Kind.CONTEST_FILED: Row(Act.CONTEST_OPENED, Outcome.OPEN),
    Kind.CONTEST_DECIDED: Row(Act.CONTEST_DECIDED, None),
    Kind.ORDER_RECEIVED: Row(Act.ORDER_RECEIVED, Outcome.OPEN),
    Kind.ORDER_DECIDED: Row(Act.ORDER_DECIDED, None),
    Kind.ORDER_SETTLED: Row(Act.ORDER_DECIDED, None),
    Kind.REPLY_PUBLISHED: Row(Act.REPLY_PUBLISHED, Outcome.DONE),
    Kind.REPLY_HIDDEN: Row(Act.REPLY_HIDDEN, Outcome.REMOVED),
    Kind.REPLY_RESTORED: Row(Act.REPLY_PUBLISHED, Outcome.RESTORED),
    Kind.APPEAL_MADE: Row(Act.APPEAL_OPENED, Outcome.OPEN),
    Kind.APPEAL_DECIDED: Row(Act.APPEAL_DECIDED, None),
    Kind.IDENTITY_GIVEN: Row(Act.IDENTITY_GIVEN, Outcome.DONE),
    Kind.SANCTION_GIVEN: Row(Act.ACCOUNT_SUSPENDED, Outcome.DONE, acts=SANCTIONS),
    Kind.SANCTION_LIFTED: Row(Act.ACCOUNT_FREED, Outcome.RESTORED),
}
"""A correction (`LEDGER_CORRECTED`) is the row it corrects, written once more."""

ENDS: Final = {"rejected": Outcome.DISMISSED}
"""Outcomes that have another name where they were decided."""

CORRECTS: Final = Kind.LEDGER_CORRECTED

ABSENT: Final[dict[Absent, tuple[Kind, ...]]] = {
    Absent.PRIVATE: (
        Kind.ACCOUNT_OPENED, Kind.EMAIL_CONFIRMED, Kind.EMAIL_CHANGED, Kind.PASSWORD_CHANGED, Kind.ACCOUNT_CLOSED,
        Kind.SECOND_FACTOR_ADDED, Kind.SECOND_FACTOR_REMOVED, Kind.RECOVERY_CODE_USED, Kind.RECOVERY_CODES_RENEWED,
        Kind.SECOND_FACTOR_RESET, Kind.TEAM_INVITED, Kind.INVITATION_CANCELLED, Kind.TEAM_JOINED, Kind.TEAM_ROLE_CHANGED,
        Kind.REPRESENTATIVE_ENDED, Kind.CLAIM_STARTED, Kind.CLAIM_APPROVED, Kind.CLAIM_REFUSED, Kind.CLAIM_SEEN_FIRST,
        Kind.CLAIM_DOCUMENT_OPENED, Kind.CLAIM_DOCUMENTS_DELETED, Kind.WEBHOOK_ADDED, Kind.WEBHOOK_ENDED, Kind.TOKEN_MADE,
        Kind.TOKEN_ENDED, Kind.CASE_ASSIGNED, Kind.CASES_EXPORTED, Kind.PACK_MADE, Kind.ORIGINAL_OPENED, Kind.CONTACT_ADDED,
        Kind.CONTACT_WORKS, Kind.CONTACT_ENDED, Kind.PRIVATE_READ, Kind.CLAIM_REOPENED,
        Kind.NOTICE_RECEIVED, Kind.NOTICE_ANSWERED, Kind.NOTICE_CLOSED, Kind.IDENTITY_ORDERED, Kind.IDENTITY_TOLD,
    ),
    Absent.SITE: (
        Kind.MODERATOR_APPOINTED, Kind.QUEUE_ALARM, Kind.BODY_CHANGED, Kind.MAIL_REFUSED, Kind.FILE_READY, Kind.FILE_REFUSED,
        Kind.ORIGINAL_DELETED, Kind.BUSINESS_REMINDED, Kind.QUESTION_REMINDED, Kind.PROMISE_REMINDED, Kind.PROMISE_ASKED,
        Kind.OUTCOME_ASKED, Kind.CASE_OVERDUE, Kind.CASE_VERY_LATE, Kind.QUESTION_LAPSED, Kind.OUTCOME_UNCONFIRMED,
        Kind.CASE_NOTIFIED, Kind.CASE_NOT_TOLD, Kind.PROOF_FAILING, Kind.PROOF_LOST, Kind.DOMAIN_LOST, Kind.LETTER_FLAGGED,
        Kind.RIGHTS_CHANGED, Kind.SECOND_ASKED, Kind.SECOND_CONFIRMED, Kind.SECOND_CANCELLED,
        Kind.VOTES_FLAGGED, Kind.TERM_ADDED, Kind.TERM_REMOVED, Kind.SITE_CHANGED,
    ),
    Absent.NEVER_PUBLIC: (
        Kind.LETTER_SUBMITTED, Kind.LETTER_RETURNED, Kind.LETTER_REJECTED, Kind.REVISION_SUBMITTED, Kind.REVISION_REFUSED,
        Kind.ANSWER_WAITING, Kind.ANSWER_DECIDED, Kind.NAME_PROPOSED, Kind.NAME_REFUSED, Kind.NAME_DOUBTED, Kind.NAME_CLEARED,
        Kind.REPORT_MADE, Kind.OBJECTION_MADE, Kind.LETTER_REOPENED, Kind.REVISION_REOPENED, Kind.REPORT_REOPENED, Kind.DECISION_REOPENED,
        Kind.COMMENT_HELD, Kind.COMMENT_REFUSED, Kind.REPLY_WAITING, Kind.REPLY_REFUSED,
    ),
    Absent.OWN_CHOICE: (Kind.COMMENT_EDITED, Kind.COMMENT_DELETED, Kind.FILE_AUDIENCE_CHANGED, Kind.CONTEST_WITHDRAWN),
    Absent.IN_ANOTHER_ROW: (Kind.LETTER_READDRESSED, Kind.CONTEST_CLOSED, Kind.ORDER_CHECKED, Kind.ORDER_OBJECTED),
    Absent.NOBODY_LOSES: (
        Kind.MERCHANT_ADDED, Kind.MERCHANT_DESCRIBED, Kind.NAME_ADDED, Kind.NAME_REMOVED, Kind.LETTER_PUBLISHED, Kind.LETTER_HELD, Kind.HOLD_RELEASED,
        Kind.REVISION_ACCEPTED, Kind.UPDATE_ADDED, Kind.FILE_ADDED, Kind.FILE_CHECKED, Kind.CASE_OPENED, Kind.CASE_ACKNOWLEDGED,
        Kind.CASE_ASKED, Kind.QUESTION_ANSWERED, Kind.CASE_ANSWERED, Kind.RESPONSE_UNIFORM, Kind.RESPONSE_COUNTED,
        Kind.PROOF_ASKED, Kind.RESPONSE_STANDS, Kind.PROMISE_DONE, Kind.PROMISE_JUDGED, Kind.SOLVED_PROPOSED,
        Kind.PROPOSAL_ANSWERED, Kind.OUTCOME_SET, Kind.OUTCOME_REOPENED, Kind.COMMENT_POSTED, Kind.COMMENT_PUBLISHED,
        Kind.CONTEST_REACTED, Kind.CONTEST_ANSWERED, Kind.CONTEST_REMINDED, Kind.CONTEST_LAPSED,
    ),
}  # fmt: skip
