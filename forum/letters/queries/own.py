"""The letters of one person, in whatever state."""

from typing import Any, cast

from sqlalchemy import Select, select

from forum.accounts.models import Visitor
from forum.core import paging
from forum.core.db import db
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.letters.queries.lists import COLUMNS, PAGE_ROWS, LetterRow, rows


def own(who: Visitor, *, after: str | None = None, size: int = PAGE_ROWS) -> paging.Page[LetterRow]:
    """Return the letters of this person, newest first, as a page."""
    query: Select[Any] = select(*cast("Any", COLUMNS)).where(Letter.author_id == who.id)
    found = paging.page(query, keys=(Letter.id,), kinds="i", after=after, size=size, key_of=lambda row: (row.id,))
    return paging.Page(rows(found.items), found.next)


def returned(who: Visitor) -> dict[int, Any]:
    """Return the moderator's reason and words for each letter of this person that needs changes, by its number."""
    found = db.session.execute(
        select(Letter.id, Letter.reason, Letter.message).where(
            Letter.author_id == who.id, Letter.publication == Publication.RETURNED
        )
    ).all()
    return {row.id: row for row in found}
