"""Every kind of event, and what is declared of each."""

from dataclasses import dataclass
from enum import StrEnum


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
    WORDS_REDACTED = "words_redacted"
    WORDS_RESTORED = "words_restored"
    COMMENT_REDACTED = "comment_redacted"
    ATTACHMENT_HIDDEN = "attachment_hidden"
    ATTACHMENT_RESTORED = "attachment_restored"
    FILE_ADDED = "file_added"
    FILE_READY = "file_ready"
    FILE_REFUSED = "file_refused"
    FILE_AUDIENCE_CHANGED = "file_audience_changed"
    FILE_COVERED = "file_covered"
    FILE_CHECKED = "file_checked"
    ORIGINAL_OPENED = "original_opened"
    ORIGINAL_DELETED = "original_deleted"

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

    COMMENT_HELD = "comment_held"
    COMMENT_PUBLISHED = "comment_published"
    COMMENT_REFUSED = "comment_refused"
    VOTES_FLAGGED = "votes_flagged"
    TERM_ADDED = "term_added"
    TERM_REMOVED = "term_removed"

    CONTEST_FILED = "contest_filed"
    CONTEST_REACTED = "contest_reacted"
    CONTEST_ANSWERED = "contest_answered"
    CONTEST_REMINDED = "contest_reminded"
    CONTEST_LAPSED = "contest_lapsed"
    CONTEST_WITHDRAWN = "contest_withdrawn"
    CONTEST_CLOSED = "contest_closed"
    CONTEST_DECIDED = "contest_decided"
    REPLY_WAITING = "reply_waiting"
    REPLY_PUBLISHED = "reply_published"
    REPLY_REFUSED = "reply_refused"
    REPLY_HIDDEN = "reply_hidden"
    REPLY_RESTORED = "reply_restored"

    ORDER_RECEIVED = "order_received"
    ORDER_CHECKED = "order_checked"
    ORDER_DECIDED = "order_decided"
    ORDER_OBJECTED = "order_objected"
    ORDER_SETTLED = "order_settled"

    REPORT_MADE = "report_made"
    REPORT_DECIDED = "report_decided"
    QUEUE_ALARM = "queue_alarm"
    BODY_CHANGED = "body_changed"
    LETTER_FLAGGED = "letter_flagged"
    MAIL_REFUSED = "mail_refused"

    LEDGER_CORRECTED = "ledger_corrected"
    SITE_CHANGED = "site_changed"

    RIGHTS_CHANGED = "rights_changed"
    PRIVATE_READ = "private_read"
    SECOND_ASKED = "second_asked"
    SECOND_CONFIRMED = "second_confirmed"
    SECOND_CANCELLED = "second_cancelled"
    SANCTION_GIVEN = "sanction_given"
    SANCTION_LIFTED = "sanction_lifted"
    APPEAL_MADE = "appeal_made"
    APPEAL_DECIDED = "appeal_decided"
    LETTER_REOPENED = "letter_reopened"
    REVISION_REOPENED = "revision_reopened"
    CLAIM_REOPENED = "claim_reopened"
    REPORT_REOPENED = "report_reopened"
    NOTICE_RECEIVED = "notice_received"
    NOTICE_ANSWERED = "notice_answered"
    NOTICE_CLOSED = "notice_closed"
    LETTER_HELD = "letter_held"
    HOLD_RELEASED = "hold_released"
    IDENTITY_ORDERED = "identity_ordered"
    IDENTITY_GIVEN = "identity_given"
    IDENTITY_TOLD = "identity_told"
    DECISION_REOPENED = "decision_reopened"


@dataclass(frozen=True)
class Facts:
    """What is declared of a kind: who may read it in a journey, and whether people are told of it."""

    audience: Audience
    tells: bool = False


_PUBLIC, _PARTIES, _MODERATORS = Facts(Audience.PUBLIC), Facts(Audience.PARTIES), Facts(Audience.MODERATORS)
_PUBLIC_TOLD, _PARTIES_TOLD = Facts(Audience.PUBLIC, tells=True), Facts(Audience.PARTIES, tells=True)
_MODERATORS_TOLD = Facts(Audience.MODERATORS, tells=True)

