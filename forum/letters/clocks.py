"""The clock of a case in working days, derived from dated events by one pure calculation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import lru_cache

from forum.config import settings
from forum.core.clock import (
    ClockState,
    HolidayCalendar,
    clock_state,
    days_used,
    due_date,
    indonesian_holidays,
    local_date,
)


@dataclass(frozen=True)
class Clock:
    """How far a case's clock has run; days are working days."""

    used: int
    acknowledge: int
    answer: int
    very_late: int
    state: ClockState
    stopped: bool
    due: date | None  # last day to answer in time; None while the clock stands


def calendar() -> HolidayCalendar:
    """Return the country's holidays and the operator's extra days."""
    return _calendar(settings().extra_holidays)


@lru_cache(maxsize=4)
def _calendar(extra: tuple[date, ...]) -> HolidayCalendar:
    return indonesian_holidays(extra)


def clock(
    category: str, started_at: datetime, until: datetime, stops: Iterable[tuple[datetime, datetime | None]] = ()
) -> Clock:
    """Return the clock of a case of this category that started at its letter's publication.

    `until` is now, or the moment of the first response; `stops` are the questions to the author (asked, resumed).
    """
    config = settings()
    zone = config.time_zone
    return _ran(
        local_date(started_at, zone),
        local_date(until, zone),
        tuple((local_date(asked, zone), local_date(resumed, zone) if resumed else None) for asked, resumed in stops),
        config.clock_days(category),
        config.extra_holidays,
        zone,
    )


@lru_cache(maxsize=20_000)
def _ran(
    started: date,
    until: date,
    stops: tuple[tuple[date, date | None], ...],
    limits: tuple[int, int, int],
    extra: tuple[date, ...],
    zone: tzinfo,
) -> Clock:
    """The clock between two dates: the same for all letters of these dates, so that a list counts each span once."""
    days = _calendar(extra)
    acknowledge, answer, very_late = limits
    begun, now = _noon(started, zone), _noon(until, zone)
    stood = tuple((_noon(asked, zone), _noon(resumed, zone) if resumed else None) for asked, resumed in stops)
    used = days_used(begun, now, stood, zone, days)
    return Clock(
        used=used,
        acknowledge=acknowledge,
        answer=answer,
        very_late=very_late,
        state=clock_state(used, *limits),
        stopped=any(resumed is None for _, resumed in stops),
        due=due_date(begun, answer, stood, zone, days),
    )


def _noon(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(12), zone)
