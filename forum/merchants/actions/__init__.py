"""What is done with businesses: found or added by name, claimed, proved, given up."""

from forum.merchants.actions.claims import (
    approve_claim,
    claim,
    confirm_claim,
    end_representation,
    hand_to_moderator,
    refuse_claim,
)
from forum.merchants.actions.merchants import describe, find_or_add

__all__ = [
    "approve_claim",
    "claim",
    "confirm_claim",
    "describe",
    "end_representation",
    "find_or_add",
    "hand_to_moderator",
    "refuse_claim",
]
