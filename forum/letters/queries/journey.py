"""What happened to a letter, for those who may know, and the author's dated updates: one query for both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, bindparam, cast, literal, null, select

from forum.accounts.models import Visitor
from forum.core.db import BigId, Json, db
from forum.core.events import FACTS, Audience, Event, Kind, Role
from forum.letters.models import Letter, Update
from forum.letters.policy import is_author, speaks_for

MOST_ROWS = 500


@dataclass(frozen=True)
class Step:
    """One dated fact of a journey; `business` is that of its case, "" without one."""

    id: int
    kind: Kind
    at: datetime
    role: Role
    business: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Addition:
    """An update by the author."""

    id: int
    at: datetime
    html: str


@dataclass(frozen=True)
class Journey:
    """Steps and updates, each oldest first."""

    steps: list[Step]
    updates: list[Addition]


def audiences(who: Visitor, letter: Letter) -> frozenset[Audience]:
    """Return whose events this person may read; needs `letter.cases`."""
    if who.is_moderator or is_author(who, letter) or speaks_for(who, letter):
        return frozenset({Audience.PUBLIC, Audience.PARTIES})
    return frozenset({Audience.PUBLIC})


def kinds(of: Iterable[Audience]) -> list[Kind]:
    """Return the kinds that a journey shows to these audiences; what only moderators read is in none."""
    wanted = frozenset(of) - {Audience.MODERATORS}
    return [kind for kind in Kind if FACTS[kind].audience in wanted]


@lru_cache
def _statement(of: frozenset[Audience]) -> Any:
    """Made once for each circle of readers, with `letter_id` to be bound: building costs more than running."""
    letter_id = bindparam("letter_id", type_=BigId)
    happened = select(
        Event.id, Event.at, Event.kind, Event.role, Event.case_id, Event.data, literal(None, Text).label("html")
    ).where(Event.letter_id == letter_id, Event.kind.in_(kinds(of)))
    added = select(
        Update.id,
        Update.created_at,
        literal(Kind.UPDATE_ADDED, Event.kind.type),
        literal(Role.AUTHOR, Event.role.type),
        null(),
        cast(null(), Json),
        Update.html,
    ).where(Update.letter_id == letter_id)
    return happened.union_all(added).order_by("at", "id").limit(MOST_ROWS)


def journey(who: Visitor, letter: Letter) -> Journey:
    """Return the journey of a letter as this person may see it; needs `letter.cases` with `merchant`."""
    rows = db.session.execute(_statement(audiences(who, letter)), {"letter_id": letter.id}).all()
    businesses = {case.id: case.merchant.name for case in letter.cases}
    return Journey(
        steps=[
            Step(row.id, row.kind, row.at, row.role, businesses.get(row.case_id, ""), row.data or {})
            for row in rows
            if row.html is None
        ],
        updates=[Addition(row.id, row.at, row.html) for row in rows if row.html is not None],
    )
