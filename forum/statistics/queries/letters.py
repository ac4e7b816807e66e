"""The letters that a figure counts: the same condition, one row for each thing counted, by key."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, true

from forum.core import paging
from forum.core.db import db
from forum.core.errors import Invalid
from forum.letters import categories
from forum.letters.lifecycle import Publication, Visibility
from forum.letters.models import Letter
from forum.letters.queries import LetterRow, rows
from forum.letters.queries.lists import COLUMNS, PAGE_ROWS
from forum.merchants.models import Merchant
from forum.responses.models import Response
from forum.statistics import measures
from forum.statistics.lifecycle import Grain
from forum.statistics.measures import MEASURES, Day
from forum.statistics.models import CaseFact


@dataclass(frozen=True)
class Asked:
    """Which figure is asked for: the measure, "year", "all" or a month (202611), a category or a business."""

    measure: str
    span: str
    category: str | None = None
    merchant_id: int | None = None

    def __post_init__(self) -> None:
        if self.measure not in MEASURES:
            raise Invalid(field="figure")
        if self.category is not None and categories.find(self.category) is None:
            raise Invalid(field="category")
        if self.span not in {"year", "all"} and not is_month(self.span):
            raise Invalid(field="span")


@dataclass(frozen=True)
class Listed:
    """A row: a letter that stands, or of one that does not only its number, its dates and how it left."""

    letter_id: int
    business: str
    letter: LetterRow | None
    publication: Publication
    published_at: datetime
    removed_at: datetime | None
    reason: str | None


def is_month(span: str) -> bool:
    """Whether it names a month."""
    return len(span) == 6 and span.isascii() and span.isdecimal() and 1 <= int(span[4:]) <= 12


def counted_letters(asked: Asked, after: str | None) -> paging.Page[Listed]:
    """Return a page of what a figure counts, the newest letters first."""
    day, measure = Day.today(), MEASURES[asked.measure]
    key: Any = Response.id if measure.grain is Grain.RESPONSE else CaseFact.case_id
    query = (
        select(
            *COLUMNS,
            Letter.removed_at,
            Letter.reason,
            Letter.visibility,
            CaseFact.case_id,
            CaseFact.started_at,
            Merchant.name.label("business"),
            key.label("key"),
        )
        .select_from(CaseFact)
        .join(Letter, Letter.id == CaseFact.letter_id)
        .join(Merchant, Merchant.id == CaseFact.merchant_id)
        .where(*_mine(asked, day), *measures.conditions(measure, day))
    )
    if measure.grain is Grain.RESPONSE:
        query = query.join(Response, Response.case_id == CaseFact.case_id).where(Response.hidden_at.is_(None))
    found = paging.page(
        query,
        keys=(CaseFact.started_at, key),
        kinds="ti",
        after=after,
        size=PAGE_ROWS,
        key_of=lambda row: (row.started_at, row.key),
    )
    standing = {row.id: row for row in rows([row for row in found.items if row.visibility is Visibility.PUBLIC])}
    whole = asked.measure == "letters"
    return paging.Page([_listed(row, standing, whole=whole) for row in found.items], found.next)


def _mine(asked: Asked, day: Day) -> list[ColumnElement[bool]]:
    span: ColumnElement[bool] = true()
    if asked.span == "year":
        span = CaseFact.month >= day.first_month
    elif asked.span != "all":
        span = CaseFact.month == int(asked.span)
    mine = [span]
    if asked.merchant_id is not None:
        mine.append(CaseFact.merchant_id == asked.merchant_id)
    if asked.category is not None:
        mine.append(CaseFact.category == asked.category)
    return mine


def _listed(row: Any, standing: dict[int, LetterRow], *, whole: bool) -> Listed:
    """A case shows its own state alone; a letter shows that of all its cases."""
    letter = standing.get(row.id)
    if letter is not None and not whole:
        letter = replace(letter, cases=tuple(one for one in letter.cases if one.id == row.case_id))
    return Listed(
        letter_id=row.id,
        business=row.business,
        letter=letter,
        publication=row.publication,
        published_at=row.published_at,
        removed_at=row.removed_at,
        reason=row.reason,
    )


def names_of(merchant_ids: list[int]) -> dict[int, Any]:
    """Return the businesses of these numbers: rows (id, name, slug)."""
    found = db.session.execute(select(Merchant.id, Merchant.name, Merchant.slug).where(Merchant.id.in_(merchant_ids)))
    return {row.id: row for row in found}
