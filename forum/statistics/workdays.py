"""Working days as one running number, so that a database can tell how long a case waits without knowing a holiday."""

from datetime import date, timedelta
from functools import lru_cache

from forum.config import settings
from forum.core.clock import local_date, utcnow, working_days_between
from forum.letters.clocks import calendar

BEGIN = date(2000, 1, 1)


def today() -> date:
    """Return the date where the site is."""
    return local_date(utcnow(), settings().time_zone)


def number(day: date) -> int:
    """Return how many working days there were since BEGIN; two of them differ by what a running clock counts between."""
    return _number(day, settings().extra_holidays)


@lru_cache(maxsize=4_096)
def _number(day: date, extra: tuple[date, ...]) -> int:
    if day <= BEGIN:
        return 0
    last_year = date(day.year - 1, 12, 31)
    if last_year <= BEGIN:
        return working_days_between(BEGIN, day, calendar())
    return _number(last_year, extra) + working_days_between(last_year, day, calendar())


def month(day: date) -> int:
    """Return the month as a number, 202611."""
    return day.year * 100 + day.month


def first_month(day: date) -> int:
    """Return the first of the twelve whole months before that of this day."""
    return (day.year - 1) * 100 + day.month


def months(day: date) -> list[int]:
    """Return the twelve whole months before that of this day, and its own."""
    found, at = [], day.replace(day=1)
    for _ in range(13):
        found.append(month(at))
        at = (at - timedelta(days=1)).replace(day=1)
    return found[::-1]
