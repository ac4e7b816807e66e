"""Redactions as people read them: those of a letter, and the public record of all."""

from typing import Any, Final

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.paging import Page, page
from forum.letters.models import Letter
from forum.letters.policy import OPEN
from forum.redactions.models import Redaction

PAGE_ROWS: Final = 50


def redaction_for(redaction_id: int, letter_id: int) -> Redaction:
    """Return a redaction under this letter; who may see it is asked of what stands there. Raises Missing."""
    found = db.session.get(Redaction, redaction_id)
    if found is None or found.letter_id != letter_id:
        raise Missing
    return found


def redactions_of(letter_id: int) -> list[tuple[Redaction, str]]:
    """Return the redactions under a letter, newest first, each with the name of who decided it, empty for a contest's."""
    rows = db.session.execute(
        select(Redaction, User.name)
        .outerjoin(User, User.id == Redaction.by_id)
        .where(Redaction.letter_id == letter_id)
        .order_by(Redaction.id.desc())
    )
    return [(row.Redaction, row.name or "") for row in rows]


def ledger(after: str | None) -> Page[Any]:
    """Return a page of all redactions, newest first, without a word of what was covered; `title` is None unless everybody reads the letter.

    Raises Invalid("bad_cursor").
    """
    found = page(
        select(
            Redaction.id,
            Redaction.made_at,
            Redaction.kind,
            Redaction.label,
            Redaction.reason,
            Redaction.role,
            Redaction.count,
            Redaction.undone_at,
            Redaction.letter_id,
            Letter.title,
            Letter.visibility,
        ).join(Letter, Letter.id == Redaction.letter_id),
        keys=[Redaction.id],
        kinds="i",
        after=after,
        size=PAGE_ROWS,
        key_of=lambda row: [row.id],
    )
    rows = [{**row._asdict(), "title": row.title if row.visibility in OPEN else None} for row in found.items]
    return Page(rows, found.next)
