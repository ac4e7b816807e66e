"""Letters as rows of a list: Core rows, a fixed number of queries whatever the length."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy import case as when

from forum.core import paging
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.text import slug
from forum.letters.clocks import Clock, clock
from forum.letters.lifecycle import Outcome, Publication, ResponseState, Untold, Visibility
from forum.letters.models import Case, Letter, Question
from forum.letters.promises import PromiseVerdict
from forum.merchants.models import Merchant

PAGE_ROWS = 20
_letter: Any = Letter.__table__.c  # plain columns: a list of rows takes a third of the time that the ORM takes
_case: Any = Case.__table__.c
_merchant: Any = Merchant.__table__.c
_question: Any = Question.__table__.c
COLUMNS = (
    _letter.id,
    _letter.title,
    _letter.excerpt,
    _letter.byline,
    _letter.place,
    _letter.category,
    _letter.publication,
    _letter.comment_count,
    _letter.submitted_at,
    _letter.published_at,
    _letter.absences,
    _letter.contested_at,
)
_slug = lru_cache(maxsize=8_192)(slug)
_CASES: Any = (
    select(
        _case.id,
        _case.letter_id,
        _case.response,
        _case.outcome,
        _case.started_at,
        _case.acknowledged_at,
        _case.answered_at,
        _case.uniform_at,
        _case.promise_due,
        _case.promise_verdict,
        when((_case.notified_at.is_(None), _case.untold)).label("untold"),
        _merchant.name,
        _merchant.slug,
    )
    .join_from(Case.__table__, Merchant.__table__, _merchant.id == _case.merchant_id)
    .where(_case.letter_id.in_(bindparam("letter_ids", expanding=True)))
    .order_by(_case.letter_id, _case.position)
)
_STOPS: Any = select(_question.case_id, _question.asked_at, _question.resumed_at).where(
    _question.case_id.in_(bindparam("case_ids", expanding=True)), _question.stops
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
    uniform_at: datetime | None = None
    promise_due: date | None = None
    promise_verdict: PromiseVerdict | None = None
    untold: Untold | None = None


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
    contested: bool = False

    @property
    def merchants(self) -> list[str]:
        return [case.merchant for case in self.cases]


def listed() -> ColumnElement[bool]:
    """Return the condition of every public list, feed, search and dump: only public letters."""
    public: ColumnElement[bool] = _letter.visibility == Visibility.PUBLIC
    return public


def rows(found: Sequence[Any]) -> list[LetterRow]:
    """Turn rows of COLUMNS into list rows with their cases and clocks: two queries more, however many."""
    cases = _cases({row.id: row for row in found})
    return [
        LetterRow(
            id=row.id,
            slug=_slug(row.title),
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
            contested=row.contested_at is not None,
        )
        for row in found
    ]


def newest(
    condition: ColumnElement[bool], *, after: str | None = None, size: int = PAGE_ROWS
) -> paging.Page[LetterRow]:
    """Return public letters that meet the condition, newest first, as a page."""
    query = select(*COLUMNS).where(listed(), condition)
    found = paging.page(
        query,
        keys=(_letter.published_at, _letter.id),
        kinds="ti",
        after=after,
        size=size,
        key_of=lambda row: (row.published_at, row.id),
    )
    return paging.Page(rows(found.items), found.next)


def _cases(letters: dict[int, Any]) -> dict[int, list[CaseRow]]:
    found: dict[int, list[CaseRow]] = defaultdict(list)
    if not letters:
        return found
    cases = db.session.execute(_CASES, {"letter_ids": list(letters)}).all()
    stops = stops_of([case.id for case in cases if case.response is not ResponseState.AWAITING])
    now = utcnow()
    for case in cases:
        ticking = clock_of_row(letters[case.letter_id], case, stops[case.id], now) if case.started_at else None
        found[case.letter_id].append(
            CaseRow(
                case.id,
                case.name,
                case.slug,
                case.response,
                case.outcome,
                ticking,
                case.uniform_at,
                case.promise_due,
                case.promise_verdict,
                case.untold,
            )
        )
    return found


def clock_of_row(letter: Any, case: Any, stops: list[tuple[datetime, datetime | None]], now: datetime) -> Clock:
    """Return the clock of a started case from rows: of the letter `category, absences`, of the case its moments."""
    return clock(
        letter.category,
        case.started_at,
        case.answered_at or now,
        stops,
        acknowledged_at=case.acknowledged_at,
        away=letter.absences,
    )


def stops_of(case_ids: list[int]) -> dict[int, list[tuple[datetime, datetime | None]]]:
    """Return the questions that stop the clock of these cases: (asked, resumed) pairs."""
    found: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    if case_ids:
        for row in db.session.execute(_STOPS, {"case_ids": case_ids}):
            found[row.case_id].append((row.asked_at, row.resumed_at))
    return found
