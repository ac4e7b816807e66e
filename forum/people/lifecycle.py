"""Closed lists of what is done about people: sanctions, and requests that need two persons."""

from enum import StrEnum


class SanctionKind(StrEnum):
    """What a moderator does about an account; there is nothing that its holder is not told of."""

    WARNING = "warning"
    LIMIT = "limit"  # of one thing, for some days
    SUSPENSION = "suspension"  # the whole account: reading, own data and appeals stay


class SanctionReason(StrEnum):
    """Why; a closed list."""

    INSULTS = "insults"
    THREATS = "threats"
    PERSONAL_DATA = "personal_data"  # published others' data again and again
    SPAM = "spam"
    FAKE = "fake"  # invented letters, or several accounts of one person
    REPORT_ABUSE = "report_abuse"
    IMPERSONATION = "impersonation"
    EVASION = "evasion"  # of an earlier limit or suspension
    UNLAWFUL = "unlawful"


class RequestKind(StrEnum):
    """What one person may ask for and another has to confirm."""

    RIGHTS = "rights"  # appoint or dismiss
    SANCTION = "sanction"  # against somebody who holds an office
    UNMASK = "unmask"  # the identity behind a name, on an order of record
    DELETE_ORIGINAL = "delete_original"  # of a file, for good
    ERASE = "erase"  # all of a person, also what others see, as they asked
    RELEASE_HOLD = "release_hold"  # of the data of a letter


class Authority(StrEnum):
    """Who may order that an identity be given out; nobody else's demand is an order."""

    COURT = "court"
    POLICE = "police"
    PROSECUTOR = "prosecutor"
    OTHER = "other"  # a body that a law gives this power


class RequestState(StrEnum):
    """Where a request stands; that its days are over is computed."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class RequestMove(StrEnum):
    """What can happen to a request."""

    CONFIRM = "confirm"
    CANCEL = "cancel"


REQUEST_MOVES: dict[tuple[RequestState, RequestMove], RequestState] = {
    (RequestState.OPEN, RequestMove.CONFIRM): RequestState.CONFIRMED,
    (RequestState.OPEN, RequestMove.CANCEL): RequestState.CANCELLED,
}
