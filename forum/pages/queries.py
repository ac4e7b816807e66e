"""Lists of the public pages: by key, on an index each, never over all letters."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, exists, select, true, tuple_, union_all

from forum.core import paging
from forum.core.db import LARGEST_ID, db
from forum.letters.lifecycle import Outcome, ResponseState
from forum.letters.models import Case, Letter
from forum.letters.queries import LetterRow, listed, rows
from forum.letters.queries.lists import COLUMNS, PAGE_ROWS, newest
from forum.merchants.lifecycle import Proof, TeamRole
from forum.merchants.models import Merchant, Representative

MERCHANTS_A_PAGE = 60
FEED_ENTRIES = 30
SITEMAP_PART = 5_000
LARGEST_PART = LARGEST_ID // SITEMAP_PART - 1


class Tab(StrEnum):
    """The lists of the front page."""

    NEWEST = "newest"
    UNANSWERED = "unanswered"
    LONGEST = "longest"
    SOLVED = "solved"


class MerchantTab(StrEnum):
    """The lists of a business's page."""

    ALL = "all"
    WAITING = "waiting"
    ANSWERED = "answered"
    SOLVED = "solved"
    NOT_SOLVED = "not_solved"


def front(tab: Tab, after: str | None) -> paging.Page[LetterRow]:
    """Return a page of one of the front page's lists."""
    if tab is Tab.UNANSWERED:
        waits = exists(select(Case.id).where(Case.letter_id == Letter.id, Case.response != ResponseState.ANSWERED))
        return newest(waits, after=after)
    if tab is Tab.LONGEST:
        return _by_case(
            Case.started_at,
            [Case.response == ResponseState.AWAITING, Case.response == ResponseState.ACKNOWLEDGED],
            after,
        )
    if tab is Tab.SOLVED:
        return _by_case(Case.outcome_at, [Case.outcome == Outcome.SOLVED], after, descending=True)
    return newest(true(), after=after)


def of_category(category: str, after: str | None) -> paging.Page[LetterRow]:
    """Return a page of a category's letters, newest first."""
    return newest(Letter.category == category, after=after)


def of_merchant(merchant_id: int, tab: MerchantTab, after: str | None) -> paging.Page[LetterRow]:
    """Return a page of the letters about a business, newest first, by the state of its own case."""
    conditions: dict[MerchantTab, ColumnElement[bool]] = {
        MerchantTab.ALL: true(),
        MerchantTab.WAITING: Case.response != ResponseState.ANSWERED,
        MerchantTab.ANSWERED: (Case.response == ResponseState.ANSWERED)
        & Case.outcome.in_((Outcome.NONE, Outcome.UNCONFIRMED)),
        MerchantTab.SOLVED: Case.outcome.in_((Outcome.SOLVED, Outcome.PARTLY)),
        MerchantTab.NOT_SOLVED: Case.outcome == Outcome.NOT_SOLVED,
    }
    return _by_case(Case.started_at, [(Case.merchant_id == merchant_id) & conditions[tab]], after, descending=True)


def _by_case(
    moment: Any, conditions: Sequence[ColumnElement[bool]], after: str | None, *, descending: bool = False
) -> paging.Page[LetterRow]:
    """Return letters in the order of a moment of their cases; each condition is read from its own index and cut early."""
    behind = paging.decode(after, "ti")
    parts: list[Any] = []
    for condition in conditions:
        part: Any = (
            select(*COLUMNS, moment.label("moment"), Case.id.label("case_id"))
            .join(Case, Case.letter_id == Letter.id)
            .where(listed(), moment.is_not(None), condition)
            .order_by(*((moment.desc(), Case.id.desc()) if descending else (moment, Case.id)))
            .limit(PAGE_ROWS + 1)
        )
        if behind is not None:
            here = tuple_(moment, Case.id)
            part = part.where(here < behind if descending else here > behind)
        parts.append(part)
    if len(parts) == 1:
        found = list(db.session.execute(parts[0]))
    else:
        inner = [part.subquery() for part in parts]
        found = list(db.session.execute(union_all(*(select(one) for one in inner))))
        found.sort(key=lambda row: (row.moment, row.case_id), reverse=descending)
    more, found = len(found) > PAGE_ROWS, found[:PAGE_ROWS]
    last: tuple[datetime, int] | None = (found[-1].moment, found[-1].case_id) if more else None
    once = {row.id: row for row in found}
    return paging.Page(rows(list(once.values())), paging.encode(last) if last else None)


