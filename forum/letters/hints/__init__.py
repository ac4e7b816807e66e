"""Private details that seem to stand in a text or in a file's name: proposals with a mask, which a person may take or leave."""

from forum.letters.hints.accusing import Accusation, accusations
from forum.letters.hints.checks import is_card, is_nik
from forum.letters.hints.file_names import hints_of_name
from forum.letters.hints.finding import find
from forum.letters.hints.kinds import MAX_HINTS, Hint, Kind
from forum.letters.hints.masks import DOT, mask, mask_all

__all__ = ["DOT", "MAX_HINTS", "Accusation", "Hint", "Kind", "accusations", "find", "hints_of_name", "is_card", "is_nik", "mask", "mask_all"]
