"""Rows of the ledger as everybody reads them: a page at a time, by filters, with where each thing still stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, case, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from forum.accounts.models import Guest
from forum.core.db import db
from forum.core.paging import Page, page
from forum.ledger.lifecycle import GROUPS, Act, AskedBy, Group
from forum.ledger.models import LedgerBusiness, LedgerRow
from forum.letters.lifecycle import Visibility
from forum.letters.models import Letter
from forum.letters.policy import OPEN
from forum.letters.queries.merchants import known
from forum.merchants.models import Merchant
from forum.merchants.queries import MOST_MERGES_IN_A_ROW, key_of, merchant_of_key

PAGE_ROWS: Final = 50
AT_ONCE: Final = 1_000
Later = aliased(LedgerRow)


@dataclass(frozen=True)
class Filters:
    """What is looked for; None is everything. `merchant_id` takes in the businesses that were merged into it."""

    merchant_id: int | None = None
    act: Act | None = None
    group: Group | None = None
    reason: str | None = None
    month: str | None = None  # "2026-11"
    asked_by: AskedBy | None = None
    about: str | None = None


@dataclass(frozen=True)
class Entry:
    """A row, the row that corrects it, and where the thing still stands.

    `title` is None unless the letter stands in the lists; `tombstone`: the letter left one. `merchants` are those that may be named.
    """

    row: LedgerRow
    corrected_by: int | None
    title: str | None
    tombstone: bool
    merchants: tuple[Merchant, ...] = ()


def page_of(filters: Filters, after: str | None, size: int = PAGE_ROWS) -> Page[Entry]:
    """Return a page of rows, the newest first; raises Invalid("bad_cursor")."""
    found = page(
        _entries(filters), keys=[LedgerRow.id], kinds="i", after=after, size=size, key_of=lambda row: [row.LedgerRow.id]
    )
    return Page(entries(found.items), found.next)


def every(filters: Filters) -> Iterator[Entry]:
    """Yield all rows, the oldest first, in pages."""
    last = 0
    while True:
        query = _entries(filters).where(LedgerRow.id > last).order_by(LedgerRow.id).limit(AT_ONCE)
        found = db.session.execute(query).all()
        yield from entries(found)
        if len(found) < AT_ONCE:
            return
        last = found[-1].LedgerRow.id


def select_entries() -> Any:
    """Return the query of rows with what they need to be shown."""
    query: Any = (
        select(LedgerRow, Later.id.label("corrected_by"), Letter.title, Letter.visibility)
        .outerjoin(Later, Later.corrects_id == LedgerRow.id)
        .outerjoin(Letter, Letter.id == LedgerRow.letter_id)
    )
    return query


def entries(rows: Sequence[Any]) -> list[Entry]:
    """Return entries of the rows of `select_entries`, in their order."""
    named = businesses({one for row in rows for one in row.LedgerRow.merchants})
    return [
        Entry(
            row.LedgerRow,
            row.corrected_by,
            row.title if row.visibility is Visibility.PUBLIC else None,
            row.visibility is Visibility.TOMBSTONE,
            tuple({one.id: one for number in row.LedgerRow.merchants if (one := named.get(number))}.values()),
        )
        for row in rows
    ]


def businesses(ids: set[int]) -> dict[int, Merchant]:
    """Return by these numbers the businesses that a guest may know of; of one that was merged, what it is a part of by now."""
    found: dict[int, Merchant] = {}
    wanted = set(ids)
    for _step in range(MOST_MERGES_IN_A_ROW):
        if not wanted:
            break
        may = or_(Merchant.merged_into_id.is_not(None), known(Guest(), OPEN))
        found.update({one.id: one for one in db.session.scalars(select(Merchant).where(Merchant.id.in_(wanted), may))})
        wanted = {one.merged_into_id for one in found.values() if one.merged_into_id is not None} - found.keys()
    return {number: one for number in ids if (one := _end(found, number)) is not None}


def _end(found: dict[int, Merchant], number: int | None) -> Merchant | None:
    for _step in range(MOST_MERGES_IN_A_ROW + 1):
        one = found.get(number) if number is not None else None
        if one is None or one.merged_into_id is None:
            return one
        number = one.merged_into_id
    return None


def business_named(words: str) -> Merchant | None:
    """Return the business of this name, or end of an address, as a guest may know it; what it is a part of by now."""
    found = db.session.scalar(select(Merchant).where(Merchant.slug == words)) or merchant_of_key(key_of(words))
    return None if found is None else businesses({found.id}).get(found.id)


def count_of(merchant_id: int) -> tuple[int, int]:
    """Return how many rows concern a business, and how many of them a business asked for."""
    asked = func.count(case((LedgerRow.asked_by == AskedBy.BUSINESS, 1)))
    rows, of_business = db.session.execute(select(func.count(), asked).where(_of_business(merchant_id))).one()
    return rows, of_business


def months() -> list[str]:
    """Return the months of which there are rows, the newest first."""
    return list(db.session.scalars(select(LedgerRow.month).distinct().order_by(LedgerRow.month.desc())))


def newest_about(about: str) -> int | None:
    """Return the number of the newest row about a thing."""
    return db.session.scalar(select(func.max(LedgerRow.id)).where(LedgerRow.about == about))


def _entries(filters: Filters) -> Any:
    return select_entries().where(*_conditions(filters))


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    yield true()
    if filters.merchant_id is not None:
        yield _of_business(filters.merchant_id)
    if filters.act is not None:
        yield LedgerRow.act == filters.act
    if filters.group is not None:
        yield LedgerRow.act.in_(GROUPS[filters.group])
    for column, value in (
        (LedgerRow.reason, filters.reason),
        (LedgerRow.month, filters.month),
        (LedgerRow.asked_by, filters.asked_by),
        (LedgerRow.about, filters.about),
    ):
        if value is not None:
            yield column == value


def _of_business(merchant_id: int) -> ColumnElement[bool]:
    parts = select(Merchant.id).where(Merchant.id == merchant_id).cte("parts", recursive=True)
    parts = parts.union(select(Merchant.id).join(parts, Merchant.merged_into_id == parts.c.id))
    return exists(
        select(LedgerBusiness.row_id).where(
            LedgerBusiness.row_id == LedgerRow.id, LedgerBusiness.merchant_id.in_(select(parts.c.id))
        )
    )
