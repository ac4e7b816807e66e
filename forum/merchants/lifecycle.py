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


class NameKind(StrEnum):
    """What another name of a business is."""

    BRAND = "brand"
    ALIAS = "alias"  # what people call it
    FORMER = "former"
    LEGAL = "legal"  # PT …, CV …
    MISSPELLING = "misspelling"  # found and led on, never shown


class NameState(StrEnum):
    """Where another name stands."""

    PROPOSED = "proposed"  # by an owner of the business
    ACCEPTED = "accepted"
    REFUSED = "refused"


class NameMove(StrEnum):
    """What can happen to a proposed name."""

    ACCEPT = "accept"
    REFUSE = "refuse"


NAME_MOVES: dict[tuple[NameState, NameMove], NameState] = {
    (NameState.PROPOSED, NameMove.ACCEPT): NameState.ACCEPTED,
    (NameState.PROPOSED, NameMove.REFUSE): NameState.REFUSED,
}
CLAIM_MOVES: dict[tuple[ClaimState, ClaimMove], ClaimState] = {
    (ClaimState.WAITING_EMAIL, ClaimMove.CONFIRM_EMAIL): ClaimState.APPROVED,
    (ClaimState.WAITING_EMAIL, ClaimMove.HAND_TO_MODERATOR): ClaimState.WAITING_MODERATOR,
    (ClaimState.WAITING_EMAIL, ClaimMove.APPROVE): ClaimState.APPROVED,
    (ClaimState.WAITING_EMAIL, ClaimMove.REFUSE): ClaimState.REFUSED,
    (ClaimState.WAITING_MODERATOR, ClaimMove.APPROVE): ClaimState.APPROVED,
    (ClaimState.WAITING_MODERATOR, ClaimMove.REFUSE): ClaimState.REFUSED,
}
