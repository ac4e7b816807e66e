"""Every verb about people."""

from forum.people.actions.orders import Ordered, record_order, tell_those_due
from forum.people.actions.requests import ask, ask_rights, ask_sanction, cancel, confirm
from forum.people.actions.sanctions import lift, sanction
from forum.people.actions.unmasking import ask_identity, read_email, read_identity

__all__ = [
    "Ordered",
    "ask",
    "ask_identity",
    "ask_rights",
    "ask_sanction",
    "cancel",
    "confirm",
    "lift",
    "read_email",
    "read_identity",
    "record_order",
    "sanction",
    "tell_those_due",
]
