"""Counting a subject: the database groups its cases by what figures tell apart, a few hundred groups however many cases."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select, true

from forum.core.db import db
from forum.letters import categories
from forum.letters.lifecycle import Outcome
from forum.letters.models import Case, Letter
from forum.letters.queries import listed, silent_condition
from forum.merchants.models import Merchant
from forum.responses.models import Response
from forum.statistics import measures, survival, workdays
from forum.statistics.facts import Fact
from forum.statistics.lifecycle import Grain, Timing
from forum.statistics.measures import MEASURES, Day
from forum.statistics.models import WHOLE_SITE, CaseFact
from forum.statistics.rates import FEWEST_TO_RANK

CASE_COLUMNS = ("month", "listed", "lead", "timing", "outcome", "contest", "removal", "removed_by")
RESPONSE_COLUMNS = ("month", "listed", "promise", "copied", "counts")
BY_MONTH = ("letters", "cases", *measures.STATES)
EARLIER = 0
"""Stands for every month before the last twelve whole ones."""
LONGEST_DRAWN_DAYS = 60
MOST_COMPARED = 300
"""Businesses in the table of a category: those with the most cases."""
MOST_SILENT = 6
COMPARED_BY = ("cases", "due", "in_time", "solved", "rated", "confirmed")
SILENT_SCANNED = 300
"""The oldest waiting cases among which the businesses longest silent are looked for."""
_GRAINS = {Grain.CASE: CASE_COLUMNS, Grain.RESPONSE: RESPONSE_COLUMNS}


@dataclass
class Groups:
    """How many cases and responses are alike, and how many cases took (or wait) so many days."""

    cases: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    responses: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    days: Counter[tuple[bool, bool, int]] = field(default_factory=Counter)  # in the last months, answered, days
    waiting_letters: int = 0


def of_subject(subject: str) -> ColumnElement[bool]:
    """Return the condition of a subject's facts; raises ValueError for what is none."""
    kind, _, value = subject.partition(":")
    if subject == WHOLE_SITE:
        return true()
    if kind == "merchant" and value.isdecimal():
        return CaseFact.merchant_id == int(value)
    if kind == "category" and value in categories.all_keys():
        return CaseFact.category == value
    raise ValueError(subject)


def groups(subject: str, day: Day) -> Groups:
    """Return the groups of a subject, by the database."""
    mine, known = of_subject(subject), measures.columns(day)
    known["month"] = case((CaseFact.month >= day.first_month, CaseFact.month), else_=literal(EARLIER))
    found = Groups()
    columns = [known[name].label(name) for name in CASE_COLUMNS]
    for row in db.session.execute(select(*columns, func.count()).where(mine).group_by(*columns)):
        found.cases[tuple(row[:-1])] += row[-1]
    columns = [known[name].label(name) for name in RESPONSE_COLUMNS]
    written = select(*columns, func.count()).join(Response, Response.case_id == CaseFact.case_id)
    for row in db.session.execute(written.where(mine, Response.hidden_at.is_(None)).group_by(*columns)):
        found.responses[(row[0], bool(row[1]), row[2], bool(row[3]), bool(row[4]))] += row[-1]
    recent, days = (CaseFact.month >= day.first_month).label("recent"), measures.used(day).label("used")
    counted = CaseFact.answered | CaseFact.notified
    watched: Any = select(recent, CaseFact.answered, days, func.count()).where(mine, CaseFact.listed, counted)
    for young, answered, used, count in db.session.execute(watched.group_by(recent, CaseFact.answered, days)):
        found.days[bool(young), answered, used] += count
    if subject == WHOLE_SITE:
        waits = select(func.count(CaseFact.letter_id.distinct())).where(CaseFact.listed, ~CaseFact.answered)
        found.waiting_letters = db.session.scalar(waits) or 0
    return found


def groups_of(known: Iterable[Fact], responses: Iterable[Any], day: Day) -> Groups:
    """Return the groups of these facts, and of responses as rows of Response's columns, one by one: slow, and the reference."""
    found, by_case = Groups(), {one.case_id: one for one in known}
    for one in by_case.values():
        note_case(found, one, day)
    found.waiting_letters = len({one.letter_id for one in by_case.values() if waits(one)})
    for response in responses:
        note_response(found, by_case[response.case_id], response, day)
    return found


def note_case(found: Groups, one: Fact, day: Day) -> None:
    """Put a case into its groups."""
    month = one.month if one.month >= day.first_month else EARLIER
    timing = one.timing(day.number)
    found.cases[month, one.listed, one.lead, timing, one.outcome, one.contest, one.removal, one.removed_by] += 1
    if one.listed and timing is not Timing.UNNOTIFIED:
        found.days[month != EARLIER, one.answered, one.used(day.number)] += 1


def note_response(found: Groups, one: Fact, response: Any, day: Day) -> None:
    """Put a response to this case, a row of Response's columns, into its group."""
    month = one.month if one.month >= day.first_month else EARLIER
    promise = measures.promise_of(response.promise_due, response.promise_verdict, day)
    found.responses[month, one.listed, promise, response.copies > 1, response.counts] += 1


def waits(one: Fact) -> bool:
    """Whether the letter of this case waits for a response to it."""
    return one.listed and not one.answered


