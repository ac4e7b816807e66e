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
from forum.merchants.actions.names import add_name, clear_name, decide_name, propose_name, remove_name

__all__ = [
    "add_name",
    "approve_claim",
    "claim",
    "clear_name",
    "confirm_claim",
    "decide_name",
    "describe",
    "end_representation",
    "find_or_add",
    "hand_to_moderator",
    "propose_name",
    "refuse_claim",
    "remove_name",
]
