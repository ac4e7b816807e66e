"""By when what waits is to be decided, and the way back: from which moment on something waits that is due then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from forum.config import settings
from forum.core.clock import ONE_DAY, add_working_days, local_date
from forum.letters.clocks import calendar

AN_INSTANT = timedelta(microseconds=1)


class Deadline(Protocol):
    """The later something came in, the later it is due: so a list by deadline is one by arrival, within one kind."""

    by_day: bool

    def due(self, at: datetime) -> datetime:
        """Return when something is late that has waited since `at`."""

    def not_before(self, due: datetime) -> datetime:
        """Return the first arrival that is late at `due` or later."""


@dataclass(frozen=True)
class Within:
    """So many hours after it came in."""

    hours: Callable[[], int]
    by_day = False

    def due(self, at: datetime) -> datetime:
        """Return the moment."""
        return at + timedelta(hours=self.hours())

    def not_before(self, due: datetime) -> datetime:
        """Return the moment so many hours before."""
        return due - timedelta(hours=self.hours())


@dataclass(frozen=True)
class WorkingDays:
    """At the end of so many working days after the day on which it came in."""

    days: Callable[[], int]
    by_day = True

    def due(self, at: datetime) -> datetime:
        """Return the midnight after the last day."""
        return self._end(local_date(at, settings().time_zone))

    def not_before(self, due: datetime) -> datetime:
        """Return the midnight before the first day that ends so late."""
        day = local_date(due, settings().time_zone)
        while self._end(day - ONE_DAY) >= due:
            day -= ONE_DAY
        return _midnight(day)

    def _end(self, day: date) -> datetime:
        return _midnight(add_working_days(day, self.days(), calendar()) + ONE_DAY)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), settings().time_zone).astimezone(UTC)
