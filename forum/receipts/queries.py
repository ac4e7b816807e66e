"""Chains as they are stored: the days that are published, the newest links of a day, the events behind them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import String, cast, func, literal, select, tuple_

from forum.attachments.models import Attachment
from forum.config import settings
from forum.core.chain import ChainHead
from forum.core.clock import ONE_DAY, local_date
from forum.core.db import db
from forum.core.errors import Invalid
from forum.core.events import Event, Kind
from forum.core.paging import Page, decode, encode
from forum.receipts.models import DayHead
from forum.receipts.tree import Leaf

AT_ONCE = 5_000
DAYS_A_PAGE = 30


def days(after: str | None) -> Page[DayHead]:
    """Return one page of published days, the newest first; raises Invalid("bad_cursor")."""
    query = select(DayHead).order_by(DayHead.day.desc()).limit(DAYS_A_PAGE + 1)
    behind = decode(after, "s")
    if behind is not None:
        try:
            query = query.where(DayHead.day < date.fromisoformat(behind[0]))
        except ValueError as problem:
            raise Invalid("bad_cursor", field="after") from problem
    found = db.session.scalars(query).all()
    more = len(found) > DAYS_A_PAGE
    found = found[:DAYS_A_PAGE]
    return Page(found, encode([found[-1].day.isoformat()]) if more else None)


def newest_day() -> DayHead | None:
    """Return the newest published day."""
    return db.session.scalar(select(DayHead).order_by(DayHead.day.desc()).limit(1))


def all_days() -> Iterator[DayHead]:
    """Yield every published day, the oldest first, in pages."""
    last = date.min
    while found := db.session.scalars(
        select(DayHead).where(DayHead.day > last).order_by(DayHead.day).limit(1000)
    ).all():
        yield from found
        last = found[-1].day


def first_moment() -> datetime | None:
    """Return when the first event of a chain happened."""
    return db.session.scalar(select(func.min(Event.at)).where(Event.number.is_not(None)))


def end_of(day: date) -> datetime:
    """Return the midnight that ends a day in the site's time zone."""
    following = day + ONE_DAY
    return datetime(following.year, following.month, following.day, tzinfo=settings().time_zone)


def day_of(moment: datetime) -> date:
    """Return the day to which a moment belongs."""
    return local_date(moment, settings().time_zone)


def leaves_of(since: datetime | None, until: datetime) -> tuple[list[Leaf], int]:
    """Return the newest link of each letter in which something happened in this time, by letter, and how many events there were.

    `since` is inside, `until` is not.
    """
    newest = (
        select(Event.letter_id, func.max(Event.number).label("number"), func.count().label("events"))
        .where(Event.at < until, Event.number.is_not(None))
        .group_by(Event.letter_id)
    )
    if since is not None:
        newest = newest.where(Event.at >= since)
    found = newest.subquery()
    rows = db.session.execute(
        select(Event.letter_id, Event.number, Event.hash, found.c.events)
        .join(found, (found.c.letter_id == Event.letter_id) & (found.c.number == Event.number))
        .order_by(Event.letter_id)
    ).all()
    return [Leaf(row.letter_id, row.number, row.hash) for row in rows], sum(row.events for row in rows)


class End(NamedTuple):
    """Where the chain of a letter ends: by its head, and by the events themselves (`last`, None without any)."""

    letter_id: int
    number: int
    hash: str
    last: int | None


def ends(letter_id: int | None = None) -> Iterator[End]:
    """Yield where the chain of every letter ends, or of one, in pages; each as of one moment, so that a living site gives no false alarm."""
    after = 0
    last = select(func.max(Event.number)).where(Event.letter_id == ChainHead.letter_id).scalar_subquery()
    while True:
        query = (
            select(ChainHead.letter_id, ChainHead.number, ChainHead.hash, last)
            .where(ChainHead.letter_id > after)
            .order_by(ChainHead.letter_id)
            .limit(AT_ONCE)
        )
        found = db.session.execute(query if letter_id is None else query.where(ChainHead.letter_id == letter_id)).all()
        if not found:
            return
        yield from (End(*row) for row in found)
        after = found[-1][0]
        db.session.rollback()


