"""Finding public letters by words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, select

from forum.core import paging
from forum.core.db import db
from forum.letters.models import Letter
from forum.letters.queries import LetterRow, listed, rows
from forum.letters.queries.lists import COLUMNS
from forum.search.analysis import query_terms
from forum.search.engines import MOST_COUNTED, engine
from forum.search.excerpts import Piece, excerpt_with

_letter: Any = Letter.__table__.c
_FOUND: Any = select(*COLUMNS, _letter.text).where(_letter.id.in_(bindparam("ids", expanding=True)), listed())

PAGE_ROWS = 20
CATEGORY_SCANNED = 2_000
"""Hits that are looked through for letters of one category on one page."""


class Order(StrEnum):
    """In which order hits are shown."""

    NEWEST = "newest"
    RELEVANT = "relevant"


@dataclass(frozen=True)
class Hit:
    """A letter found, with the place in its text where the words stand."""

    row: LetterRow
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Found:
    """A page of hits; `count` is capped: `more` says that there are more than that."""

    hits: list[Hit]
    count: int
    more: bool
    next: str | None


def find(question: str, *, order: Order, category: str | None, after: str | None) -> Found | None:
    """Return a page of public letters that hold every word of the question, None when it holds no word to look for."""
    terms = query_terms(question)
    if not terms:
        return None
    behind = paging.decode(after, "i" if order is Order.NEWEST else "ii")
    number = engine().count(terms)
    if number == 0:
        return Found([], 0, more=False, next=None)
    if order is Order.NEWEST:
        ids = engine().newest(
            terms, behind[0] if behind else None, CATEGORY_SCANNED if category else PAGE_ROWS + 1, number
        )
        keys: dict[int, tuple[int, ...]] = {one: (one,) for one in ids}
    else:
        ranked = engine().ranked(terms, number)
        left = [pair for pair in ranked if behind is None or pair < behind]
        ids = [one for _score, one in left[: CATEGORY_SCANNED if category else PAGE_ROWS + 1]]
        keys = {one: (score, one) for score, one in left}
    return _page(ids, keys, terms, category, number)


def _page(
    ids: list[int], keys: dict[int, tuple[int, ...]], terms: list[str], category: str | None, number: int
) -> Found:
    scanned = ids
    if category:
        wanted = set(db.session.scalars(select(Letter.id).where(Letter.id.in_(ids), Letter.category == category)))
        ids = [one for one in ids if one in wanted]
    shown = ids[:PAGE_ROWS]
    last = shown[-1] if len(ids) > PAGE_ROWS else scanned[-1] if category and len(scanned) == CATEGORY_SCANNED else None
    return Found(
        _hits(shown, frozenset(terms)),
        min(number, MOST_COUNTED),
        more=number > MOST_COUNTED,
        next=paging.encode(keys[last]) if last is not None else None,
    )


def _hits(ids: list[int], asked: frozenset[str]) -> list[Hit]:
    """Return public letters in this order, each with the place where the words stand."""
    by_id = {row.id: row for row in db.session.execute(_FOUND, {"ids": ids}).all()}
    found = [by_id[one] for one in ids if one in by_id]
    return list(map(Hit, rows(found), [excerpt_with(row.text, asked) or () for row in found]))
