"""Letters whose data are held for a legal matter, as conditions: whatever purges asks them."""

from typing import Any

from sqlalchemy import Select, select

from forum.letters.models import Case, Letter


def held_letters() -> Select[Any]:
    """Return the question which letters are held: nothing of them is purged."""
    return select(Letter.id).where(Letter.held_since.is_not(None))


def held_cases() -> Select[Any]:
    """Return the question which cases are of held letters."""
    return select(Case.id).join(Case.letter).where(Letter.held_since.is_not(None))
