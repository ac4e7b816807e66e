"""Every verb of a moderator, and the one of everybody: to report."""

from forum.moderation.actions.answers import decide_answer
from forum.moderation.actions.claims import decide_claim, decide_objection, open_document
from forum.moderation.actions.files import check_file, cover_file, lay_file_open, open_original, uncover_file
from forum.moderation.actions.flags import flag_ties, flag_votes
from forum.moderation.actions.held import decide_held
from forum.moderation.actions.holds import hand_on, prune_holds, release, see, take
from forum.moderation.actions.letters import (
    AGAINST,
    decide_letter,
    decide_revision,
    lock_comments,
    unlock_comments,
)
from forum.moderation.actions.merging import merge, undo_merge
from forum.moderation.actions.reports import dismiss, reopen_report, report, uphold
from forum.moderation.actions.spam import MOST_ITEMS, reject_as_spam
from forum.moderation.actions.splitting import split
from forum.moderation.actions.things import hide, restore

__all__ = [
    "AGAINST",
    "MOST_ITEMS",
    "check_file",
    "cover_file",
    "decide_answer",
    "decide_claim",
    "decide_held",
    "decide_letter",
    "decide_objection",
    "decide_revision",
    "dismiss",
    "flag_ties",
    "flag_votes",
    "hand_on",
    "hide",
    "lay_file_open",
    "lock_comments",
    "merge",
    "open_document",
    "open_original",
    "prune_holds",
    "reject_as_spam",
    "release",
    "reopen_report",
    "report",
    "restore",
    "see",
    "split",
    "take",
    "uncover_file",
    "undo_merge",
    "unlock_comments",
    "uphold",
]
