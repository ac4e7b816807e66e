"""The lists of a desk, one case with what stands beside it, and what the worker and an export need."""

from forum.desk.queries.lists import DeskRow, Writer, board, counts, neighbours, writers_of
from forum.desk.queries.one import (
    Colleague,
    businesses_of,
    desk_case,
    desk_cases,
    drafts_of,
    earlier_letters,
    note_for,
    notes_of,
    similar_letters,
    team,
    template_for,
    templates_of,
    versions_of,
    writes_for,
)

__all__ = [
    "Colleague",
    "DeskRow",
    "Writer",
    "board",
    "businesses_of",
    "counts",
    "desk_case",
    "desk_cases",
    "drafts_of",
    "earlier_letters",
    "neighbours",
    "note_for",
    "notes_of",
    "similar_letters",
    "team",
    "template_for",
    "templates_of",
    "versions_of",
    "writers_of",
    "writes_for",
]
