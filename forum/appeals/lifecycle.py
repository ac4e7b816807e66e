"""An appeal against a decision: who makes it and how it ends."""

from enum import StrEnum


class Side(StrEnum):
    """On which side of the decision somebody stands."""

    CONCERNED = "concerned"  # whose letter, comment, file, account was decided on
    ASKER = "asker"  # who had asked for it: reporter, claimant


class AppealState(StrEnum):
    """Where an appeal stands."""

    OPEN = "open"
    GRANTED = "granted"  # the decision is undone
    REFUSED = "refused"  # the decision stays


class AppealMove(StrEnum):
    """What can happen to an appeal."""

    GRANT = "grant"
    REFUSE = "refuse"


APPEAL_MOVES: dict[tuple[AppealState, AppealMove], AppealState] = {
    (AppealState.OPEN, AppealMove.GRANT): AppealState.GRANTED,
    (AppealState.OPEN, AppealMove.REFUSE): AppealState.REFUSED,
}
