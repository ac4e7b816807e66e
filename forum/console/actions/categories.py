"""Categories are added, named, ordered and retired."""

from sqlalchemy import select

from forum.accounts.models import User
from forum.console import policy
from forum.console.actions.noting import note
from forum.console.lifecycle import What
from forum.core.access import ensure, ensure_fresh
from forum.core.db import db, lock, turn, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.text import slug
from forum.letters.category_rows import KEY_CHARACTERS, NAME_CHARACTERS, CategoryRow

MOST_CATEGORIES = 100


@unit_of_work
def add_category(indonesian: str, english: str, *, by: User) -> CategoryRow:
    """Let letters be filed under one more subject, behind all others; its key is made of the Indonesian name.

    Raises NotAllowed, Invalid or NotNow.
    """
    ensure(policy.may_operate, by, None)
    turn("categories")
    rows = _all()
    if len(rows) >= MOST_CATEGORIES:
        raise NotNow("many_categories", most=MOST_CATEGORIES)
    indonesian, english = _named(indonesian, english, rows)
    key = slug(indonesian)[: KEY_CHARACTERS[1]].strip("-")
    if len(key) < KEY_CHARACTERS[0] or any(row.key == key for row in rows):
        raise Invalid("category_known", field="indonesian")
    row = CategoryRow(key=key, indonesian=indonesian, english=english, position=len(rows) + 1, version=1)
    db.session.add(row)
    db.session.flush()
    note(What.CATEGORY, key, None, _told(row), by=by)
    return row


@unit_of_work
def change_category(
    row: CategoryRow, indonesian: str, english: str, *, position: int, retired: bool, by: User, seen: int
) -> None:
    """Name it anew, move it to this place of the list, retire it or offer it again. Raises NotAllowed, Invalid, NotNow or Stale."""
    ensure(policy.may_operate, by, None)
    turn("categories")
    lock(row)
    ensure_fresh(row, seen)
    rows = _all()
    before = _told(row)
    row.indonesian, row.english = _named(indonesian, english, [one for one in rows if one is not row])
    if retired and not any(not one.retired for one in rows if one is not row):
        raise Invalid("last_category", field="retired")
    row.retired = retired
    others = [one for one in rows if one is not row]
    others.insert(max(0, position - 1), row)
    for place, one in enumerate(others, start=1):
        one.position = place
    after = _told(row)
    if before == after:
        raise NotNow("set_already")
    row.version += 1
    note(What.CATEGORY, row.key, before, after, by=by)


def _all() -> list[CategoryRow]:
    return list(db.session.scalars(select(CategoryRow).order_by(CategoryRow.position, CategoryRow.id)))


def _told(row: CategoryRow) -> dict[str, object]:
    return {"id": row.indonesian, "en": row.english, "position": row.position, "retired": bool(row.retired)}


def _named(indonesian: str, english: str, others: list[CategoryRow]) -> tuple[str, str]:
    """Both names, white space folded. Raises Invalid where one is too short, too long or taken."""
    named = {"indonesian": " ".join(indonesian.split()), "english": " ".join(english.split())}
    least, most = NAME_CHARACTERS
    for field, name in named.items():
        if not least <= len(name) <= most or sum(map(str.isalnum, name)) < least:
            raise Invalid("words_needed", field=field, least=least, most=most)
        if any(getattr(one, field).casefold() == name.casefold() for one in others):
            raise Invalid("category_known", field=field)
    return named["indonesian"], named["english"]
