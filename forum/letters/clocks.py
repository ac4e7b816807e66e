"""The clock of a case in working days, derived from dated events by one pure calculation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from forum.config import settings
from forum.core.clock import (
    ClockState,
    HolidayCalendar,
    clock_state,
    days_used,
    due_date,
    indonesian_holidays,
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


def clock(started_at: datetime, until: datetime, stops: Iterable[tuple[datetime, datetime | None]] = ()) -> Clock:
    """Return the clock of a case that started at its letter's publication.

    `until` is now, or the moment of the first response; `stops` are the questions to the author (asked, resumed).
    """
    config = settings()
    days = calendar()
    zone = config.time_zone
    stops = tuple(stops)
    used = days_used(started_at, until, stops, zone, days)
    return Clock(
        used=used,
        acknowledge=config.acknowledge_days,
        answer=config.answer_days,
        very_late=config.very_late_days,
        state=clock_state(used, config.acknowledge_days, config.answer_days, config.very_late_days),
        stopped=any(resumed is None for _, resumed in stops),
        due=due_date(started_at, config.answer_days, stops, zone, days),
    )

