"""Letters as rows of a list: Core rows, a fixed number of queries whatever the length."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from forum.core import paging
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.text import slug
from forum.letters.clocks import Clock, clock
from forum.letters.lifecycle import Outcome, Publication, ResponseState, Visibility
from forum.letters.models import Case, Letter, Question
from forum.merchants.models import Merchant

PAGE_ROWS = 20
COLUMNS = (
    Letter.id,
    Letter.title,
    Letter.excerpt,
    Letter.byline,
    Letter.place,
    Letter.category,
    Letter.publication,
    Letter.comment_count,
    Letter.submitted_at,
    Letter.published_at,
)


@dataclass(frozen=True)
class CaseRow:
    """A case in a list."""

    id: int
    merchant: str
    merchant_slug: str
    response: ResponseState
    outcome: Outcome
    clock: Clock | None


@dataclass(frozen=True)
class LetterRow:
    """A letter in a list."""

    id: int
    slug: str
    title: str
    excerpt: str
    byline: str
    place: str
    category: str
    publication: Publication
    comment_count: int
    submitted_at: datetime | None
    published_at: datetime | None
    cases: tuple[CaseRow, ...]

    @property
    def merchants(self) -> list[str]:
        return [case.merchant for case in self.cases]


def listed() -> ColumnElement[bool]:
    """Return the condition of every public list, feed, search and dump: only public letters."""
    return Letter.visibility == Visibility.PUBLIC


def rows(found: Sequence[Any]) -> list[LetterRow]:
    """Turn rows of COLUMNS into list rows with their cases and clocks: two queries more, however many."""
    cases = _cases([row.id for row in found])
    return [
        LetterRow(
            id=row.id,
            slug=slug(row.title),
            title=row.title,
            excerpt=row.excerpt,
            byline=row.byline,
            place=row.place,
            category=row.category,
            publication=row.publication,
            comment_count=row.comment_count,
            submitted_at=row.submitted_at,
            published_at=row.published_at,
            cases=tuple(cases[row.id]),
        )
        for row in found
    ]


def newest(condition: ColumnElement[bool], *, after: str | None = None, size: int = PAGE_ROWS) -> paging.Page[LetterRow]:
    """Return public letters that meet the condition, newest first, as a page."""
    query = select(*COLUMNS).where(listed(), condition)
    found = paging.page(
        query,
        keys=(Letter.published_at, Letter.id),
        kinds="ti",
        after=after,
        size=size,
        key_of=lambda row: (row.published_at, row.id),
    )
    return paging.Page(rows(found.items), found.next)


def _cases(letter_ids: list[int]) -> dict[int, list[CaseRow]]:
    found: dict[int, list[CaseRow]] = defaultdict(list)
    if not letter_ids:
        return found
    cases = db.session.execute(
        select(
            Case.id,
            Case.letter_id,
            Case.response,
            Case.outcome,
            Case.started_at,
            Case.answered_at,
            Merchant.name,
            Merchant.slug,
        )
        .join(Case.merchant)
        .where(Case.letter_id.in_(letter_ids))
        .order_by(Case.letter_id, Case.position)
    ).all()
    stops = stops_of([case.id for case in cases if case.response is not ResponseState.AWAITING])
    now = utcnow()
    for case in cases:
        ticking = clock(case.started_at, case.answered_at or now, stops[case.id]) if case.started_at else None
        found[case.letter_id].append(
            CaseRow(case.id, case.name, case.slug, case.response, case.outcome, ticking)
        )
    return found


def stops_of(case_ids: list[int]) -> dict[int, list[tuple[datetime, datetime | None]]]:
    """Return the stops of the clock of these cases: (asked, resumed) pairs."""
    found: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    if case_ids:
        for row in db.session.execute(
            select(Question.case_id, Question.asked_at, Question.resumed_at).where(Question.case_id.in_(case_ids))
        ):
            found[row.case_id].append((row.asked_at, row.resumed_at))
    return found
