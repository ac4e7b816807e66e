"""Redactions as moderators read them."""

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.db import db
from forum.core.errors import Missing
from forum.redactions.models import Redaction


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