def summed(found: Groups, day: Day) -> dict[str, Any]:
    """Return the figures of a subject as plain JSON: of the last twelve whole months and this one, of all time, by month."""
    months = {month: dict.fromkeys(BY_MONTH, 0) for month in workdays.months(day.date)}
    spans: dict[str, dict[str, Any]] = {span: dict.fromkeys(MEASURES, 0) for span in ("year", "all")}
    for grain, names in _GRAINS.items():
        counted = found.cases if grain is Grain.CASE else found.responses
        mine = {name: one for name, one in MEASURES.items() if one.grain is grain}
        for group, count in counted.items():
            values = dict(zip(names, group, strict=True))
            month = values["month"]
            for name, measure in mine.items():
                if not measure.holds(values):
                    continue
                spans["all"][name] += count
                if month != EARLIER:
                    spans["year"][name] += count
                    if name in months[month]:
                        months[month][name] += count
    for span, part in spans.items():
        part["curve"] = _curve(found.days, whole=span == "all")
    return {**spans, "months": {str(month): counts for month, counts in months.items()}}


def _curve(days: Mapping[tuple[bool, bool, int], int], *, whole: bool) -> dict[str, Any]:
    sides: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    for (recent, answered, used), count in days.items():
        if whole or recent:
            sides[answered][used] += count
    return curve_data(survival.curve(sides[True], sides[False]))


def curve_data(curve: survival.Curve) -> dict[str, Any]:
    """Return a curve as plain JSON, its steps as far as they are drawn."""
    return {
        "answered": curve.answered,
        "waiting": curve.waiting,
        "longest": curve.longest,
        "median": curve.quantile(0.5),
        "ninth": curve.quantile(0.9),
        "steps": [
            [one.day, round(one.share, 6), round(one.low, 6), round(one.high, 6), one.at_risk]
            for one in curve.steps
            if one.day <= LONGEST_DRAWN_DAYS
        ],
    }


@dataclass
class Alike:
    """The cases of one business in a category in the last months: how many are what, and how many took so many days."""

    counts: Counter[str] = field(default_factory=Counter)
    days: dict[bool, Counter[int]] = field(default_factory=lambda: {True: Counter(), False: Counter()})

    def note(self, timing: Timing, outcome: Outcome, used: int, count: int = 1) -> None:
        """Put cases that stand in print into it."""
        for name in COMPARED_BY:
            if MEASURES[name].holds({"listed": True, "timing": timing, "outcome": outcome}):
                self.counts[name] += count
        if timing != Timing.UNNOTIFIED:
            self.days[timing in measures.ANSWERED][used] += count

    def data(self, merchant_id: int) -> dict[str, Any]:
        """Return it as plain JSON."""
        curve = curve_data(survival.curve(self.days[True], self.days[False]))
        del curve["steps"]
        return {"merchant": merchant_id, **{name: self.counts[name] for name in COMPARED_BY}, **curve}


def compared(category: str, day: Day) -> list[dict[str, Any]]:
    """Return the businesses of a category with enough cases in it in the last months, those with the most first."""
    mine = (CaseFact.category == category, CaseFact.listed, CaseFact.month >= day.first_month)
    many = (
        select(CaseFact.merchant_id)
        .where(*mine)
        .group_by(CaseFact.merchant_id)
        .having(func.count() >= FEWEST_TO_RANK)
        .order_by(func.count().desc(), CaseFact.merchant_id)
        .limit(MOST_COMPARED)
    )
    order = list(db.session.scalars(many))
    if not order:
        return []
    known = measures.columns(day)
    columns = [
        CaseFact.merchant_id,
        known["timing"].label("timing"),
        CaseFact.outcome,
        measures.used(day).label("used"),
    ]
    found: defaultdict[int, Alike] = defaultdict(Alike)
    here = and_(*mine, CaseFact.merchant_id.in_(order))
    alike: Any = select(*columns, func.count()).where(here).group_by(*columns)
    for merchant_id, timing, outcome, used, count in db.session.execute(alike):
        found[merchant_id].note(timing, outcome, used, count)
    return [found[merchant_id].data(merchant_id) for merchant_id in order]


def compared_of(found: Mapping[int, Alike]) -> list[dict[str, Any]]:
    """Return the same of all businesses of a category, by number."""
    many = [one for one in found if found[one].counts["cases"] >= FEWEST_TO_RANK]
    order = sorted(many, key=lambda one: (-found[one].counts["cases"], one))[:MOST_COMPARED]
    return [found[merchant_id].data(merchant_id) for merchant_id in order]


def silent() -> list[dict[str, Any]]:
    """Return the businesses longest silent, each with the case that waits longest; who was never told is not silent."""
    found = db.session.execute(
        select(Merchant.name, Merchant.slug, Letter.category, Letter.absences, Case.started_at)
        .join(Case, Case.merchant_id == Merchant.id)
        .join(Letter, Letter.id == Case.letter_id)
        .where(listed(), silent_condition())
        .order_by(Case.started_at, Case.id)
        .limit(SILENT_SCANNED)
    )
    oldest: dict[str, dict[str, Any]] = {}
    for one in found:
        oldest.setdefault(
            one.slug,
            {
                "name": one.name,
                "slug": one.slug,
                "since": one.started_at.isoformat(),
                "category": one.category,
                "away": one.absences,
            },
        )
    return list(oldest.values())[:MOST_SILENT]


def by_category() -> dict[str, int]:
    """Return how many public letters each category holds."""
    found = select(Letter.category, func.count().label("letters")).where(listed()).group_by(Letter.category)
    return {row.category: row.letters for row in db.session.execute(found)}
