"""The one table of who hears of each event: kind of event → audience, kind of notice, and how it can be switched off."""

from dataclasses import dataclass

from forum.core.events import Kind
from forum.notifications import audiences as to
from forum.notifications import audiences_of_appeals as of_appeals
from forum.notifications import audiences_of_claims as of_claims
from forum.notifications import audiences_of_contests as of_contests
from forum.notifications import audiences_of_legal as of_legal
from forum.notifications import audiences_of_orders as of_orders
from forum.notifications import audiences_of_queue as of_queue
from forum.notifications.audiences import Audience
from forum.notifications.choices import Choice


@dataclass(frozen=True)
class Notice:
    """One way of telling: `kind` names its words (forum/notifications/words).

    `choice` None: always by mail. `mail` False: in the site only. `own`: also told of one's own act, as a receipt.
    `open` False: told although the letter may not be read any more; its words name no title then.
    """

    kind: str
    to: Audience
    choice: Choice | None = None
    mail: bool = True
    own: bool = False
    open: bool = True


NOTICES: dict[Kind, tuple[Notice, ...]] = {
    Kind.LETTER_SUBMITTED: (
        Notice("submitted", to.author, Choice.SUBMITTED, own=True),
        Notice("to_review", of_queue.reviewers, Choice.TO_REVIEW),
    ),
    Kind.LETTER_PUBLISHED: (
        Notice("published", to.author, Choice.PUBLISHED),
        Notice("new_letter", to.business, Choice.NEW_LETTER),
    ),
    Kind.LETTER_READDRESSED: (
        Notice("readdressed", to.author, Choice.PUBLISHED),
        Notice("letter_moved_here", to.business, Choice.NEW_LETTER),
    ),
    Kind.LETTER_RETURNED: (Notice("returned", to.author, Choice.RETURNED),),
    Kind.LETTER_REJECTED: (Notice("rejected", to.author, Choice.REJECTED),),
    Kind.LETTER_TAKEN_DOWN: (Notice("taken_down", to.author),),
    Kind.LETTER_REINSTATED: (Notice("reinstated", to.author, Choice.PUBLISHED),),
    Kind.REVISION_ACCEPTED: (Notice("revision_accepted", to.author, Choice.PUBLISHED),),
    Kind.REVISION_REFUSED: (Notice("revision_refused", to.author, Choice.REJECTED),),
    Kind.WORDS_REDACTED: (Notice("words_redacted", of_contests.covered),),
    Kind.WORDS_RESTORED: (Notice("words_restored", of_contests.covered, Choice.PUBLISHED),),
    Kind.CONTEST_FILED: (
        Notice("contest_filed", to.author),
        Notice("contest_hides", of_contests.deciders_now, Choice.TO_REVIEW),
    ),
    Kind.CONTEST_REMINDED: (Notice("contest_reminder", to.author),),
    Kind.CONTEST_ANSWERED: (
        Notice("contest_answered", of_contests.challenger),
        Notice("contest_ready", of_contests.deciders, Choice.TO_REVIEW),
    ),
    Kind.CONTEST_LAPSED: (
        Notice("contest_lapsed", to.author),
        Notice("contest_unanswered", of_contests.deciders, Choice.TO_REVIEW),
    ),
    Kind.CONTEST_DECIDED: (
        Notice("contest_decided", to.author, open=False),
        Notice("contest_decision", of_contests.challenger, open=False),
    ),
    Kind.CONTEST_WITHDRAWN: (Notice("contest_withdrawn", to.author),),
    Kind.CONTEST_CLOSED: (Notice("contest_closed", of_contests.challenger, open=False),),
    Kind.REPLY_WAITING: (Notice("reply_waiting", of_contests.reply_reviewers, Choice.TO_REVIEW),),
    Kind.REPLY_PUBLISHED: (
        Notice("reply_published", to.author, Choice.RESPONSE),
        Notice("reply_accepted", of_contests.replier, open=False),
    ),
    Kind.REPLY_REFUSED: (Notice("reply_refused", of_contests.replier, open=False),),
    Kind.REPLY_HIDDEN: (Notice("reply_hidden", of_contests.replier, open=False),),
    Kind.REPLY_RESTORED: (Notice("reply_restored", of_contests.replier, open=False),),
    Kind.ATTACHMENT_HIDDEN: (Notice("attachment_hidden", to.filer),),
    Kind.ATTACHMENT_RESTORED: (Notice("attachment_restored", to.filer, Choice.PUBLISHED),),
    Kind.FILE_COVERED: (Notice("file_covered", to.filer),),
    Kind.FILE_REFUSED: (Notice("file_refused", to.filer),),
    Kind.COMMENT_POSTED: (
        Notice("commented", to.commented, Choice.COMMENTED),
        Notice("replied", to.replied, Choice.REPLIED),
    ),
    Kind.COMMENT_PUBLISHED: (Notice("comment_published", to.commenter, Choice.REPLIED),),
    Kind.COMMENT_REFUSED: (Notice("comment_refused", to.commenter),),
    Kind.COMMENT_HIDDEN: (Notice("comment_hidden", to.commenter),),
    Kind.COMMENT_RESTORED: (Notice("comment_restored", to.commenter, Choice.REPLIED),),
    Kind.COMMENTS_LOCKED: (Notice("comments_locked", to.author, Choice.COMMENTED),),
    Kind.COMMENTS_UNLOCKED: (Notice("comments_unlocked", to.author, Choice.COMMENTED),),
    Kind.CASE_ANSWERED: (Notice("response", to.author, Choice.RESPONSE),),
    Kind.RESPONSE_UNIFORM: (Notice("response_uniform", to.author, Choice.RESPONSE),),
    Kind.RESPONSE_COUNTED: (
        Notice("response_counts", to.author, Choice.RESPONSE),
        Notice("response_counted", to.signer, Choice.CASE_NEWS),
    ),
    Kind.PROOF_ASKED: (Notice("proof_asked", to.author, Choice.QUESTION),),
    Kind.RESPONSE_STANDS: (Notice("response_stands", to.author, Choice.RESPONSE),),
    Kind.PROMISE_DONE: (Notice("promise_done", to.author, Choice.OUTCOME_ASKED),),
    Kind.PROMISE_JUDGED: (Notice("promise_judged", to.representatives, Choice.CASE_NEWS),),
    Kind.PROMISE_REMINDED: (Notice("promise_reminder", to.representatives, Choice.REMINDER),),
    Kind.PROMISE_ASKED: (Notice("promise_asked", to.author, Choice.OUTCOME_ASKED),),
    Kind.SOLVED_PROPOSED: (Notice("solved_proposed", to.author, Choice.OUTCOME_ASKED),),
    Kind.ANSWER_WAITING: (Notice("answer_waiting", to.answer_reviewers, Choice.TO_REVIEW),),
    Kind.ANSWER_DECIDED: (Notice("answer_decided", to.mailed_writer, open=False),),
    Kind.CASE_ACKNOWLEDGED: (Notice("acknowledged", to.author, Choice.RESPONSE),),
    Kind.CASE_ASKED: (Notice("question", to.author, Choice.QUESTION),),
    Kind.QUESTION_ANSWERED: (Notice("question_answered", to.representatives, Choice.CASE_NEWS),),
    Kind.OUTCOME_ASKED: (Notice("outcome_asked", to.author, Choice.OUTCOME_ASKED),),
    Kind.OUTCOME_SET: (Notice("outcome_set", to.representatives, Choice.CASE_NEWS),),
    Kind.OUTCOME_REOPENED: (Notice("outcome_reopened", to.representatives, Choice.CASE_NEWS),),
    Kind.UPDATE_ADDED: (Notice("update_added", to.representatives, Choice.CASE_NEWS),),
    Kind.BUSINESS_REMINDED: (Notice("reminder", to.reminded, Choice.REMINDER),),
    Kind.CASE_ASSIGNED: (Notice("assigned", to.assignee, mail=False),),
    Kind.QUESTION_REMINDED: (Notice("question_reminder", to.author, Choice.QUESTION),),
    Kind.CASE_OVERDUE: (Notice("overdue", to.author, Choice.OVERDUE),),
    Kind.CASE_VERY_LATE: (Notice("very_late", to.author, Choice.OVERDUE),),
    Kind.RESPONSE_HIDDEN: (Notice("response_hidden", to.signer),),
    Kind.RESPONSE_RESTORED: (Notice("response_restored", to.signer, Choice.CASE_NEWS),),
    Kind.CLAIM_STARTED: (
        Notice("claim_started", of_claims.claim_reviewers, Choice.CLAIM_STARTED),
        Notice("claim_on_yours", of_claims.owners),
    ),
    Kind.CLAIM_SEEN_FIRST: (Notice("claim_second", of_claims.second_reviewers, Choice.CLAIM_STARTED),),
    Kind.PROOF_FAILING: (Notice("proof_failing", of_claims.proved),),
    Kind.PROOF_LOST: (Notice("proof_lost", of_claims.proved),),
    Kind.DOMAIN_LOST: (Notice("domain_lost", of_claims.business_reviewers, Choice.CLAIM_STARTED),),
    Kind.OBJECTION_MADE: (Notice("objection_made", of_claims.objection_reviewers, Choice.CLAIM_STARTED),),
    Kind.OBJECTION_DECIDED: (
        Notice("objection_decided", of_claims.objector, Choice.CLAIM_DECIDED),
        Notice("proof_decided", of_claims.objected),
    ),
    Kind.CLAIM_APPROVED: (Notice("claim_approved", to.claimant, Choice.CLAIM_DECIDED),),
    Kind.CLAIM_REFUSED: (Notice("claim_refused", to.claimant, Choice.CLAIM_DECIDED),),
    Kind.WEBHOOK_ADDED: (Notice("webhook_added", to.owners, own=True),),
    Kind.WEBHOOK_ENDED: (Notice("webhook_ended", to.owners),),
    Kind.TOKEN_MADE: (Notice("token_made", to.owners, own=True),),
    Kind.REPORT_DECIDED: (Notice("report_decided", to.reporter, Choice.REPORT_DECIDED, open=False),),
    Kind.QUEUE_ALARM: (
        Notice("queue_alarm", of_queue.reviewers, Choice.QUEUE_ALARM),
        Notice("report_alarm", of_queue.report_reviewers, Choice.QUEUE_ALARM),
        Notice("held_alarm", of_queue.held_reviewers, Choice.QUEUE_ALARM),
        Notice("contest_alarm", of_contests.deciders, Choice.QUEUE_ALARM),
        Notice("reply_alarm", of_contests.overdue_reviewers, Choice.QUEUE_ALARM),
        Notice("appeal_alarm", of_appeals.judges, Choice.QUEUE_ALARM),
        Notice("data_alarm", of_queue.data_reviewers, Choice.QUEUE_ALARM),
        Notice("legal_alarm", of_legal.handlers, Choice.QUEUE_ALARM),
        Notice("order_alarm", of_orders.office),
    ),
    Kind.NOTICE_RECEIVED: (Notice("legal_notice", of_legal.writer, open=False),),
    Kind.NOTICE_ANSWERED: (
        Notice("legal_answered", of_legal.writers, open=False),
        Notice("legal_answer", of_legal.sender, open=False),
    ),
    Kind.NOTICE_CLOSED: (Notice("legal_closed", of_legal.writers, open=False),),
    Kind.IDENTITY_TOLD: (Notice("identity_given", of_legal.writer, open=False),),
    Kind.ORDER_RECEIVED: (Notice("order_received", of_orders.office),),
    Kind.ORDER_DECIDED: (Notice("order_carried_out", of_orders.concerned),),
    Kind.ORDER_OBJECTED: (Notice("order_objected", of_orders.judges),),
    Kind.ORDER_SETTLED: (Notice("order_settled", of_orders.concerned),),
    Kind.RIGHTS_CHANGED: (
        Notice("rights_changed", to.owner),
        Notice("rights_changed_beside", of_appeals.administrators_beside),
    ),
    Kind.SECOND_ASKED: (Notice("second_asked", of_appeals.second_persons),),
    Kind.SECOND_CONFIRMED: (Notice("second_confirmed", of_appeals.asker),),
    Kind.SANCTION_GIVEN: (Notice("sanctioned", to.owner),),
    Kind.SANCTION_LIFTED: (Notice("sanction_lifted", to.owner),),
    Kind.APPEAL_MADE: (
        Notice("appeal_made", of_appeals.appellant, mail=False, own=True),
        Notice("appeal_waits", of_appeals.judges, Choice.TO_REVIEW),
    ),
    Kind.APPEAL_DECIDED: (Notice("appeal_decided", of_appeals.appellant, open=False),),
    Kind.LETTER_REOPENED: (
        Notice("letter_reopened", to.author, Choice.SUBMITTED),
        Notice("to_review_again", of_queue.reviewers, Choice.TO_REVIEW),
    ),
    Kind.DECISION_REOPENED: (
        Notice("contest_again", of_contests.deciders, Choice.TO_REVIEW),
        Notice("objection_again", of_claims.objection_reviewers, Choice.CLAIM_STARTED),
        Notice("answer_again", to.answer_reviewers, Choice.TO_REVIEW),
    ),
    Kind.CLAIM_REOPENED: (Notice("claim_reopened", of_claims.reopened_reviewers, Choice.CLAIM_STARTED),),
    Kind.TEAM_INVITED: (Notice("team_invited", to.owners, mail=False),),
    Kind.INVITATION_CANCELLED: (Notice("invitation_cancelled", to.owners, mail=False),),
    Kind.TEAM_JOINED: (Notice("team_joined", to.owners),),
    Kind.TEAM_ROLE_CHANGED: (
        Notice("role_changed", to.member),
        Notice("team_role_changed", to.owners_beside, mail=False),
    ),
    Kind.REPRESENTATIVE_ENDED: (
        Notice("membership_ended", to.member),
        Notice("team_member_ended", to.owners_beside),
    ),
    # Their mails are part of the act itself (forum/accounts), since the old address must hear of it too.
    Kind.PASSWORD_CHANGED: (Notice("password_changed", to.owner, mail=False, own=True),),
    Kind.EMAIL_CHANGED: (Notice("email_changed", to.owner, mail=False, own=True),),
    Kind.SECOND_FACTOR_ADDED: (Notice("second_factor_added", to.owner, mail=False, own=True),),
    Kind.SECOND_FACTOR_REMOVED: (Notice("second_factor_removed", to.owner, mail=False, own=True),),
    Kind.RECOVERY_CODE_USED: (Notice("recovery_code_used", to.owner, mail=False, own=True),),
    Kind.RECOVERY_CODES_RENEWED: (Notice("recovery_codes_renewed", to.owner, mail=False, own=True),),
    Kind.SECOND_FACTOR_RESET: (Notice("second_factor_reset", to.owner, mail=False, own=True),),
}
BY_KIND: dict[str, Notice] = {notice.kind: notice for notices in NOTICES.values() for notice in notices}
