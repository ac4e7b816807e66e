"""What is done with businesses: found or added by name, claimed, proved, objected to, given up."""

from forum.merchants.actions.claims import claim, hand_to_moderator, send_documents
from forum.merchants.actions.deciding import approve_claim, refuse_claim
from forum.merchants.actions.merchants import describe, find_or_add
from forum.merchants.actions.names import add_name, clear_name, decide_name, propose_name, remove_name
from forum.merchants.actions.objections import decide_objection, object_to_claim, object_to_proof
from forum.merchants.actions.proving import check_record, confirm_claim
from forum.merchants.actions.rechecks import recheck
from forum.merchants.actions.voices import end_representation

__all__ = [
    "add_name",
    "approve_claim",
    "check_record",
    "claim",
    "clear_name",
    "confirm_claim",
    "decide_name",
    "decide_objection",
    "describe",
    "end_representation",
    "find_or_add",
    "hand_to_moderator",
    "object_to_claim",
    "object_to_proof",
    "propose_name",
    "recheck",
    "refuse_claim",
    "remove_name",
    "send_documents",
]
