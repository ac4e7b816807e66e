"""What is done with businesses: found or added by name, claimed, proved, objected to, given up."""

from forum.merchants.actions.claims import (
    claim,
    hand_to_moderator,
    send_documents,
)
from forum.merchants.actions.contacts import (
    confirm_contact,
    fail_contact,
    refuse_contact,
    register_contact,
    remove_contact,
    vouch_for_contact,
)
from forum.merchants.actions.deciding import approve_claim, refuse_claim, reopen_claim
from forum.merchants.actions.merchants import describe, find_or_add
from forum.merchants.actions.names import add_name, clear_name, decide_name, propose_name, remove_name
from forum.merchants.actions.objections import decide_objection, object_to_claim, object_to_proof, reopen_objection
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
    "confirm_contact",
    "decide_name",
    "decide_objection",
    "describe",
    "end_representation",
    "fail_contact",
    "find_or_add",
    "hand_to_moderator",
    "object_to_claim",
    "object_to_proof",
    "propose_name",
    "recheck",
    "refuse_claim",
    "refuse_contact",
    "register_contact",
    "remove_contact",
    "remove_name",
    "reopen_claim",
    "reopen_objection",
    "send_documents",
    "vouch_for_contact",
]
