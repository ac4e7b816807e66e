"""What a business's team does at its desk, besides answering."""

from forum.desk.actions.assign import assign, assign_all, clear_desk, release
from forum.desk.actions.due import put_due
from forum.desk.actions.export import note_export
from forum.desk.actions.notes import add_note, delete_note
from forum.desk.actions.presence import leave, prune_presence, stay
from forum.desk.actions.receive import receive_all
from forum.desk.actions.templates import add_template, change_template, end_template, use_template

__all__ = [
    "add_note",
    "add_template",
    "assign",
    "assign_all",
    "change_template",
    "clear_desk",
    "delete_note",
    "end_template",
    "leave",
    "note_export",
    "prune_presence",
    "put_due",
    "receive_all",
    "release",
    "stay",
    "use_template",
]
