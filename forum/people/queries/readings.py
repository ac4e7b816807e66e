"""Who read private data, when and why."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text

from forum.accounts.models import User
from forum.core import paging
from forum.core.events import Event, Kind

ROWS = 50
WRITTEN = text("event.kind IN ('private_read', 'original_opened', 'claim_document_opened')")
"""As it stands in the index `ix_event_reading`, so that both databases use that."""


@dataclass(frozen=True)
class Reading:
    """One reading: `what` of `about`, by whom and why."""

    id: int
    kind: Kind
    at: Any
    by: str
    about: str | None
    letter_id: int | None
    what: str | None
    why: str | None
    request_id: int | None


def readings(after: str | None = None) -> paging.Page[Reading]:
    """Return a page of readings, newest first."""
    found = paging.page(
        select(Event.id, Event.kind, Event.at, Event.about, Event.letter_id, Event.data, User.name)
        .outerjoin(User, User.id == Event.by_id)
        .where(WRITTEN),
        keys=(Event.id,),
        kinds="i",
        after=after,
        size=ROWS,
        key_of=lambda row: (row.id,),
    )
    items = [
        Reading(
            row.id,
            row.kind,
            row.at,
            row.name or "",
            row.about,
            row.letter_id,
            row.data.get("what"),
            row.data.get("why"),
            row.data.get("request_id"),
        )
        for row in found.items
    ]
    return paging.Page(items, found.next)
