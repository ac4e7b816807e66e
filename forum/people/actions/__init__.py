"""Every verb about people."""

from forum.people.actions.requests import ask, ask_rights, ask_sanction, cancel, confirm
from forum.people.actions.sanctions import lift, sanction
from forum.people.actions.unmasking import read_email, read_identity

__all__ = [
    "ask",
    "ask_rights",
    "ask_sanction",
    "cancel",
    "confirm",
    "lift",
    "read_email",
    "read_identity",
    "sanction",
]
