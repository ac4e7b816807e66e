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


class ContactPurpose(StrEnum):
    """What a contact address is told of."""

    ALL = "all"  # every letter, and those that wait
    REMINDERS = "reminders"  # only letters that wait for an answer


class ContactState(StrEnum):
    """Whether mail goes to a contact address."""

    WAITING = "waiting"  # registered by the business, its link is not confirmed yet
    WORKING = "working"
    FAILED = "failed"  # its mail server refuses it for good
    REFUSED = "refused"  # somebody there wants no mail
    REMOVED = "removed"


class ContactMove(StrEnum):
    """What can happen to a contact address."""

    CONFIRM = "confirm"  # the mailed link was followed
    VOUCH = "vouch"  # a moderator names where it is published
    FAIL = "fail"
    REFUSE = "refuse"
    REMOVE = "remove"
    RENEW = "renew"  # the business registers it again: a new link


CONTACT_MOVES: dict[tuple[ContactState, ContactMove], ContactState] = {
    (ContactState.WAITING, ContactMove.CONFIRM): ContactState.WORKING,
    (ContactState.WAITING, ContactMove.VOUCH): ContactState.WORKING,
    (ContactState.WAITING, ContactMove.FAIL): ContactState.FAILED,
    (ContactState.WAITING, ContactMove.REFUSE): ContactState.REFUSED,
    (ContactState.WAITING, ContactMove.REMOVE): ContactState.REMOVED,
    (ContactState.WAITING, ContactMove.RENEW): ContactState.WAITING,
    (ContactState.WORKING, ContactMove.FAIL): ContactState.FAILED,
    (ContactState.WORKING, ContactMove.REFUSE): ContactState.REFUSED,
    (ContactState.WORKING, ContactMove.REMOVE): ContactState.REMOVED,
    (ContactState.FAILED, ContactMove.VOUCH): ContactState.WORKING,
    (ContactState.FAILED, ContactMove.REMOVE): ContactState.REMOVED,
    (ContactState.FAILED, ContactMove.RENEW): ContactState.WAITING,
    (ContactState.REFUSED, ContactMove.REMOVE): ContactState.REMOVED,
    (ContactState.REFUSED, ContactMove.RENEW): ContactState.WAITING,
    (ContactState.REMOVED, ContactMove.VOUCH): ContactState.WORKING,
    (ContactState.REMOVED, ContactMove.RENEW): ContactState.WAITING,
}


class Proof(StrEnum):
    """How a representative was proved."""

    EMAIL = "email"
    MODERATOR = "moderator"


CLAIM_MOVES: dict[tuple[ClaimState, ClaimMove], ClaimState] = {
    (ClaimState.WAITING_EMAIL, ClaimMove.CONFIRM_EMAIL): ClaimState.APPROVED,
    (ClaimState.WAITING_EMAIL, ClaimMove.HAND_TO_MODERATOR): ClaimState.WAITING_MODERATOR,
    (ClaimState.WAITING_EMAIL, ClaimMove.APPROVE): ClaimState.APPROVED,
    (ClaimState.WAITING_EMAIL, ClaimMove.REFUSE): ClaimState.REFUSED,
    (ClaimState.WAITING_MODERATOR, ClaimMove.APPROVE): ClaimState.APPROVED,
    (ClaimState.WAITING_MODERATOR, ClaimMove.REFUSE): ClaimState.REFUSED,
}
