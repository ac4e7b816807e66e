"""The axes of a letter and of its cases: states, moves, one table each."""

from enum import StrEnum
from typing import Final


class LetterKind(StrEnum):
    """What the letter is."""

    COMPLAINT = "complaint"
    QUESTION = "question"
    REQUEST = "request"
    PRAISE = "praise"


class WritesAs(StrEnum):
    """In which part the author writes."""

    CONSUMER = "consumer"
    SELLER = "seller"
    CUSTOMER = "customer"  # nasabah: of a bank or an insurer
    OTHER = "other"


class NameShown(StrEnum):
    """How the author's name is printed."""

    FULL = "full"
    INITIALS = "initials"


class Publication(StrEnum):
    """Where a letter is in its life; belongs to the moderators."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    TAKEN_DOWN = "taken_down"


class Visibility(StrEnum):
    """Who may see a letter."""

    PUBLIC = "public"
    UNLISTED = "unlisted"  # by its address only: not in lists, search, feeds
    AUTHOR_ONLY = "author_only"  # and moderators
    TOMBSTONE = "tombstone"  # everybody sees that it was there, author and moderators see the text


class Move(StrEnum):
    """What can happen to a letter."""

    SUBMIT = "submit"
    PUBLISH = "publish"
    RETURN = "return"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    TAKE_DOWN = "take_down"
    REINSTATE = "reinstate"
    REVIEW_AGAIN = "review_again"  # an appeal was granted


MOVES: dict[tuple[Publication, Move], Publication] = {
    (Publication.DRAFT, Move.SUBMIT): Publication.SUBMITTED,
    (Publication.SUBMITTED, Move.PUBLISH): Publication.PUBLISHED,
    (Publication.SUBMITTED, Move.RETURN): Publication.RETURNED,
    (Publication.SUBMITTED, Move.REJECT): Publication.REJECTED,
    (Publication.SUBMITTED, Move.WITHDRAW): Publication.WITHDRAWN,
    (Publication.RETURNED, Move.SUBMIT): Publication.SUBMITTED,
    (Publication.RETURNED, Move.WITHDRAW): Publication.WITHDRAWN,
    (Publication.PUBLISHED, Move.WITHDRAW): Publication.WITHDRAWN,
    (Publication.PUBLISHED, Move.TAKE_DOWN): Publication.TAKEN_DOWN,
    (Publication.TAKEN_DOWN, Move.REINSTATE): Publication.PUBLISHED,
    (Publication.RETURNED, Move.REVIEW_AGAIN): Publication.SUBMITTED,
    (Publication.REJECTED, Move.REVIEW_AGAIN): Publication.SUBMITTED,
}


class ResponseState(StrEnum):
    """How far the business is with a case; belongs to the business."""

    AWAITING = "awaiting"
    ACKNOWLEDGED = "acknowledged"
    ASKED = "asked"
    ANSWERED = "answered"


class Untold(StrEnum):
    """Why the business of a case could not be told of the letter."""

    NO_ADDRESS = "no_address"
    FAILED = "failed"  # its mail server refused every address
    REFUSED = "refused"  # it wants no mail


UNREACHED: Final = frozenset({Untold.NO_ADDRESS, Untold.FAILED})
"""No choice of the business: until it knows of the letter its days to answer wait (ADR 0014)."""


class ResponseMove(StrEnum):
    """What can happen on the business's side of a case."""

    ACKNOWLEDGE = "acknowledge"
    ASK = "ask"
    RESUME = "resume"  # the author answered the question, or its days ran out
    ANSWER = "answer"


RESPONSE_MOVES: dict[tuple[ResponseState, ResponseMove], ResponseState] = {
    (ResponseState.AWAITING, ResponseMove.ACKNOWLEDGE): ResponseState.ACKNOWLEDGED,
    (ResponseState.AWAITING, ResponseMove.ASK): ResponseState.ASKED,
    (ResponseState.AWAITING, ResponseMove.ANSWER): ResponseState.ANSWERED,
    (ResponseState.ACKNOWLEDGED, ResponseMove.ASK): ResponseState.ASKED,
    (ResponseState.ACKNOWLEDGED, ResponseMove.ANSWER): ResponseState.ANSWERED,
    (ResponseState.ASKED, ResponseMove.RESUME): ResponseState.ACKNOWLEDGED,
    (ResponseState.ASKED, ResponseMove.ANSWER): ResponseState.ANSWERED,
    (ResponseState.ANSWERED, ResponseMove.ANSWER): ResponseState.ANSWERED,
}


class MarkReason(StrEnum):
    """Why a passage of a letter has to change before the letter can be printed."""

    PERSONAL_DATA = "personal_data"
    NAMED_PERSON = "named_person"
    CRIME = "crime"  # an accusation without a verdict
    INSULT = "insult"
    UNCLEAR = "unclear"
    UNPROVED = "unproved"  # it needs evidence, or to be told as what the author saw
    ADVERTISING = "advertising"
    OFF_TOPIC = "off_topic"
    UNLAWFUL = "unlawful"


class Outcome(StrEnum):
    """How a case ended; belongs to the author alone."""

    NONE = "none"
    SOLVED = "solved"
    PARTLY = "partly"
    NOT_SOLVED = "not_solved"
    UNCONFIRMED = "unconfirmed"  # the author said nothing in time


class OutcomeMove(StrEnum):
    """What can happen to the outcome of a case."""

    SAY_SOLVED = "say_solved"
    SAY_PARTLY = "say_partly"
    SAY_NOT_SOLVED = "say_not_solved"
    REOPEN = "reopen"
    LAPSE = "lapse"  # the system, when the days are over


OUTCOME_MOVES: dict[tuple[Outcome, OutcomeMove], Outcome] = {
    **{
        (state, move): result
        for state in (Outcome.NONE, Outcome.SOLVED, Outcome.PARTLY, Outcome.NOT_SOLVED)
        for move, result in (
            (OutcomeMove.SAY_SOLVED, Outcome.SOLVED),
            (OutcomeMove.SAY_PARTLY, Outcome.PARTLY),
            (OutcomeMove.SAY_NOT_SOLVED, Outcome.NOT_SOLVED),
        )
        if state is not result
    },
    (Outcome.SOLVED, OutcomeMove.REOPEN): Outcome.NONE,
    (Outcome.PARTLY, OutcomeMove.REOPEN): Outcome.NONE,
    (Outcome.NOT_SOLVED, OutcomeMove.REOPEN): Outcome.NONE,
    (Outcome.NONE, OutcomeMove.LAPSE): Outcome.UNCONFIRMED,
}


class RevisionState(StrEnum):
    """Whether a change of a published letter was accepted."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
