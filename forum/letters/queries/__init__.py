"""Loading letters: one by its number for a person, many as rows of a list."""

from forum.letters.queries.lists import LetterRow, listed, rows
from forum.letters.queries.one import case_for, letter_for, tombstone_of

__all__ = ["LetterRow", "case_for", "letter_for", "listed", "rows", "tombstone_of"]
