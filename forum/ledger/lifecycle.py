"""Closed lists of the ledger: what was done, who asked for it, how it ended, and why a row is corrected."""

from enum import StrEnum
from typing import Final


class Act(StrEnum):
    """What kind of thing a row tells of."""

    LETTER_TAKEN_DOWN = "letter_taken_down"
    LETTER_WITHDRAWN = "letter_withdrawn"
    LETTER_REINSTATED = "letter_reinstated"
    COMMENT_HIDDEN = "comment_hidden"
    COMMENT_RESTORED = "comment_restored"
    RESPONSE_HIDDEN = "response_hidden"
    RESPONSE_RESTORED = "response_restored"
    FILE_HIDDEN = "file_hidden"
    FILE_RESTORED = "file_restored"
    FILE_COVERED = "file_covered"
    FILE_UNCOVERED = "file_uncovered"
    WORDS_COVERED = "words_covered"
    WORDS_RESTORED = "words_restored"
    COMMENTS_LOCKED = "comments_locked"
    COMMENTS_UNLOCKED = "comments_unlocked"
    BUSINESSES_MERGED = "businesses_merged"
    BUSINESS_SPLIT = "business_split"
    OBJECTION_DECIDED = "objection_decided"
    REPORTS_DECIDED = "reports_decided"
    CONTEST_OPENED = "contest_opened"
    CONTEST_DECIDED = "contest_decided"
    APPEAL_OPENED = "appeal_opened"
    APPEAL_DECIDED = "appeal_decided"
    ACCOUNT_WARNED = "account_warned"
    ACCOUNT_LIMITED = "account_limited"
    ACCOUNT_SUSPENDED = "account_suspended"
    ACCOUNT_FREED = "account_freed"
    ORDER_RECEIVED = "order_received"
    ORDER_DECIDED = "order_decided"
    REPLY_PUBLISHED = "reply_published"  # of a person named, under the right of reply
    REPLY_HIDDEN = "reply_hidden"
    IDENTITY_GIVEN = "identity_given"  # of an author, on an order; the row names nobody


class AskedBy(StrEnum):
    """Whose request it was."""

    AUTHOR = "author"
    BUSINESS = "business"
    PERSON_NAMED = "person_named"
    AUTHORITY = "authority"
    READER = "reader"
    MODERATOR = "moderator"  # nobody's: of the moderators' own accord


class Outcome(StrEnum):
    """How it ended."""

    REMOVED = "removed"
    RESTORED = "restored"
    DONE = "done"
    UPHELD = "upheld"
    PARTLY = "partly"
    DISMISSED = "dismissed"
    OPEN = "open"  # a request that is being decided; a later row tells how
    VOID = "void"  # of a correction: the row should not be there


class Why(StrEnum):
    """Why a row is corrected."""

    WRONG_REQUESTER = "wrong_requester"
    WRONG_REASON = "wrong_reason"
    WRONG_OUTCOME = "wrong_outcome"
    MISTAKE = "mistake"  # nothing of the kind happened


class Group(StrEnum):
    """Sorts of acts, as lists and figures sum them up."""

    REMOVED = "removed"
    COVERED = "covered"
    RESTORED = "restored"
    LOCKED = "locked"
    BUSINESSES = "businesses"
    REQUESTS = "requests"
    ACCOUNTS = "accounts"
    REPLIES = "replies"


GROUPS: Final[dict[Group, tuple[Act, ...]]] = {
    Group.REMOVED: (
        Act.LETTER_TAKEN_DOWN, Act.LETTER_WITHDRAWN, Act.COMMENT_HIDDEN, Act.RESPONSE_HIDDEN, Act.FILE_HIDDEN, Act.REPLY_HIDDEN,
    ),
    Group.COVERED: (Act.WORDS_COVERED, Act.FILE_COVERED),
    Group.RESTORED: (
        Act.LETTER_REINSTATED, Act.COMMENT_RESTORED, Act.RESPONSE_RESTORED, Act.FILE_RESTORED, Act.WORDS_RESTORED, Act.FILE_UNCOVERED,
    ),
    Group.LOCKED: (Act.COMMENTS_LOCKED, Act.COMMENTS_UNLOCKED),
    Group.BUSINESSES: (Act.BUSINESSES_MERGED, Act.BUSINESS_SPLIT),
    Group.REQUESTS: (
        Act.REPORTS_DECIDED, Act.OBJECTION_DECIDED, Act.CONTEST_OPENED, Act.CONTEST_DECIDED, Act.APPEAL_OPENED, Act.APPEAL_DECIDED,
        Act.ORDER_RECEIVED, Act.ORDER_DECIDED, Act.IDENTITY_GIVEN,
    ),
    Group.ACCOUNTS: (Act.ACCOUNT_WARNED, Act.ACCOUNT_LIMITED, Act.ACCOUNT_SUSPENDED, Act.ACCOUNT_FREED),
    Group.REPLIES: (Act.REPLY_PUBLISHED,),
}  # fmt: skip
DECIDED: Final = frozenset({Outcome.UPHELD, Outcome.PARTLY, Outcome.DISMISSED})
"""Of requests; their share that was upheld is published."""


def outcomes_like(outcome: Outcome) -> tuple[Outcome, ...]:
    """Return what a row with this outcome can say when it is corrected: a decision another one, a removal nothing else, a void row anything."""
    if outcome is Outcome.VOID:
        return tuple(one for one in Outcome if one is not Outcome.VOID)
    return tuple(one for one in Outcome if one in DECIDED) if outcome in DECIDED else (outcome,)
