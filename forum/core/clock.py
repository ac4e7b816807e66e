"""Time as letters count it: working days by the calendar date where the site is, never by hours."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache

from holidays import country_holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class ClockState(StrEnum):
    """How far a case's clock has run; derived, never stored."""

    ON_TIME = "on_time"
    ACKNOWLEDGE_LATE = "acknowledge_late"
    LATE = "late"
    VERY_LATE = "very_late"


def utcnow() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def local_date(moment: datetime, tz: tzinfo) -> date:
    """The calendar date of an aware moment in the zone; raises ValueError on a naive one."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    return moment.astimezone(tz).date()


@lru_cache(maxsize=256)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("ID", years=year, categories=("public",)))


@dataclass(frozen=True)
class HolidayCalendar:
    """Indonesia's public holidays (library `holidays`, 1946 to 2100) and the operator's extra dates, as `date in calendar`."""

    extra: frozenset[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (day in self.extra or day in _public_holidays(day.year))


def indonesian_holidays(extra: Iterable[date] = ()) -> HolidayCalendar:
    """The calendar with the operator's extra dates (joint leave, regional days)."""
    return HolidayCalendar(frozenset(extra))


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Monday to Friday and no holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def working_days_between(start: date, end: date, holidays: Container[date]) -> int:
    """Working days after `start` up to and including `end`: the start is day 0; 0 when the end is not later."""
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


def add_working_days(start: date, days: int, holidays: Container[date]) -> date:
    """The date on which `days` working days have passed since `start`; raises ValueError when `days` is negative.

    With 0 days it is the start itself, even on a day off.
    """
    if days < 0:
        raise ValueError("days must not be negative")
    day = start
    while days:
        day += ONE_DAY
        days -= is_working_day(day, holidays)
    return day


def clock_state(used: int, acknowledge: int, answer: int, very_late: int) -> ClockState:
    """What a number of working days means; each limit is the last day that is still in time."""
    if used > very_late:
        return ClockState.VERY_LATE
    if used > answer:
        return ClockState.LATE
    if used > acknowledge:
        return ClockState.ACKNOWLEDGE_LATE
    return ClockState.ON_TIME
