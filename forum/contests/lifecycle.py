"""A contest: its grounds, states and moves, how it can end and what follows. Pure."""

from enum import StrEnum
from typing import Final


class Side(StrEnum):
    """Who contests."""

    BUSINESS = "business"
    PERSON = "person_named"


class Ground(StrEnum):
    """Why somebody contests passages; a closed list."""

    NOT_OUR_CUSTOMER = "not_our_customer"
    FALSE_FACT = "false_fact"  # a false statement of fact about a person
    PERSONAL_DATA = "personal_data"
    DUPLICATE = "duplicate"
    UNLAWFUL = "unlawful"


HIDES: Final = frozenset({Ground.PERSONAL_DATA, Ground.UNLAWFUL})
"""Only these cover the passages at once; everything else stays readable until the decision."""
GROUNDS: Final[dict[Side, tuple[Ground, ...]]] = {
    Side.BUSINESS: tuple(Ground),
    Side.PERSON: (Ground.FALSE_FACT, Ground.PERSONAL_DATA, Ground.UNLAWFUL),
}


class ContestState(StrEnum):
    """Where a contest stands."""

    UNPROVEN = "unproven"  # of a guest, whose mailed link was not used yet: nobody knows of it
    CONTESTED = "contested"
    AUTHOR_ASKED = "author_asked"
    HEARD = "heard"  # the author answered, or their time is over: the moderators decide
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"  # the letter went out of print for another reason


class ContestMove(StrEnum):
    """What can happen to a contest."""

    FILE = "file"
    ASK = "ask"
    HEAR = "hear"
    UPHOLD = "uphold"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"  # an appeal was granted
    CLOSE = "close"


OPEN: Final = (ContestState.CONTESTED, ContestState.AUTHOR_ASKED, ContestState.HEARD)
DECIDED: Final = (ContestState.UPHELD, ContestState.REJECTED)
CONTEST_MOVES: Final[dict[tuple[ContestState, ContestMove], ContestState]] = {
    (ContestState.UNPROVEN, ContestMove.FILE): ContestState.CONTESTED,
    (ContestState.UNPROVEN, ContestMove.WITHDRAW): ContestState.WITHDRAWN,
    (ContestState.CONTESTED, ContestMove.ASK): ContestState.AUTHOR_ASKED,
    (ContestState.CONTESTED, ContestMove.HEAR): ContestState.HEARD,
    (ContestState.AUTHOR_ASKED, ContestMove.HEAR): ContestState.HEARD,
    (ContestState.UPHELD, ContestMove.REOPEN): ContestState.HEARD,
    (ContestState.REJECTED, ContestMove.REOPEN): ContestState.HEARD,
    **{
        (state, move): result
        for state in OPEN
        for move, result in (
            (ContestMove.UPHOLD, ContestState.UPHELD),
            (ContestMove.REJECT, ContestState.REJECTED),
            (ContestMove.WITHDRAW, ContestState.WITHDRAWN),
            (ContestMove.CLOSE, ContestState.CLOSED),
        )
    },
}


class Finding(StrEnum):
    """Why a contest is upheld or rejected; a closed list."""

    # upheld
    NO_DEAL_SHOWN = "no_deal_shown"
    NOT_PROVED = "not_proved"
    PRIVATE = "private"
    SAME_LETTER = "same_letter"
    AGAINST_LAW = "against_law"
    # rejected
    DEAL_SHOWN = "deal_shown"
    PROVED = "proved"
    OPINION = "opinion"  # a judgement, not a statement of fact
    NOT_A_PERSON = "not_a_person"  # it is about the business
    NOT_PRIVATE = "not_private"
    OTHER_MATTER = "other_matter"  # not the same as the other letter
    LAWFUL = "lawful"
    NOT_CONCERNED = "not_concerned"  # it is not about who contests it
    NOT_EXPLAINED = "not_explained"  # the contest does not say what is wrong


UPHELD_FOR: Final[dict[Ground, tuple[Finding, ...]]] = {
    Ground.NOT_OUR_CUSTOMER: (Finding.NO_DEAL_SHOWN,),
    Ground.FALSE_FACT: (Finding.NOT_PROVED,),
    Ground.PERSONAL_DATA: (Finding.PRIVATE,),
    Ground.DUPLICATE: (Finding.SAME_LETTER,),
    Ground.UNLAWFUL: (Finding.AGAINST_LAW,),
}
_ALWAYS: Final = (Finding.NOT_CONCERNED, Finding.NOT_EXPLAINED)
REJECTED_FOR: Final[dict[Ground, tuple[Finding, ...]]] = {
    Ground.NOT_OUR_CUSTOMER: (Finding.DEAL_SHOWN, *_ALWAYS),
    Ground.FALSE_FACT: (Finding.PROVED, Finding.OPINION, Finding.NOT_A_PERSON, *_ALWAYS),
    Ground.PERSONAL_DATA: (Finding.NOT_PRIVATE, *_ALWAYS),
    Ground.DUPLICATE: (Finding.OTHER_MATTER, *_ALWAYS),
    Ground.UNLAWFUL: (Finding.LAWFUL, *_ALWAYS),
}


class Effect(StrEnum):
    """What an upheld contest does."""

    COVER = "cover"  # the passages, wherever they stand under the letter
    TAKE_DOWN = "take_down"  # the letter


EFFECTS: Final[dict[Ground, tuple[Effect, ...]]] = {
    Ground.NOT_OUR_CUSTOMER: (Effect.TAKE_DOWN, Effect.COVER),
    Ground.FALSE_FACT: (Effect.COVER, Effect.TAKE_DOWN),
    Ground.PERSONAL_DATA: (Effect.COVER, Effect.TAKE_DOWN),
    Ground.DUPLICATE: (Effect.TAKE_DOWN, Effect.COVER),
    Ground.UNLAWFUL: (Effect.COVER, Effect.TAKE_DOWN),
}
"""What fits a ground, the usual first. A published letter is not returned: its author changes it within the days to answer."""
