"""The one queue: everything that waits, by deadline over all kinds, each target once, a page by key in one query.

Within one kind what came first is due first. So the first rows of each kind, by arrival, hold the first rows of the whole; they
are read together and put in order here, for no database counts working days. The cursor names the last row's deadline, and
each kind continues with what came in so late that it is due then (ADR 30).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select, union_all

from forum.accounts.models import User, Visitor
from forum.config import settings
from forum.core import paging
from forum.core.clock import ONE_DAY, local_date, utcnow
from forum.core.db import db
from forum.core.text import excerpt
from forum.moderation.models import Hold
from forum.moderation.queries.deadlines import AN_INSTANT
from forum.moderation.queries.held import EXCERPT_CHARACTERS
from forum.moderation.queries.queue import ROWS, Waiting
from forum.moderation.queries.sources import SOURCES, Source, place_of

CURSOR = "ttsi"  # due, arrived, kind, number
Cursor = tuple[datetime, datetime, str, int]


def waiting(
    who: Visitor, after: str | None = None, *, kinds: Iterable[str] = (), mine: bool = False, size: int = ROWS
) -> paging.Page[Waiting]:
    """Return a page of what waits, the first deadline first; of some kinds only, or what this moderator has in hand."""
    behind: Cursor | None = paging.decode(after, CURSOR)
    wanted = set(kinds) or set(SOURCES)
    held = _items_of(who) if mine else None
    found = _rows(who, [_part(one, who, behind, held, size + 1) for one in SOURCES.values() if one.kind in wanted and _can_hold(one, held)])
    items = sorted(found, key=_key)[: size + 1]
    shown = items[:size]
    return paging.Page(shown, shown[-1].place if len(items) > size else None)


def waiting_item(who: Visitor, item: str) -> Waiting | None:
    """Return one item as the queue lists it, None when it does not wait (any more)."""
    kind, _colon, key = item.partition(":")
    source = SOURCES.get(kind)
    if source is None or place_of(item) is None:
        return None
    rows = source.rows(who)
    found = _rows(who, [rows.where(_column(rows, "key") == key).add_columns(literal(kind).label("kind"))])
    return found[0] if found else None


def onward(who: Visitor, after: str | None) -> Waiting | None:
    """Return the next item that this moderator can take: behind the cursor, or else from the first on."""
    for begin in (after, None) if after else (None,):
        for row in waiting(who, begin).items:
            if can_take(row):
                return row
    return None


def can_take(row: Waiting) -> bool:
    """Tell whether the moderator for whom the row was read can decide it now."""
    return not row.for_others and (row.is_mine or not row.held_by)


def number_in_hand(who: Visitor) -> int:
    """Return how many items this moderator has in hand."""
    return db.session.scalar(select(func.count()).select_from(Hold).where(Hold.user_id == who.id, Hold.until > utcnow())) or 0


def _items_of(who: Visitor) -> set[str]:
    return set(db.session.scalars(select(Hold.item).where(Hold.user_id == who.id, Hold.until > utcnow())))


def _can_hold(source: Source, held: set[str] | None) -> bool:
    return held is None or any(item.startswith(f"{source.kind}:") for item in held)


def _column(rows: Select[Any], name: str) -> Any:
    return rows.selected_columns[name].element


def _part(source: Source, who: Visitor, behind: Cursor | None, held: set[str] | None, size: int) -> Select[Any]:
    """The first rows of a kind behind the cursor."""
    rows = source.rows(who)
    at, number = _column(rows, "at"), _column(rows, "number")
    if held is not None:
        keys = [item.partition(":")[2] for item in held if item.startswith(f"{source.kind}:")]
        rows = rows.where(_column(rows, "key").in_(sorted(keys)))
    if behind is not None:
        rows = rows.where(_behind(source, behind, at, number))
    return rows.add_columns(literal(source.kind).label("kind")).order_by(at, number).limit(size)


def _behind(source: Source, behind: Cursor, at: Any, number: Any) -> Any:
    due, arrived, kind, last = behind
    first, later = source.deadline.not_before(due), source.deadline.not_before(due + AN_INSTANT)
    if arrived < first or arrived >= later:  # nothing of this kind came with the last row and is due with it
        return at >= min(max(first, arrived), later)
    if source.kind == kind:
        return or_(at > arrived, and_(at == arrived, number > last))
    return at >= arrived if source.kind > kind else at > arrived


def _rows(who: Visitor, parts: Sequence[Select[Any]]) -> list[Waiting]:
    """Run the parts as one query, with who has each row in hand."""
    if not parts:
        return []
    rows = union_all(*(select(part.subquery()) for part in parts)).subquery()
    query = (
        select(rows, Hold.user_id, Hold.until, User.name.label("holder"))
        .outerjoin(Hold, and_(Hold.item == rows.c.kind + ":" + rows.c.key, Hold.until > utcnow()))
        .outerjoin(User, User.id == Hold.user_id)
    )
    return [_waiting(who, row) for row in db.session.execute(query)]


def _key(row: Waiting) -> Cursor:
    """The order, as the cursor says it."""
    decoded: Cursor = paging.decode(row.place, CURSOR)  # type: ignore[assignment]
    return decoded


def _waiting(who: Visitor, row: Any) -> Waiting:
    source, now, zone = SOURCES[row.kind], utcnow(), settings().time_zone
    due = source.deadline.due(row.at)
    endpoint, arguments = source.place(row.key)
    alarming = row.unseen is not None and source.alarm_hours is not None and now - row.unseen > timedelta(hours=source.alarm_hours())
    return Waiting(
        kind=row.kind,
        id=row.number,
        title=excerpt(row.title, EXCERPT_CHARACTERS),
        by=row.by,
        to=row.to,
        since=row.since,
        due=local_date(due, zone) - (ONE_DAY if source.deadline.by_day else timedelta()),
        late=now > due,
        alarm=alarming,
        due_at=None if source.deadline.by_day else due,
        number=row.many,
        marks=tuple(one for one in (row.mark,) if one),
        for_others=bool(row.own),
        item=f"{row.kind}:{row.key}",
        endpoint=endpoint,
        arguments=arguments,
        place=paging.encode((due, row.at, row.kind, row.number)),
        held_by=row.holder or "",
        is_mine=row.user_id == who.id,
        held_until=row.until,
        spam=source.spam,
    )
