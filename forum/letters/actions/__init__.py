"""Every verb of a letter."""

from forum.letters.actions.decide import Marked, publish, reinstate, reject, reopen, send_back, take_down
from forum.letters.actions.drafts import add_file, discard_draft, keep_draft, mending_draft, prune_drafts
from forum.letters.actions.holding import drop_drafts, keep_words
from forum.letters.actions.revise import accept_revision, refuse_revision, reopen_revision, revise
from forum.letters.actions.submit import send_again, submit
from forum.letters.actions.update import add_update
from forum.letters.actions.withdraw import withdraw

__all__ = [
    "Marked",
    "accept_revision",
    "add_file",
    "add_update",
    "discard_draft",
    "drop_drafts",
    "keep_draft",
    "keep_words",
    "mending_draft",
    "prune_drafts",
    "publish",
    "refuse_revision",
    "reinstate",
    "reject",
    "reopen",
    "reopen_revision",
    "revise",
    "send_again",
    "send_back",
    "submit",
    "take_down",
    "withdraw",
]