def _has_letters() -> ColumnElement[bool]:
    return exists(
        select(Case.id).join(Letter, Letter.id == Case.letter_id).where(Case.merchant_id == Merchant.id, listed())
    )


def merchants(after: str | None) -> paging.Page[Any]:
    """Return a page of the businesses that have public letters, from A to Z by address: rows (name, slug)."""
    return paging.page(
        select(Merchant.name, Merchant.slug).where(_has_letters()),
        keys=(Merchant.slug,),
        kinds="s",
        after=after,
        size=MERCHANTS_A_PAGE,
        descending=False,
        key_of=lambda row: (row.slug,),
    )


def proofs(merchant_id: int) -> list[Any]:
    """Return how the voices of a business are proved: rows (proof, proved_domain, since), the oldest first."""
    return list(
        db.session.execute(
            select(Representative.proof, Representative.proved_domain, Representative.since)
            .where(
                Representative.merchant_id == merchant_id,
                Representative.ended_at.is_(None),
                Representative.role != TeamRole.READER,
            )
            .order_by(Representative.proof == Proof.INVITED, Representative.since)
        )
    )


def feed(condition: ColumnElement[bool]) -> list[Any]:
    """Return the newest public letters for a feed: rows of COLUMNS and revised_at."""
    return list(
        db.session.execute(
            select(*COLUMNS, Letter.revised_at)
            .where(listed(), condition)
            .order_by(Letter.published_at.desc(), Letter.id.desc())
            .limit(FEED_ENTRIES)
        )
    )


def feed_of_merchant(merchant_id: int) -> list[Any]:
    """Return the newest public letters about a business for a feed."""
    return list(
        db.session.execute(
            select(*COLUMNS, Letter.revised_at)
            .join(Case, Case.letter_id == Letter.id)
            .where(listed(), Case.merchant_id == merchant_id, Case.started_at.is_not(None))
            .order_by(Case.started_at.desc(), Case.id.desc())
            .limit(FEED_ENTRIES)
        )
    )


def parts_of(table: type[Letter] | type[Merchant]) -> list[int]:
    """Return the numbers of the sitemap's parts that hold something: a part is a range of SITEMAP_PART ids."""
    condition = listed() if table is Letter else _has_letters()
    part = table.id // SITEMAP_PART
    return [int(number) for number in db.session.scalars(select(part).where(condition).distinct().order_by(part))]


def part_of_letters(number: int) -> list[Any]:
    """Return the public letters of a part: rows (id, title, published_at, revised_at)."""
    return list(
        db.session.execute(
            select(Letter.id, Letter.title, Letter.published_at, Letter.revised_at)
            .where(listed(), Letter.id >= number * SITEMAP_PART, Letter.id < (number + 1) * SITEMAP_PART)
            .order_by(Letter.id)
        )
    )


def part_of_merchants(number: int) -> list[str]:
    """Return the address ends of the businesses of a part."""
    return list(
        db.session.scalars(
            select(Merchant.slug)
            .where(_has_letters(), Merchant.id >= number * SITEMAP_PART, Merchant.id < (number + 1) * SITEMAP_PART)
            .order_by(Merchant.id)
        )
    )


def before(initial: str) -> str:
    """Return the cursor behind which businesses with this first letter begin, in the collation of either database."""
    last = "9" if initial == "a" else chr(ord(initial) - 1)
    return paging.encode((last + "z" * 20,))
