"""Loading letters: one by its number for a person, many as rows of a list."""

from forum.letters.queries.held import held_cases, held_letters
from forum.letters.queries.lists import LetterRow, listed, rows
from forum.letters.queries.one import case_for, letter_for, tombstone_of
from forum.letters.queries.silence import silent_condition, told_condition, untold_column

__all__ = [
    "LetterRow",
    "case_for",
    "held_cases",
    "held_letters",
    "letter_for",
    "listed",
    "rows",
    "silent_condition",
    "told_condition",
    "tombstone_of",
    "untold_column",
]
