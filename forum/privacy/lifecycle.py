"""The life of a data request; the closed lists of what is asked for, why a part is refused, and what is logged."""

from enum import StrEnum


class DataKind(StrEnum):
    """What a person asks of their data (UU PDP 27/2022, articles 7, 6 and 8)."""

    ACCESS = "access"
    CORRECTION = "correction"
    DELETION = "deletion"


class DataState(StrEnum):
    """Where a request stands; that it is late is computed."""

    UNPROVEN = "unproven"  # its mailed link was not used yet
    WAITING = "waiting"  # for the worker (access) or for a moderator
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DataMove(StrEnum):
    """What can happen to it."""

    PROVE = "prove"
    CARRY_OUT = "carry_out"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


DATA_MOVES: dict[tuple[DataState, DataMove], DataState] = {
    (DataState.UNPROVEN, DataMove.PROVE): DataState.WAITING,
    (DataState.UNPROVEN, DataMove.WITHDRAW): DataState.WITHDRAWN,
    (DataState.WAITING, DataMove.CARRY_OUT): DataState.DONE,
    (DataState.WAITING, DataMove.REFUSE): DataState.REFUSED,
    (DataState.WAITING, DataMove.WITHDRAW): DataState.WITHDRAWN,
}


class Refusal(StrEnum):
    """Why a request, or a part of it, is refused."""

    NOT_PROVED = "not_proved"  # that the data is of this person
    NOT_WRONG = "not_wrong"
    OTHERS_RIGHTS = "others_rights"  # it would show or change somebody else's data
    PUBLIC_RECORD = "public_record"  # a public letter to which others answered
    ABUSE = "abuse"


class Ground(StrEnum):
    """Why something is kept although its person asked for its deletion."""

    LEGAL_HOLD = "legal_hold"
    LEGAL_DUTY = "legal_duty"  # the law asks for it: who saw what, what was asked of us
    PUBLIC = "public"  # stays under the pseudonym, for others answered to it
    NUMBER_ONLY = "number_only"  # names nobody: only the number of the nameless account
    OFFICIAL = "official"  # said in the name of a business
    PROCEDURE = "procedure"  # what was decided, so that it can be appealed and explained
    OPEN_MATTER = "open_matter"  # a procedure that is not over


class Withheld(StrEnum):
    """Why a column is not in the copy that a person gets."""

    TECHNICAL = "technical"  # how the site keeps the row; says nothing of the person
    SECRET = "secret"  # would open something to whoever finds the copy
    OTHERS = "others"  # is about, or by, somebody else


class Act(StrEnum):
    """What the processing log holds."""

    ASKED = "asked"
    PROVED = "proved"
    WITHDRAWN = "withdrawn"
    COPY_MADE = "copy_made"
    COPY_FETCHED = "copy_fetched"
    COPY_GONE = "copy_gone"
    REFUSED = "refused"
    CORRECTED = "corrected"
    SECOND_ASKED = "second_asked"
    ERASED = "erased"
    LOG_EXPORTED = "log_exported"
