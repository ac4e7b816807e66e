"""The count of a clock day by day, as anybody can check it with a calendar."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from holidays import country_holidays

from forum.config import settings
from forum.core.case_clock import History, Terms, reading
from forum.core.clock import SATURDAY

MOST_DAYS = 120
"""Calendar days that are listed one by one; what comes after them is told in one line."""


class Why(StrEnum):
    """Why a day counts or does not."""

    START = "start"
    COUNTS = "counts"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    QUESTION = "question"
    AWAY = "away"


@dataclass(frozen=True)
class Day:
    """One calendar day: `number` is the working day that it is, or that had passed; `holiday` its name."""

    day: date
    why: Why
    number: int
    holiday: str = ""


@dataclass(frozen=True)
class Count:
    """The days of a clock; `more` calendar days after the last one hold `more_working` that count."""

    days: tuple[Day, ...]
    more: int
    more_working: int


def count(history: History, until: date, terms: Terms) -> Count:
    """Return the days from the start to `until` or the answer, each with its reason; agrees with `case_clock.reading`."""
    end = until if history.ended is None else min(until, history.ended)
    found = reading(history, until, terms)
    standing: dict[date, Why] = {}
    for stop in found.stops:
        for number in range(1, (stop.last - stop.since).days + 1):
            standing.setdefault(stop.since + timedelta(days=number), Why.AWAY if stop.away else Why.QUESTION)
    days = [Day(history.started, Why.START, 0, holiday_name(history.started))]
    used = 0
    for number in range(1, (end - history.started).days + 1):
        day = history.started + timedelta(days=number)
        if day.weekday() >= SATURDAY:
            why = Why.WEEKEND
        elif day in terms.holidays:
            why = Why.HOLIDAY
        else:
            why = standing.get(day, Why.COUNTS)
        used += why is Why.COUNTS
        days.append(Day(day, why, used, holiday_name(day)))
    rest = days[MOST_DAYS:]
    return Count(tuple(days[:MOST_DAYS]), len(rest), sum(day.why is Why.COUNTS for day in rest))


def holiday_name(day: date) -> str:
    """Return the Indonesian name of a public holiday, "" of another day; the operator's own days bear no name."""
    return _names(day.year).get(day, "")


@lru_cache(maxsize=16)
def _names(year: int) -> dict[date, str]:
    return dict(country_holidays("ID", years=year, categories=("public",), language="id"))


def is_own_holiday(day: date) -> bool:
    """Whether the day is off because the operator said so."""
    return day in settings().extra_holidays and not holiday_name(day)
