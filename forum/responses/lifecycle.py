"""What a response can carry beside its words: promises, remedies with their how, a proposal that the case is solved. Pure."""

from enum import StrEnum
from typing import Final

from forum.letters.lifecycle import Outcome, ResponseState
from forum.letters.promises import PROMISE_ANSWER_DAYS, PromiseState, PromiseVerdict, promise_state

__all__ = [
    "MOST_SAME_LETTERS",
    "PROMISE_ANSWER_DAYS",
    "Ground",
    "OwnCheck",
    "PackGround",
    "PromiseState",
    "PromiseVerdict",
    "ProposalAnswer",
    "ProposalState",
    "Way",
    "ground_of",
    "promise_state",
    "proposal_state",
]

MOST_SAME_LETTERS: Final = 5
"""Other letters of the business that may have got near-identical words; with more, a response moves no case (ADR 0016)."""


class LinkState(StrEnum):
    """Where an answer by a mailed link stands."""

    OPEN = "open"
    WAITING = "waiting"  # sent from an address that proves nothing: a moderator looks at it
    PUBLISHED = "published"
    REFUSED = "refused"


class LinkMove(StrEnum):
    """What can happen to it."""

    PUBLISH = "publish"
    HAND_OVER = "hand_over"
    APPROVE = "approve"
    REFUSE = "refuse"
    REOPEN = "reopen"  # an appeal was granted


LINK_MOVES: dict[tuple[LinkState, LinkMove], LinkState] = {
    (LinkState.OPEN, LinkMove.PUBLISH): LinkState.PUBLISHED,
    (LinkState.OPEN, LinkMove.HAND_OVER): LinkState.WAITING,
    (LinkState.WAITING, LinkMove.APPROVE): LinkState.PUBLISHED,
    (LinkState.WAITING, LinkMove.REFUSE): LinkState.REFUSED,
    (LinkState.REFUSED, LinkMove.REOPEN): LinkState.WAITING,
}


class OwnCheck(StrEnum):
    """How a moderator found out that a response which came by mail is of the business."""

    CALLED = "called"  # by a number from the business's own site
    LETTERHEAD = "letterhead"  # a document of the business
    KNOWN_ADDRESS = "known_address"  # the address stands where the business publishes it
    OTHER = "other"  # said in words


class Way(StrEnum):
    """How money goes back."""

    BANK = "bank"
    WALLET = "wallet"
    CARD = "card"
    BALANCE = "balance"  # of the account with the business
    CASH = "cash"
    OTHER = "other"


class Ground(StrEnum):
    """Why a business refuses what the author asks."""

    TERMS = "terms"  # the contract or the published terms say otherwise
    TOO_LATE = "too_late"
    NOT_AS_DESCRIBED = "not_as_described"  # it found other facts
    DONE_BEFORE = "done_before"
    NO_PROOF = "no_proof"
    THIRD_PARTY = "third_party"
    LAW = "law"
    OTHER = "other"


class ProposalAnswer(StrEnum):
    """What the author says to the proposal that the case is solved."""

    SOLVED = "solved"
    PARTLY = "partly"
    NO = "no"


class ProposalState(StrEnum):
    """Where a proposal stands; silence leaves it unconfirmed for ever."""

    NONE = "none"
    UNCONFIRMED = "unconfirmed"
    SOLVED = "solved"
    PARTLY = "partly"
    NO = "no"


class PackGround(StrEnum):
    """What gives an author a hand-over pack: what has gone wrong in the case, the gravest first."""

    PROMISE_BROKEN = "promise_broken"
    NOT_SOLVED = "not_solved"
    OVERDUE = "overdue"
    UNTOLD = "untold"


def ground_of(
    response: ResponseState, outcome: Outcome, *, late: bool, broken: bool, untold: bool = False
) -> PackGround | None:
    """Return the ground of a pack, None while the case may still end well: an answer that counts ends being overdue.

    `untold`: nobody of the business could be told, so the days that have passed are not its own.
    """
    if broken:
        return PackGround.PROMISE_BROKEN
    if outcome is Outcome.NOT_SOLVED:
        return PackGround.NOT_SOLVED
    if not late or response is ResponseState.ANSWERED:
        return None
    return PackGround.UNTOLD if untold else PackGround.OVERDUE


def proposal_state(*, proposed: bool, answer: ProposalAnswer | None) -> ProposalState:
    """Return where a proposal stands: time is no argument, so that silence cannot become a yes."""
    if not proposed:
        return ProposalState.NONE
    return ProposalState.UNCONFIRMED if answer is None else ProposalState(answer.value)
