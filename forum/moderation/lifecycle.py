"""Closed lists of the moderators: what can be reported, why something is reported, returned, rejected or removed, and how a report ends."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a moderator returns, rejects, hides or takes down; a closed list."""

    PERSONAL_DATA = "personal_data"
    NAMED_PERSON = "named_person"  # a private person accused by name
    INSULT = "insult"
    HATE = "hate"
    UNCLEAR = "unclear"
    NO_BUSINESS = "no_business"
    DUPLICATE = "duplicate"
    ADVERTISING = "advertising"
    FALSE = "false"
    UNLAWFUL = "unlawful"
    ORDER = "order"  # of a court or authority
    OFF_TOPIC = "off_topic"
    NOT_CUSTOMER = "not_customer"  # only the end of a contest


class ThingKind(StrEnum):
    """What can be reported and hidden."""

    LETTER = "letter"
    COMMENT = "comment"
    RESPONSE = "response"
    ATTACHMENT = "attachment"
    REPLY = "reply"  # a right of reply


class ReportReason(StrEnum):
    """Why a reader reports something."""

    PERSONAL_DATA = "personal_data"
    ABOUT_ME = "about_me"
    INSULT = "insult"
    HATE = "hate"
    FALSE = "false"
    ADVERTISING = "advertising"
    UNLAWFUL = "unlawful"
    OTHER = "other"


class ReportState(StrEnum):
    """Where a report stands."""

    OPEN = "open"
    UPHELD = "upheld"  # something was done
    DISMISSED = "dismissed"


class ReportMove(StrEnum):
    """What can happen to a report."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"
    REOPEN = "reopen"  # an appeal was granted: another moderator decides


REPORT_MOVES: dict[tuple[ReportState, ReportMove], ReportState] = {
    (ReportState.OPEN, ReportMove.UPHOLD): ReportState.UPHELD,
    (ReportState.OPEN, ReportMove.DISMISS): ReportState.DISMISSED,
    (ReportState.DISMISSED, ReportMove.REOPEN): ReportState.OPEN,
}


class OriginalReason(StrEnum):
    """Why a moderator opens the sealed original of a file; a closed list."""

    CHECK = "check"
    REPORT = "report"
    COVER = "cover"  # what has to be covered, or was covered by mistake
    ORDER = "order"  # of a court or authority
    RECEIPT = "receipt"  # somebody says that it was changed


class JoinReason(StrEnum):
    """Why businesses are merged or letters go to another one; a closed list, shown in the record."""

    SAME_BUSINESS = "same_business"
    SPELLING = "spelling"
    BRAND = "brand"  # of the other
    TAKEOVER = "takeover"  # bought or renamed
    IMPOSTOR = "impostor"  # a name that passed for the other
    WRONG_BUSINESS = "wrong_business"  # a letter stood under a business that it is not about
    WRONG_MERGE = "wrong_merge"


MERGE_REASONS = (JoinReason.SAME_BUSINESS, JoinReason.SPELLING, JoinReason.BRAND, JoinReason.TAKEOVER, JoinReason.IMPOSTOR)
SPLIT_REASONS = (JoinReason.WRONG_BUSINESS, JoinReason.WRONG_MERGE, JoinReason.TAKEOVER)
