"""Announcements: those of which every process knows, and all of them for the list."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.console.lifecycle import Level
from forum.console.models import Announcement
from forum.core import paging, steering
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Missing

PART = "announcements"
ROWS = 30
MOST_SHOWN = 3


@dataclass(frozen=True)
class Said:
    """Words to everybody."""

    indonesian: str
    english: str
    level: Level
    starts_at: datetime
    ends_at: datetime | None

    def words(self, language: str) -> str:
        """The words in the reader's language; what was written in one alone is shown in that."""
        return (self.english if language.startswith("en") else self.indonesian) or self.indonesian or self.english


_table: Any = Announcement.__table__


def load() -> tuple[Said, ...]:
    """Return what is shown or will be, the newest first."""
    t = _table.c
    rows = db.session.execute(
        select(t.indonesian, t.english, t.level, t.starts_at, t.ends_at)
        .where(t.ends_at.is_(None) | (t.ends_at > utcnow() - timedelta(minutes=1)))
        .order_by(t.id.desc())
        .limit(ROWS)
    )
    return tuple(Said(*row) for row in rows)


def shown() -> list[Said]:
    """Return what stands above every page now."""
    now = utcnow()
    known: tuple[Said, ...] = steering.now(PART)
    held = (one for one in known if one.starts_at <= now and (one.ends_at is None or now < one.ends_at))
    return [one for one, _place in zip(held, range(MOST_SHOWN), strict=False)]


def listed(after: str | None) -> paging.Page[Announcement]:
    """Return a page of announcements, the newest first."""
    found = paging.page(
        select(Announcement),
        keys=(Announcement.id,),
        kinds="i",
        after=after,
        size=ROWS,
        key_of=lambda row: (row[0].id,),
    )
    return paging.Page([row[0] for row in found.items], found.next)


def announcement_by_id(announcement_id: int) -> Announcement:
    """Return it. Raises Missing."""
    found = db.session.get(Announcement, announcement_id)
    if found is None:
        raise Missing
    return found


steering.part(PART, load, ())
