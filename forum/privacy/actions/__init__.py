"""Every verb of data requests."""

from forum.privacy.actions.asking import ask, ask_by_mail, prove, prune_requests, withdraw
from forum.privacy.actions.copying import fetch, forget_copies, make_copy
from forum.privacy.actions.deciding import alarm, ask_second, refuse, settle
from forum.privacy.actions.erasing import erase
from forum.privacy.actions.logging import note_export

__all__ = [
    "alarm",
    "ask",
    "ask_by_mail",
    "ask_second",
    "erase",
    "fetch",
    "forget_copies",
    "make_copy",
    "note_export",
    "prove",
    "prune_requests",
    "refuse",
    "settle",
    "withdraw",
]
