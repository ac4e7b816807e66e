"""Figures of the whole site and of a business: counted by the worker, kept in a row, read with one look-up."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, select, true

from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.letters.clocks import clock
from forum.letters.lifecycle import Outcome, ResponseState
from forum.letters.models import Case, Letter
from forum.letters.queries import listed, silent_condition
from forum.letters.queries.lists import stops_of
from forum.merchants.models import Merchant
from forum.pages.models import WHOLE_SITE, Figures
from forum.pages.rates import Rate, rate

MOST_SAMPLED = 1_000
"""The newest first responses of which the median is taken."""
MOST_SILENT = 6
SILENT_SCANNED = 300
"""The oldest waiting cases among which the businesses longest silent are looked for."""
_table: Any = Figures.__table__
_KEPT: Any = select(_table.c.data).where(_table.c.subject == bindparam("subject"))


@dataclass(frozen=True)
class Silent:
    """A business and the working days that its oldest unanswered case has waited."""

    name: str
    slug: str
    days: int


@dataclass(frozen=True)
class Counted:
    """Figures over the cases of public letters: published, and neither withdrawn nor taken down.

    A letter about two businesses is two cases, and waits as long as one of them does. A case has the outcome that its
    author set last: solved, partly or not solved; `unconfirmed` when the author said nothing for `unconfirmed_days` after
    the first response; else it has none, answered or not. From these five counts the three rates are recomputed:

    - of confirmed = solved / (solved + not solved): the author gave a plain yes or no;
    - of rated = solved / (solved + partly + not solved): the author gave any verdict;
    - of all = solved / all cases: who said nothing, or was never answered, is not counted as solved.

    Each has Wilson's 95 % interval (`pages.rates`). Nobody is compared with fewer than `FEWEST_TO_RANK` verdicts.
    """

    letters: int
    cases: int
    waiting: int
    solved: int
    partly: int
    not_solved: int
    unconfirmed: int
    median_days: float | None  # working days to the first response
    median_n: int
    categories: dict[str, int]
    silent: tuple[Silent, ...]

    @property
    def without_verdict(self) -> int:
        """Cases that the author has not rated and still can: not answered yet, or answered not long ago."""
        return self.cases - self.solved - self.partly - self.not_solved - self.unconfirmed

    @property
    def of_confirmed(self) -> Rate:
        """Solved, of those that the author calls solved or not solved."""
        return rate(self.solved, self.solved + self.not_solved)

    @property
    def of_rated(self) -> Rate:
        """Solved, of all whose ending the author told: solved, partly, not solved."""
        return rate(self.solved, self.solved + self.partly + self.not_solved)

    @property
    def of_all(self) -> Rate:
        """Solved, of all cases: silence counts as not solved."""
        return rate(self.solved, self.cases)


def of(subject: int) -> Counted:
    """Return the figures of a merchant (its id) or of WHOLE_SITE: what the worker counted last, else counted now."""
    kept = db.session.execute(_KEPT, {"subject": subject}).scalar_one_or_none()
    return _shown(kept if kept is not None else _count(subject))


def count(subject: int) -> None:
    """Count anew and keep; the counting reads, only the keeping writes."""
    _keep(subject, _count(subject))


def count_all() -> None:
    """Count the site and every business that has a case: after bulk writing."""
    for subject in (WHOLE_SITE, *db.session.scalars(select(Case.merchant_id).distinct())):
        count(subject)


@unit_of_work
def _keep(subject: int, data: dict[str, Any]) -> None:
    db.session.merge(Figures(subject=subject, data=data, counted_at=utcnow()))


def _count(subject: int) -> dict[str, Any]:
    mine = Case.merchant_id == subject if subject != WHOLE_SITE else true()
    counts = {name: count or 0 for name, count in db.session.execute(_sums(mine)).mappings().one().items()}
    days = _days_to_response(mine)
    data: dict[str, Any] = {**counts, "median_days": median(days) if days else None, "median_n": len(days)}
    data["categories"] = data["silent"] = None
    if subject == WHOLE_SITE:
        by_category = select(Letter.category, func.count().label("letters")).where(listed()).group_by(Letter.category)
        data["categories"] = {row.category: row.letters for row in db.session.execute(by_category)}
        data["silent"] = _silent()
    return data


def _sums(mine: ColumnElement[bool]) -> Any:
    def number(condition: ColumnElement[bool]) -> Any:
        return func.sum(case((condition, 1), else_=0))

    return (
        select(
            func.count(Case.letter_id.distinct()).label("letters"),
            func.count(Case.id).label("cases"),
            func.count(case((Case.response != ResponseState.ANSWERED, Case.letter_id)).distinct()).label("waiting"),
            number(Case.outcome == Outcome.SOLVED).label("solved"),
            number(Case.outcome == Outcome.PARTLY).label("partly"),
            number(Case.outcome == Outcome.NOT_SOLVED).label("not_solved"),
            number(Case.outcome == Outcome.UNCONFIRMED).label("unconfirmed"),
        )
        .join(Letter, Letter.id == Case.letter_id)
        .where(listed(), mine)
    )


def _days_to_response(mine: ColumnElement[bool]) -> list[int]:
    found = db.session.execute(
        select(Case.id, Letter.category, Case.started_at, Case.answered_at)
        .join(Letter, Letter.id == Case.letter_id)
        .where(listed(), mine, Case.answered_at.is_not(None), Case.started_at.is_not(None))
        .order_by(Case.answered_at.desc())
        .limit(MOST_SAMPLED)
    ).all()
    stops = stops_of([one.id for one in found])
    return [clock(one.category, one.started_at, one.answered_at, stops[one.id]).used for one in found]


def _silent() -> list[dict[str, str]]:
    found = db.session.execute(
        select(Merchant.name, Merchant.slug, Letter.category, Case.started_at)
        .join(Case, Case.merchant_id == Merchant.id)
        .join(Letter, Letter.id == Case.letter_id)
        .where(listed(), silent_condition())
        .order_by(Case.started_at, Case.id)
        .limit(SILENT_SCANNED)
    )
    oldest: dict[str, dict[str, str]] = {}
    for one in found:
        oldest.setdefault(one.slug, {"name": one.name, "slug": one.slug, "since": one.started_at.isoformat(), "category": one.category})
    return list(oldest.values())[:MOST_SILENT]


def _shown(data: dict[str, Any]) -> Counted:
    now = utcnow()
    silent = tuple(
        Silent(one["name"], one["slug"], clock(one["category"], datetime.fromisoformat(one["since"]), now).used)
        for one in data["silent"] or ()
    )
    return Counted(**{**data, "categories": data["categories"] or {}, "silent": silent})
