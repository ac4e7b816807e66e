"""What a visitor can do on any page."""

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.db import lock, unit_of_work
from forum.pages import policy


@unit_of_work
def speak(person: User, *, language: str) -> None:
    """Remember the language a person reads in, for pages and mails."""
    ensure(policy.may_choose_language, person, person)
    lock(person)
    person.language = language
