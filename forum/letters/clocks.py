"""The clock of a case with the terms of its category: the columns of a case, or its events, read by `core.case_clock`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache

from forum.config import settings
from forum.core.case_clock import Fact, History, Reading, Stop, Terms, read, reading, stand_at
from forum.core.clock import ClockState, HolidayCalendar, indonesian_holidays, local_date

Pair = tuple[datetime, datetime | None]
Absence = Sequence[str | None]  # of `Letter.absences`: ISO moments (removed, reinstated or None)


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
    acknowledge_due: date | None = None  # last day to say that the letter was received
    very_late_from: date | None = None
    used_to_acknowledge: int = 0
    stops: tuple[Stop, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether the days to answer are exceeded."""
        return self.state in {ClockState.LATE, ClockState.VERY_LATE}

    @property
    def stopped_days(self) -> int:
        """Working days on which the clock stood, each once."""
        return sum(stop.days for stop in self.stops)


def calendar() -> HolidayCalendar:
    """Return the country's holidays and the operator's extra days."""
    return _calendar(settings().extra_holidays)


@lru_cache(maxsize=4)
def _calendar(extra: tuple[date, ...]) -> HolidayCalendar:
    return indonesian_holidays(extra)


def terms_of(category: str) -> Terms:
    """Return what holds for letters of this category."""
    config = settings()
    return _terms(config.clock_days(category), config.extra_holidays, config.time_zone, config.question_days)


@lru_cache(maxsize=256)
def _terms(limits: tuple[int, int, int], extra: tuple[date, ...], zone: tzinfo, question_days: int) -> Terms:
    return Terms(*limits, zone=zone, holidays=_calendar(extra), question_days=question_days)


def clock(
    category: str,
    started_at: datetime,
    until: datetime,
    stops: Iterable[Pair] = (),
    *,
    acknowledged_at: datetime | None = None,
    away: Iterable[Absence] = (),
) -> Clock:
    """Return the clock of a case of this category that started at its letter's publication.

    `until` is now, or the moment of the first response; `stops` are the questions to the author that count (asked,
    resumed), in any order; `away` the times in which the letter was out of print.
    """
    terms, zone = terms_of(category), settings().time_zone
    first = local_date(started_at, zone)
    asked = sorted(
        ((begun, ended if ended and ended <= until else None) for begun, ended in stops if begun <= until),
        key=lambda pair: (pair[0], pair[1] is None, pair[1] or pair[0]),
    )
    gone = [(datetime.fromisoformat(str(one[0])), datetime.fromisoformat(one[1]) if one[1] else None) for one in away]
    stopped = bool(asked or gone) and stand_at(
        [pair for pair in asked if local_date(pair[0], zone) >= first], gone, until, terms
    )
    return _ran(
        History(
            started=first,
            acknowledged=local_date(acknowledged_at, zone) if acknowledged_at else None,
            questions=_dates(asked, zone),
            away=_dates(gone, zone),
        ),
        local_date(until, zone),
        settings().clock_days(category),
        settings().extra_holidays,
        zone,
        settings().question_days,
        stopped,
    )


def clock_of_facts(category: str, facts: Iterable[Fact], until: datetime) -> Clock | None:
    """Return the same clock from dated facts in any order, None while nothing has started it."""
    terms = terms_of(category)
    found = read(facts, until, terms)
    return None if found is None else _clock(found, terms)


def _dates(pairs: Iterable[Pair], zone: tzinfo) -> tuple[tuple[date, date | None], ...]:
    return tuple((local_date(begun, zone), local_date(ended, zone) if ended else None) for begun, ended in pairs)


@lru_cache(maxsize=20_000)
def _ran(
    history: History,
    until: date,
    limits: tuple[int, int, int],
    extra: tuple[date, ...],
    zone: tzinfo,
    question_days: int,
    stopped: bool,
) -> Clock:
    """The clock between two dates: the same for all letters of these dates, so that a list counts each span once."""
    terms = _terms(limits, extra, zone, question_days)
    return _clock(reading(history, until, terms, stopped=stopped), terms)


def _clock(found: Reading, terms: Terms) -> Clock:
    return Clock(
        used=found.used,
        acknowledge=terms.acknowledge,
        answer=terms.answer,
        very_late=terms.very_late,
        state=found.state,
        stopped=found.stopped,
        due=found.due,
        acknowledge_due=found.acknowledge_due,
        very_late_from=found.very_late_from,
        used_to_acknowledge=found.used_to_acknowledge,
        stops=found.stops,
    )
