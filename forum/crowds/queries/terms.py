"""The lists as they are at present: those of the code with what moderators added and took out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.crowds import matching
from forum.crowds.lifecycle import TermList
from forum.crowds.models import Term
from forum.crowds.starting import STARTING

SHOWN_CHANGES = 50


@dataclass(frozen=True)
class Listed:
    """A word or link that is looked for; `row` where moderators put it in."""

    key: str
    shown: str
    list: TermList
    row: Term | None = None

    @property
    def is_link(self) -> bool:
        return matching.is_link(self.key)


@dataclass(frozen=True)
class Change:
    """A word or link that was added or taken out, by whom and why."""

    at: datetime
    by: str
    added: bool
    shown: str
    list: str
    why: str


@cache
def started() -> dict[str, Listed]:
    """Return the lists of the code by key."""
    return {
        key: Listed(key, shown, one) for one, terms in STARTING.items() for shown in terms if (key := matching.key_of(shown))
    }


def listed() -> list[Listed]:
    """Return every word and link that is looked for, by list and letter."""
    found = dict(started())
    for row in db.session.scalars(select(Term)):
        if row.active:
            found[row.key] = Listed(row.key, row.shown, row.list, row)
        else:
            found.pop(row.key, None)
    return sorted(found.values(), key=lambda one: (one.list, one.key))


def active_keys() -> frozenset[str]:
    """Return what is looked for, as it is compared: one statement."""
    keys = set(started())
    for key, active in db.session.execute(select(Term.key, Term.active)):
        (keys.add if active else keys.discard)(key)
    return frozenset(keys)


def found_in(texts: Sequence[str]) -> list[list[str]]:
    """Return for each text the words and links of the lists that stand in it."""
    keys = active_keys() if texts else frozenset()
    return [matching.hits(text, keys) for text in texts]


def changes() -> list[Change]:
    """Return the newest changes of the lists."""
    rows = db.session.execute(
        select(Event.kind, Event.at, Event.data, User.name)
        .outerjoin(User, User.id == Event.by_id)
        .where(Event.kind.in_((Kind.TERM_ADDED, Kind.TERM_REMOVED)))
        .order_by(Event.id.desc())
        .limit(SHOWN_CHANGES)
    )
    return [
        Change(row.at, row.name or "", row.kind is Kind.TERM_ADDED, row.data["shown"], row.data["list"], row.data["why"])
        for row in rows
    ]
