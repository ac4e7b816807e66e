"""Whether the ledger is as it was written: part of what `flask verify-chain` tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from forum.core.chain import NOTHING
from forum.core.db import db
from forum.ledger import queries
from forum.ledger.facts import facts_of, hash_of
from forum.ledger.models import LedgerBusiness, LedgerHead, LedgerRow
from forum.receipts.verifying import Flaw


@dataclass(frozen=True)
class Finding:
    """One flaw, at a row, at a day, or at the end of the chain."""

    flaw: Flaw
    row: int | None = None
    day: date | None = None

    def __str__(self) -> str:
        place = f"ledger, {self.day.isoformat()}" if self.day else f"ledger: row {self.row}" if self.row else "ledger"
        return f"{place}: {self.flaw}" if self.row is None else f"{place} {self.flaw}"


def of_ledger() -> Iterator[Finding]:
    """Yield what is wrong with the rows, their businesses, the end of the chain and the published days."""
    end = _end()
    yield from _rows(end)
    yield from _days()
    db.session.rollback()


def count_rows() -> int:
    """Return how many rows there are."""
    return db.session.scalar(select(func.count()).select_from(LedgerRow)) or 0


def _end() -> tuple[int, str, int]:
    """Return where the chain ends: by its head, and the last row there is; as of one moment, so that a living site gives no false alarm."""
    last = select(func.max(LedgerRow.id)).scalar_subquery()
    found = db.session.execute(
        select(func.coalesce(func.max(LedgerHead.number), 0), func.coalesce(func.max(LedgerHead.hash), NOTHING), last)
    ).one()
    return found[0], found[1], found[2] or 0


def _rows(end: tuple[int, str, int]) -> Iterator[Finding]:
    number, before = 0, NOTHING
    for row, businesses in _with_businesses(max(end[0], end[2])):
        number += 1
        while number < row.id:
            yield Finding(Flaw.MISSING, number)
            number += 1
        if hash_of(before, number, facts_of(row)) != row.hash or businesses != set(row.merchants):
            yield Finding(Flaw.CHANGED, number)
        before = row.hash
    if (number, before) != end[:2]:
        yield Finding(Flaw.ENDS_OTHERWISE)


def _with_businesses(until: int) -> Iterator[tuple[Any, set[int]]]:
    """Yield the rows up to this number, each with the businesses by which it is found, in pages."""
    for found in queries.pages_of_rows(until):
        of_row: dict[int, set[int]] = {}
        between = LedgerBusiness.row_id.between(found[0].id, found[-1].id)
        for row_id, merchant_id in db.session.execute(
            select(LedgerBusiness.row_id, LedgerBusiness.merchant_id).where(between)
        ):
            of_row.setdefault(row_id, set()).add(merchant_id)
        yield from ((row, of_row.get(row.id, set())) for row in found)


def _days() -> Iterator[Finding]:
    """Yield the days whose published end is not that of the rows any more."""
    for kept in queries.all_days():
        end = queries.end_before(kept.until)
        if end is None or (end.id, end.hash) != (kept.number, kept.hash):
            yield Finding(Flaw.DAY, day=kept.day)
