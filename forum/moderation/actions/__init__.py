"""Every verb of a moderator, and the one of everybody: to report."""

from forum.moderation.actions.answers import decide_answer
from forum.moderation.actions.flags import flag_ties
from forum.moderation.actions.letters import (
    AGAINST,
    decide_claim,
    decide_letter,
    decide_revision,
    lock_comments,
    unlock_comments,
)
from forum.moderation.actions.reports import dismiss, report, uphold
from forum.moderation.actions.things import hide, restore

__all__ = [
    "AGAINST",
    "decide_answer",
    "decide_claim",
    "decide_letter",
    "decide_revision",
    "dismiss",
    "flag_ties",
    "hide",
    "lock_comments",
    "report",
    "restore",
    "unlock_comments",
    "uphold",
]
