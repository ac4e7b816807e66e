"""Limits as they hold with how much of them is used, and what else is steered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import case, func, select

from forum.core import limits, steering
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.events import Event, Kind
from forum.core.rates import LIMITS, Limit, Who
from forum.core.steering import Steering
from forum.letters.category_rows import CategoryRow
from forum.letters.models import Letter

HAPPENS: Final[dict[str, tuple[Kind, ...]]] = {
    "sign-up": (Kind.ACCOUNT_OPENED,),
    "sign-up-site": (Kind.ACCOUNT_OPENED,),
    "letter": (Kind.LETTER_SUBMITTED,),
    "letter-address": (Kind.LETTER_SUBMITTED,),
    "letter-business": (Kind.LETTER_SUBMITTED,),
    "letter-site": (Kind.LETTER_SUBMITTED,),
    "files": (Kind.FILE_ADDED,),
    "files-address": (Kind.FILE_ADDED,),
    "comment": (Kind.COMMENT_POSTED, Kind.COMMENT_HELD),
    "comment-address": (Kind.COMMENT_POSTED, Kind.COMMENT_HELD),
    "comment-site": (Kind.COMMENT_POSTED, Kind.COMMENT_HELD),
    "report": (Kind.REPORT_MADE,),
    "report-site": (Kind.REPORT_MADE,),
    "contest": (Kind.CONTEST_FILED,),
    "reply": (Kind.REPLY_WAITING,),
    "appeal": (Kind.APPEAL_MADE,),
    "objection": (Kind.OBJECTION_MADE,),
    "claim": (Kind.CLAIM_STARTED,),
    "contact": (Kind.CONTACT_ADDED,),
    "invite": (Kind.TEAM_INVITED,),
    "desk-export": (Kind.CASES_EXPORTED,),
    "pack": (Kind.PACK_MADE,),
    "redact": (Kind.WORDS_REDACTED, Kind.COMMENT_REDACTED),
}
"""The events that a limit bounds, where there are any: of the whole site, for counters hold no more than hashes of who."""


@dataclass(frozen=True)
class Held:
    """A limit with what came about in the last hour and day, None where nothing tells; `now` is the counter of a limit of the whole site."""

    limit: Limit
    version: int
    hour: int | None
    day: int | None
    now: int | None


def held() -> list[Held]:
    """Return every limit as it holds."""
    versions = dict(_versions())
    counted = _happened()
    found = []
    for name, limit in LIMITS.items():
        kinds = HAPPENS.get(name)
        hour, day = (
            (sum(counted.get(kind, (0, 0))[place] for kind in kinds) for place in (0, 1)) if kinds else (None, None)
        )
        now = limits.so_far(name, "") if limit.who is Who.SITE else None
        found.append(Held(limit, versions.get(steering.LIMIT + name, 0), hour, day, now))
    return found


def _versions() -> Iterable[tuple[str, int]]:
    return [(row.name, row.version) for row in db.session.execute(select(Steering.name, Steering.version))]


def _happened() -> dict[Kind, tuple[int, int]]:
    """Events of the last hour and day by kind."""
    now = utcnow()
    wanted = {kind for kinds in HAPPENS.values() for kind in kinds}
    rows = db.session.execute(
        select(Event.kind, func.sum(case((Event.at > now - timedelta(hours=1), 1), else_=0)), func.count())
        .where(Event.at > now - timedelta(days=1), Event.kind.in_(wanted))
        .group_by(Event.kind)
    )
    return {kind: (int(hour), day) for kind, hour, day in rows}


def limit_named(name: str) -> Limit:
    """Return the limit of this name. Raises Missing."""
    if name not in LIMITS:
        raise Missing
    return LIMITS[name]


def version_of(name: str) -> int:
    """Return how often something was steered, 0 for never."""
    return db.session.scalar(select(Steering.version).where(Steering.name == name)) or 0


def categories() -> list[tuple[CategoryRow, int]]:
    """Return every category with the number of its letters, in the order of the form."""
    counted = db.session.execute(select(Letter.category, func.count()).group_by(Letter.category))
    counts = {key: count for key, count in counted}  # noqa: C416 - mypy knows rows by their parts
    rows: Any = db.session.scalars(
        select(CategoryRow).order_by(CategoryRow.retired, CategoryRow.position, CategoryRow.id)
    )
    return [(row, counts.get(row.key, 0)) for row in rows]


def category_by_key(key: str) -> CategoryRow:
    """Return the row of a category. Raises Missing."""
    row = db.session.scalar(select(CategoryRow).where(CategoryRow.key == key))
    if row is None:
        raise Missing
    return row
