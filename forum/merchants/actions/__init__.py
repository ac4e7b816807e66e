"""What is done with businesses: found or added by name, claimed, proved, given up."""

from forum.merchants.actions.claims import (
    approve_claim,
    claim,
    confirm_claim,
    end_representation,
    hand_to_moderator,
    refuse_claim,
)
from forum.merchants.actions.contacts import (
    confirm_contact,
    fail_contact,
    refuse_contact,
    register_contact,
    remove_contact,
    vouch_for_contact,
)
from forum.merchants.actions.merchants import describe, find_or_add

__all__ = [
    "approve_claim",
    "claim",
    "confirm_claim",
    "confirm_contact",
    "describe",
    "end_representation",
    "fail_contact",
    "find_or_add",
    "hand_to_moderator",
    "refuse_claim",
    "refuse_contact",
    "register_contact",
    "remove_contact",
    "vouch_for_contact",
]
