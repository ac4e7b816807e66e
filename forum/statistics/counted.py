"""Figures as pages show them: shares with n and interval, days with those that still wait, the curve, the months."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from forum.core.clock import utcnow
from forum.letters.clocks import clock
from forum.statistics.measures import RATES
from forum.statistics.models import WHOLE_SITE
from forum.statistics.rates import FEWEST_TO_RANK, Rate, rate


@dataclass(frozen=True)
class Silent:
    """A business and the working days that its oldest unanswered case has waited."""

    name: str
    slug: str
    days: int


@dataclass(frozen=True)
class Days:
    """A quantile of the working days to the first response: `days`, or more than `longest` where the curve does not reach it."""

    days: int | None
    longest: int
    answered: int
    waiting: int

    @property
    def n(self) -> int:
        """The cases behind it, answered and waiting."""
        return self.answered + self.waiting


@dataclass(frozen=True)
class Part:
    """The figures of one span of time: "year" is the last twelve whole months and the present one."""

    span: str
    counts: dict[str, int]
    curve: dict[str, Any]

    def __getitem__(self, measure: str) -> int:
        return self.counts[measure]

    def rate(self, name: str) -> Rate:
        """Return one of RATES."""
        part, whole = RATES[name]
        return rate(self.counts[part], self.counts[whole])

    @property
    def median(self) -> Days:
        return self._days("median")

    @property
    def ninth(self) -> Days:
        """The 90th percentile."""
        return self._days("ninth")

    def _days(self, name: str) -> Days:
        return Days(self.curve[name], self.curve["longest"], self.curve["answered"], self.curve["waiting"])

    @property
    def ranks(self) -> bool:
        """Whether there are enough cases to compare with others."""
        return self.counts["cases"] >= FEWEST_TO_RANK


@dataclass(frozen=True)
class Month:
    """The letters of one month and the states of their cases."""

    month: int  # 202611
    counts: dict[str, int]

    @property
    def first(self) -> date:
        return date(self.month // 100, self.month % 100, 1)


@dataclass(frozen=True)
class Compared:
    """A business in the table of a category; its cases in this category alone."""

    merchant_id: int
    cases: int
    in_time: Rate
    of_rated: Rate
    of_all: Rate
    median: Days
    ninth: Days


@dataclass(frozen=True)
class Counted:
    """Figures over the cases of public letters: published, and neither withdrawn nor taken down.

    A letter about two businesses is two cases. Every figure is a condition of `measures.MEASURES`, which the list of its
    letters asks as well; the page "How we count" tells them in words.
    """

    subject: str
    day: date
    counted_at: datetime | None  # when the worker began to count; None where nothing is kept yet
    on_the_way: bool  # there are too many letters to count them while a reader waits
    year: Part
    all: Part
    months: tuple[Month, ...]
    letters: int
    waiting: int  # letters that wait for a response
    categories: dict[str, int]
    silent: tuple[Silent, ...]
    compared: tuple[Compared, ...]

    def part(self, span: str) -> Part:
        """Return the figures of "year" or "all"."""
        return self.year if span == "year" else self.all


def shown(
    subject: str, data: dict[str, Any], day: date, counted_at: datetime | None = None, *, on_the_way: bool = False
) -> Counted:
    """Return kept figures as pages show them."""
    now = utcnow()
    whole = part_of("all", data["all"])
    return Counted(
        subject=subject,
        day=day,
        counted_at=counted_at,
        on_the_way=on_the_way,
        year=part_of("year", data["year"]),
        all=whole,
        months=tuple(Month(int(month), counts) for month, counts in sorted(data["months"].items())),
        letters=whole["letters"] if subject == WHOLE_SITE or subject.startswith("category:") else whole["cases"],
        waiting=data.get("waiting_letters", whole["unanswered"]),
        categories=data.get("categories") or {},
        silent=tuple(
            Silent(
                one["name"],
                one["slug"],
                clock(one["category"], datetime.fromisoformat(one["since"]), now, away=one["away"]).used,
            )
            for one in data.get("silent") or ()
        ),
        compared=tuple(_compared(one) for one in data.get("compared") or ()),
    )


def part_of(span: str, data: dict[str, Any]) -> Part:
    """Return kept figures of a span as they are shown."""
    return Part(span, {name: count for name, count in data.items() if name != "curve"}, data["curve"])


def _compared(data: dict[str, Any]) -> Compared:
    seen = (data["longest"], data["answered"], data["waiting"])
    return Compared(
        merchant_id=data["merchant"],
        cases=data["cases"],
        in_time=rate(data["in_time"], data["due"]),
        of_rated=rate(data["solved"], data["rated"]),
        of_all=rate(data["solved"], data["cases"]),
        median=Days(data["median"], *seen),
        ninth=Days(data["ninth"], *seen),
    )
