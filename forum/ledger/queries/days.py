"""The rows of the chain, and where it ended on each day."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, select

from forum.core.db import LARGEST_ID, db
from forum.ledger.models import LedgerDay, LedgerRow

ROWS_AT_ONCE: Final = 5_000
_ROW: Any = LedgerRow.__table__


def newest_day() -> LedgerDay | None:
    """Return the newest published day."""
    return db.session.scalar(select(LedgerDay).order_by(LedgerDay.day.desc()).limit(1))


def days_of(days: Collection[date]) -> dict[date, LedgerDay]:
    """Return what was published on these days."""
    return {one.day: one for one in db.session.scalars(select(LedgerDay).where(LedgerDay.day.in_(days)))}


def all_days() -> Iterator[LedgerDay]:
    """Yield every published day, the oldest first, in pages."""
    last = date.min
    while found := db.session.scalars(
        select(LedgerDay).where(LedgerDay.day > last).order_by(LedgerDay.day).limit(1000)
    ).all():
        yield from found
        last = found[-1].day


def pages_of_rows(until: int = LARGEST_ID) -> Iterator[Sequence[Any]]:
    """Yield the rows up to this number as plain values, in order, a page at a time."""
    last = 0
    while found := db.session.execute(
        select(_ROW).where(_ROW.c.id > last, _ROW.c.id <= until).order_by(_ROW.c.id).limit(ROWS_AT_ONCE)
    ).all():
        yield found
        last = found[-1].id


def first_moment() -> datetime | None:
    """Return when the first row was written."""
    return db.session.scalar(select(func.min(LedgerRow.written_at)))


def end_before(until: datetime) -> LedgerRow | None:
    """Return the newest row that was written before this moment."""
    newest = select(func.max(LedgerRow.id)).where(LedgerRow.written_at < until).scalar_subquery()
    return db.session.scalar(select(LedgerRow).where(LedgerRow.id == newest))
