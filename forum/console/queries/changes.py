"""What administrators changed: who, when, from what to what and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forum.accounts.models import User
from forum.console.lifecycle import What
from forum.core import paging
from forum.core.db import db
from forum.core.events import CHANGED, Event

ROWS = 50


@dataclass(frozen=True)
class Change:
    """One change; `before` and `after` hold the values by name, None for nothing; `by` is empty for a command."""

    id: int
    at: datetime
    by: str
    what: What
    name: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    why: str

    @property
    def values(self) -> list[tuple[str, Any, Any]]:
        """What was changed: name, before, after."""
        before, after = self.before or {}, self.after or {}
        names = [*before, *(name for name in after if name not in before)]
        return [
            (one, before.get(one), after.get(one)) for one in names if (before.get(one) or 0) != (after.get(one) or 0)
        ]


def _told(row: Any) -> Change:
    data = row.data
    return Change(
        row.id, row.at, row.name or "", What(data["what"]), data["name"], data["before"], data["after"], data["why"]
    )


_SELECT = select(Event.id, Event.at, Event.data, User.name).outerjoin(User, User.id == Event.by_id).where(CHANGED)


def changes(after: str | None = None) -> paging.Page[Change]:
    """Return a page of changes, the newest first."""
    found = paging.page(_SELECT, keys=(Event.id,), kinds="i", after=after, size=ROWS, key_of=lambda row: (row.id,))
    return paging.Page([_told(row) for row in found.items], found.next)


def newest(most: int) -> list[Change]:
    """Return the newest changes."""
    return [_told(row) for row in db.session.execute(_SELECT.order_by(Event.id.desc()).limit(most))]
