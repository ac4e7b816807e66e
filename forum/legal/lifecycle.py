"""A legal notice (somasi): who sends it, what it demands, its states and moves, how it was answered. Pure."""

from enum import StrEnum
from typing import Final


class Sender(StrEnum):
    """Who sends it."""

    BUSINESS = "business"
    PERSON = "person"


class Demand(StrEnum):
    """What it demands; a closed list."""

    REMOVE = "remove"
    CORRECT = "correct"
    APOLOGISE = "apologise"
    IDENTITY = "identity"  # of the author
    DAMAGES = "damages"


class NoticeState(StrEnum):
    """Where a notice stands."""

    RECEIVED = "received"
    ANSWERED = "answered"
    CLOSED = "closed"


class NoticeMove(StrEnum):
    """What can happen to a notice."""

    ANSWER = "answer"
    CLOSE = "close"


NOTICE_MOVES: Final[dict[tuple[NoticeState, NoticeMove], NoticeState]] = {
    (NoticeState.RECEIVED, NoticeMove.ANSWER): NoticeState.ANSWERED,
    (NoticeState.RECEIVED, NoticeMove.CLOSE): NoticeState.CLOSED,  # its sender took it back
    (NoticeState.ANSWERED, NoticeMove.CLOSE): NoticeState.CLOSED,
}


class NoticeOutcome(StrEnum):
    """What we did about it."""

    STANDS = "stands"
    REFERRED = "referred"  # to the contest in place or the right of reply
    CORRECTED = "corrected"  # by its author
    COVERED = "covered"
    REMOVED = "removed"
    ORDER_NEEDED = "order_needed"  # an identity is given out on an order alone
    WITHDRAWN = "withdrawn"  # by its sender


ANSWERS: Final = tuple(one for one in NoticeOutcome if one is not NoticeOutcome.WITHDRAWN)
"""What an answer can say."""