FACTS: dict[Kind, Facts] = {
    **dict.fromkeys((
        Kind.ACCOUNT_OPENED, Kind.EMAIL_CONFIRMED, Kind.ACCOUNT_CLOSED, Kind.MODERATOR_APPOINTED,
        Kind.MERCHANT_ADDED, Kind.MERCHANT_DESCRIBED, Kind.NAME_PROPOSED, Kind.NAME_REFUSED, Kind.NAME_DOUBTED,
        Kind.NAME_CLEARED, Kind.CONTACT_ADDED, Kind.CONTACT_WORKS, Kind.CONTACT_ENDED, Kind.TOKEN_ENDED,
        Kind.CLAIM_DOCUMENT_OPENED, Kind.CLAIM_DOCUMENTS_DELETED,
    ), _MODERATORS),
    **dict.fromkeys((
        Kind.EMAIL_CHANGED, Kind.PASSWORD_CHANGED, Kind.SECOND_FACTOR_ADDED, Kind.SECOND_FACTOR_REMOVED,
        Kind.RECOVERY_CODE_USED, Kind.RECOVERY_CODES_RENEWED, Kind.SECOND_FACTOR_RESET, Kind.CLAIM_STARTED,
        Kind.CLAIM_APPROVED, Kind.CLAIM_REFUSED, Kind.REPRESENTATIVE_ENDED, Kind.TEAM_INVITED,
        Kind.INVITATION_CANCELLED, Kind.TEAM_JOINED, Kind.TEAM_ROLE_CHANGED, Kind.WEBHOOK_ADDED,
        Kind.WEBHOOK_ENDED, Kind.TOKEN_MADE, Kind.CLAIM_SEEN_FIRST, Kind.PROOF_FAILING, Kind.PROOF_LOST,
        Kind.DOMAIN_LOST, Kind.OBJECTION_MADE, Kind.OBJECTION_DECIDED,
    ), _MODERATORS_TOLD),
    **dict.fromkeys((
        Kind.MERCHANT_MERGED, Kind.MERCHANT_SPLIT, Kind.NAME_ADDED, Kind.NAME_REMOVED,
    ), _PUBLIC),
    Kind.LETTER_READDRESSED: _PUBLIC_TOLD,
    **dict.fromkeys((Kind.LETTER_SUBMITTED, Kind.LETTER_RETURNED, Kind.LETTER_REJECTED), _PARTIES_TOLD),
    **dict.fromkeys((Kind.LETTER_PUBLISHED, Kind.LETTER_TAKEN_DOWN, Kind.LETTER_REINSTATED), _PUBLIC_TOLD),
    Kind.LETTER_WITHDRAWN: _PUBLIC,
    Kind.REVISION_SUBMITTED: _PARTIES,
    Kind.REVISION_ACCEPTED: _PUBLIC_TOLD,
    Kind.REVISION_REFUSED: _PARTIES_TOLD,
    Kind.UPDATE_ADDED: _PUBLIC_TOLD,
    **dict.fromkeys((Kind.WORDS_REDACTED, Kind.WORDS_RESTORED), _PUBLIC_TOLD),
    Kind.COMMENT_REDACTED: _MODERATORS,
    **dict.fromkeys((Kind.ATTACHMENT_HIDDEN, Kind.ATTACHMENT_RESTORED), _PUBLIC_TOLD),
    **dict.fromkeys((Kind.FILE_ADDED, Kind.FILE_READY, Kind.ORIGINAL_OPENED, Kind.ORIGINAL_DELETED), _MODERATORS),
    Kind.FILE_REFUSED: _MODERATORS_TOLD,
    Kind.FILE_AUDIENCE_CHANGED: _PARTIES,
    Kind.FILE_COVERED: _PUBLIC_TOLD,
    Kind.FILE_CHECKED: _PUBLIC,
    **dict.fromkeys((Kind.CASE_NOTIFIED, Kind.CASE_NOT_TOLD, Kind.CASE_OPENED), _PUBLIC),
    Kind.CASE_ACKNOWLEDGED: _PUBLIC_TOLD,
    Kind.CASE_ASKED: _PUBLIC_TOLD,
    Kind.QUESTION_ANSWERED: _PUBLIC_TOLD,
    Kind.QUESTION_LAPSED: _PUBLIC,
    Kind.CASE_ANSWERED: _PUBLIC_TOLD,
    **dict.fromkeys((Kind.RESPONSE_UNIFORM, Kind.RESPONSE_COUNTED, Kind.RESPONSE_STANDS, Kind.PROOF_ASKED), _PUBLIC_TOLD),
    **dict.fromkeys((Kind.PROMISE_DONE, Kind.PROMISE_JUDGED, Kind.SOLVED_PROPOSED), _PUBLIC_TOLD),
    **dict.fromkeys((Kind.PROMISE_REMINDED, Kind.PROMISE_ASKED), _PARTIES_TOLD),
    Kind.PROPOSAL_ANSWERED: _PUBLIC,
    Kind.ANSWER_WAITING: _MODERATORS_TOLD,
    Kind.ANSWER_DECIDED: _MODERATORS_TOLD,
    Kind.BUSINESS_REMINDED: _PUBLIC_TOLD,
    Kind.CASE_ASSIGNED: _MODERATORS_TOLD,
    Kind.CASES_EXPORTED: _MODERATORS,
    Kind.QUESTION_REMINDED: _PARTIES_TOLD,
    Kind.CASE_OVERDUE: _PUBLIC_TOLD,
    Kind.CASE_VERY_LATE: _PUBLIC_TOLD,
    Kind.PACK_MADE: _MODERATORS,
    Kind.RESPONSE_HIDDEN: _PUBLIC_TOLD,
    Kind.RESPONSE_RESTORED: _PUBLIC_TOLD,
    Kind.OUTCOME_ASKED: _PARTIES_TOLD,
    **dict.fromkeys((Kind.OUTCOME_SET, Kind.OUTCOME_REOPENED), _PUBLIC_TOLD),
    Kind.OUTCOME_UNCONFIRMED: _PUBLIC,
    Kind.COMMENT_POSTED: _MODERATORS_TOLD,
    **dict.fromkeys((Kind.COMMENT_EDITED, Kind.COMMENT_DELETED), _MODERATORS),
    **dict.fromkeys((Kind.COMMENT_HIDDEN, Kind.COMMENT_RESTORED), _MODERATORS_TOLD),
    **dict.fromkeys((Kind.COMMENTS_LOCKED, Kind.COMMENTS_UNLOCKED), _PUBLIC_TOLD),
    **dict.fromkeys((Kind.COMMENT_PUBLISHED, Kind.COMMENT_REFUSED), _MODERATORS_TOLD),
    **dict.fromkeys((Kind.COMMENT_HELD, Kind.VOTES_FLAGGED, Kind.TERM_ADDED, Kind.TERM_REMOVED), _MODERATORS),
    **dict.fromkeys((Kind.CONTEST_FILED, Kind.CONTEST_LAPSED, Kind.CONTEST_WITHDRAWN, Kind.CONTEST_CLOSED), _PUBLIC_TOLD),
    **dict.fromkeys((Kind.CONTEST_DECIDED, Kind.REPLY_PUBLISHED, Kind.REPLY_HIDDEN, Kind.REPLY_RESTORED), _PUBLIC_TOLD),
    **dict.fromkeys((Kind.CONTEST_ANSWERED, Kind.CONTEST_REMINDED), _PARTIES_TOLD),
    **dict.fromkeys((Kind.REPLY_WAITING, Kind.REPLY_REFUSED), _MODERATORS_TOLD),
    **dict.fromkeys((Kind.ORDER_RECEIVED, Kind.ORDER_DECIDED, Kind.ORDER_OBJECTED, Kind.ORDER_SETTLED), _MODERATORS_TOLD),
    **dict.fromkeys((Kind.REPORT_MADE, Kind.ORDER_CHECKED), _MODERATORS),
    Kind.REPORT_DECIDED: _MODERATORS_TOLD,
    Kind.QUEUE_ALARM: _MODERATORS_TOLD,
    **dict.fromkeys((Kind.BODY_CHANGED, Kind.LETTER_FLAGGED, Kind.MAIL_REFUSED, Kind.LEDGER_CORRECTED, Kind.SITE_CHANGED), _MODERATORS),
    **dict.fromkeys((Kind.RIGHTS_CHANGED, Kind.SECOND_ASKED, Kind.SECOND_CONFIRMED), _MODERATORS_TOLD),
    **dict.fromkeys((Kind.CLAIM_REOPENED, Kind.DECISION_REOPENED, Kind.SANCTION_GIVEN, Kind.SANCTION_LIFTED), _MODERATORS_TOLD),
    **dict.fromkeys((Kind.PRIVATE_READ, Kind.SECOND_CANCELLED, Kind.REPORT_REOPENED), _MODERATORS),
    **dict.fromkeys((Kind.APPEAL_MADE, Kind.APPEAL_DECIDED), _PUBLIC_TOLD),
    Kind.LETTER_REOPENED: _PARTIES_TOLD,
    **dict.fromkeys((Kind.CONTEST_REACTED, Kind.REVISION_REOPENED), _PARTIES),
    **dict.fromkeys((Kind.NOTICE_RECEIVED, Kind.NOTICE_ANSWERED, Kind.NOTICE_CLOSED, Kind.IDENTITY_TOLD), _MODERATORS_TOLD),
    **dict.fromkeys((Kind.LETTER_HELD, Kind.HOLD_RELEASED, Kind.IDENTITY_ORDERED, Kind.IDENTITY_GIVEN), _MODERATORS),
}
