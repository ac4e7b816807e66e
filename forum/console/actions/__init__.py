"""Every verb of administrators; each leaves an event with what was before and what is after."""

from forum.console.actions.announcements import announce, change_announcement, end_announcement, turn_announcements
from forum.console.actions.categories import add_category, change_category
from forum.console.actions.jobs import drop_job, retry_job, retry_kind
from forum.console.actions.mails import read_address, send_again
from forum.console.actions.steering import note_backup, set_limit, set_proof_of_work, set_read_only

__all__ = [
    "add_category",
    "announce",
    "change_announcement",
    "change_category",
    "drop_job",
    "end_announcement",
    "note_backup",
    "read_address",
    "retry_job",
    "retry_kind",
    "send_again",
    "set_limit",
    "set_proof_of_work",
    "set_read_only",
    "turn_announcements",
]
