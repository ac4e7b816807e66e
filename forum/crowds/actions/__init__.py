"""Every verb of the lists and of near-equal texts."""

from forum.crowds.actions.texts import call_spam, take_in
from forum.crowds.actions.words import add_term, remove_term

__all__ = ["add_term", "call_spam", "remove_term", "take_in"]
