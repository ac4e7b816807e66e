"""Every verb of contests."""

from forum.contests.actions.answering import alarm, answer, lapse, note_change, react, remind
from forum.contests.actions.decide import Verdict, decide
from forum.contests.actions.filing import LINK_LIFE, Claimed, close_contests, contest, prove, prune_contests, withdraw
from forum.contests.actions.reopening import reopen

__all__ = [
    "LINK_LIFE",
    "Claimed",
    "Verdict",
    "alarm",
    "answer",
    "close_contests",
    "contest",
    "decide",
    "lapse",
    "note_change",
    "prove",
    "prune_contests",
    "react",
    "remind",
    "reopen",
    "withdraw",
]
