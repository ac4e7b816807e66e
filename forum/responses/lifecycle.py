"""The life of a promise and of an answer by mail: what was promised by a day and became of it, what was sent and decided."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

PROMISE_ANSWER_DAYS: Final = 14
"""Days after the promised one in which the author is asked; silence then stays unconfirmed, it is never "kept"."""


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


LINK_MOVES: dict[tuple[LinkState, LinkMove], LinkState] = {
    (LinkState.OPEN, LinkMove.PUBLISH): LinkState.PUBLISHED,
    (LinkState.OPEN, LinkMove.HAND_OVER): LinkState.WAITING,
    (LinkState.WAITING, LinkMove.APPROVE): LinkState.PUBLISHED,
    (LinkState.WAITING, LinkMove.REFUSE): LinkState.REFUSED,
}


class PromiseVerdict(StrEnum):
    """What the author says became of a promise."""

    KEPT = "kept"
    BROKEN = "broken"


class PromiseState(StrEnum):
    """Where a promise stands; computed, never stored."""

    PENDING = "pending"
    DUE = "due"  # its day has come, the author has not spoken yet
    KEPT = "kept"
    BROKEN = "broken"
    UNCONFIRMED = "unconfirmed"


def promise_state(due: date, verdict: PromiseVerdict | None, today: date) -> PromiseState:
    """Return where a promise for the day `due` stands; the author may speak at any time, also after it is unconfirmed."""
    if verdict is not None:
        return PromiseState(verdict.value)
    if today < due:
        return PromiseState.PENDING
    return PromiseState.DUE if today <= due + timedelta(days=PROMISE_ANSWER_DAYS) else PromiseState.UNCONFIRMED
