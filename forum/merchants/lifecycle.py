"""The life of a claim: how somebody becomes the voice of a business."""

from enum import StrEnum


class ClaimState(StrEnum):
    """Where a claim stands."""

    WAITING_EMAIL = "waiting_email"  # a link went to the work address
    WAITING_MODERATOR = "waiting_moderator"
    APPROVED = "approved"
    REFUSED = "refused"


class ClaimMove(StrEnum):
    """What can happen to a claim."""

    CONFIRM_EMAIL = "confirm_email"
    HAND_TO_MODERATOR = "hand_to_moderator"
    APPROVE = "approve"
    REFUSE = "refuse"


class TeamRole(StrEnum):
    """What a person of a business's team may do: an owner also changes the team, a reader only reads."""

    OWNER = "owner"
    AGENT = "agent"
    READER = "reader"


class Proof(StrEnum):
    """How a representative was proved."""

    EMAIL = "email"
    MODERATOR = "moderator"
    INVITED = "invited"  # by an owner, with an address that proves nothing by itself


CLAIM_MOVES: dict[tuple[ClaimState, ClaimMove], ClaimState] = {
    (ClaimState.WAITING_EMAIL, ClaimMove.CONFIRM_EMAIL): ClaimState.APPROVED,
    (ClaimState.WAITING_EMAIL, ClaimMove.HAND_TO_MODERATOR): ClaimState.WAITING_MODERATOR,
    (ClaimState.WAITING_EMAIL, ClaimMove.APPROVE): ClaimState.APPROVED,
    (ClaimState.WAITING_EMAIL, ClaimMove.REFUSE): ClaimState.REFUSED,
    (ClaimState.WAITING_MODERATOR, ClaimMove.APPROVE): ClaimState.APPROVED,
    (ClaimState.WAITING_MODERATOR, ClaimMove.REFUSE): ClaimState.REFUSED,
}