def count_heads(letter_id: int | None = None) -> int:
    """Return how many letters have a chain."""
    query = select(func.count()).select_from(ChainHead)
    return db.session.scalar(query if letter_id is None else query.where(ChainHead.letter_id == letter_id)) or 0


def links_of(letter_id: int, after: int, until: int) -> Iterator[Event]:
    """Yield the events of a letter behind the link `after`, up to the link `until`, in pages."""
    last = after
    while True:
        found: Sequence[Any] = db.session.scalars(
            select(Event)
            .where(Event.letter_id == letter_id, Event.number > last, Event.number <= until)
            .order_by(Event.number)
            .limit(AT_ONCE)
            .execution_options(populate_existing=True)
        ).all()
        yield from found
        if len(found) < AT_ONCE:
            return
        last = found[-1].number


def loose_events(letter_id: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield letter and row number of events that stand in no chain: without a number from 1 on, or of a letter without a head."""
    last = (0, 0)
    while True:
        query = (
            select(Event.letter_id, Event.id)
            .outerjoin(ChainHead, ChainHead.letter_id == Event.letter_id)
            .where(
                Event.letter_id.is_not(None),
                Event.number.is_(None) | (Event.number < 1) | ChainHead.letter_id.is_(None),
                tuple_(Event.letter_id, Event.id) > last,
            )
            .order_by(Event.letter_id, Event.id)
            .limit(AT_ONCE)
        )
        if letter_id is not None:
            query = query.where(Event.letter_id == letter_id)
        found = [(row[0] or 0, row[1]) for row in db.session.execute(query)]
        yield from found
        if len(found) < AT_ONCE:
            return
        last = found[-1]


def other_files(letter_id: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield letter and number of files whose row tells another hash than the event with which they came."""
    last = 0
    while True:
        query = (
            select(Event.letter_id, Attachment.id, Attachment.original_sha256, Event.data)
            .join(Event, Event.about == literal("attachment:") + cast(Attachment.id, String))
            .where(Event.kind == Kind.FILE_ADDED, Event.letter_id.is_not(None), Attachment.id > last)
            .order_by(Attachment.id)
            .limit(AT_ONCE)
        )
        if letter_id is not None:
            query = query.where(Event.letter_id == letter_id)
        found = db.session.execute(query).all()
        yield from ((row.letter_id or 0, row.id) for row in found if row.data["sha256"] != row.original_sha256)
        if len(found) < AT_ONCE:
            return
        last = found[-1].id


def link_of(letter_id: int, about: str, kind: Kind) -> Event | None:
    """Return the first event of this kind about a thing, with its link in the chain of the letter."""
    return db.session.scalar(
        select(Event)
        .where(Event.letter_id == letter_id, Event.kind == kind, Event.about == about)
        .order_by(Event.id)
        .limit(1)
    )


def head_covering(moment: datetime) -> tuple[DayHead, DayHead | None] | None:
    """Return the published head of the day of this moment and the one before it, None before it is made."""
    day = db.session.scalar(select(DayHead).where(DayHead.until > moment).order_by(DayHead.day).limit(1))
    if day is None:
        return None
    return day, db.session.scalar(select(DayHead).where(DayHead.day < day.day).order_by(DayHead.day.desc()).limit(1))


def end_of_chain(letter_id: int) -> ChainHead | None:
    """Return the newest link of a letter."""
    return db.session.get(ChainHead, letter_id, populate_existing=True)


def settled(now: datetime, after: timedelta) -> date:
    """Return the last day of which nothing can be on its way any more."""
    return day_of(now - after) - ONE_DAY
