"""Forms of letters, and their refusals in words."""

from forum.letters.forms import refusals
from forum.letters.forms.letter import LetterForm, fields_of
from forum.letters.forms.small import ReviseForm, UpdateForm, WithdrawForm

__all__ = ["LetterForm", "ReviseForm", "UpdateForm", "WithdrawForm", "fields_of", "refusals"]
