"""One row of the ledger."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from forum.attachments.models import Attachment
from forum.comments.models import Comment
from forum.core.db import db, turn
from forum.core.errors import Missing
from forum.ledger.models import LedgerRow
from forum.ledger.policy import Written
from forum.ledger.queries.lists import Entry, entries, select_entries
from forum.letters.models import Letter
from forum.responses.models import Response

MOST_OTHERS: Final = 20
OWNERS: Final[dict[str, Any]] = {
    "comment": (Comment, Comment.author_id),
    "response": (Response, Response.author_id),
    "attachment": (Attachment, Attachment.owner_id),
}


def entry(number: int) -> Entry:
    """Return the row of this number; raises Missing."""
    found = db.session.execute(select_entries().where(LedgerRow.id == number)).all()
    if not found:
        raise Missing
    return entries(found)[0]


def written(row: LedgerRow) -> Written:
    """Return a row with those whose words it tells of."""
    people = set(db.session.scalars(select(Letter.author_id).where(Letter.id == row.letter_id)))
    kind, _colon, number = row.about.partition(":")
    if kind in OWNERS:
        model, owner = OWNERS[kind]
        people |= set(db.session.scalars(select(owner).where(model.id == int(number))))
    return Written(row, frozenset(one for one in people if one is not None))


def begin_correcting() -> None:
    """Let one correction be written at a time."""
    turn("ledger correction")


def corrected_by(number: int) -> int | None:
    """Return the number of the row that corrects this one."""
    return db.session.scalar(select(LedgerRow.id).where(LedgerRow.corrects_id == number))


def hash_of(number: int) -> str | None:
    """Return the hash of the row of this number."""
    return db.session.scalar(select(LedgerRow.hash).where(LedgerRow.id == number))


def of_event(event_id: int) -> int:
    """Return the number of the row that an event became; raises Missing."""
    found = db.session.scalar(select(LedgerRow.id).where(LedgerRow.event_id == event_id))
    if found is None:
        raise Missing
    return found


def others_about(row: LedgerRow) -> Sequence[LedgerRow]:
    """Return the other rows about the same thing, the newest first, at most MOST_OTHERS."""
    query = select(LedgerRow).where(LedgerRow.about == row.about, LedgerRow.id != row.id)
    return db.session.scalars(query.order_by(LedgerRow.id.desc()).limit(MOST_OTHERS)).all()
