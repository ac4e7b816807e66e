"""The clock of a case: one pure function from dated facts to days used, state, stops and days due."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import cached_property

from forum.core.clock import ONE_DAY, ClockState, clock_state, is_working_day, local_date

MOST_STOPS = 2
"""Questions of a case that may stop its clock, whoever asks them."""
QUESTION_DAYS = 7
"""Calendar days that one question may stop the clock, unless the operator set another number."""


class Happening(StrEnum):
    """What a clock looks at; anything else that happens to a case does not move it."""

    STARTED = "started"
    REMOVED = "removed"  # withdrawn or taken down: nobody can answer
    REINSTATED = "reinstated"
    ACKNOWLEDGED = "acknowledged"
    ASKED = "asked"
    ANSWERED_BY_AUTHOR = "answered_by_author"
    LAPSED = "lapsed"
    RESPONDED = "responded"  # a response that counts
    BOILERPLATE = "boilerplate"  # a response that does not: the clock runs on


@dataclass(frozen=True)
class Fact:
    """One dated fact; `question` pairs a question with its end."""

    kind: Happening
    at: datetime
    question: int = 0


@dataclass(frozen=True)
class Terms:
    """What was agreed: working days to acknowledge, to answer and until very late; what a question may stop."""

    acknowledge: int
    answer: int
    very_late: int
    zone: tzinfo
    holidays: Container[date]
    question_days: int = QUESTION_DAYS
    most_stops: int = MOST_STOPS


@dataclass(frozen=True)
class Stop:
    """Days on which the clock stood: those after `since` up to and including `last`.

    `at` is the working day that had passed, `days` how many working days stood that no earlier stop holds.
    """

    since: date
    last: date
    at: int
    days: int
    away: bool = False  # the letter was out of print; else a question to the author


@dataclass(frozen=True)
class History:
    """The facts of a clock as calendar dates where the site is; pairs are (since, until or None while it lasts)."""

    started: date
    acknowledged: date | None = None
    ended: date | None = None
    questions: tuple[tuple[date, date | None], ...] = ()
    away: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True)
class Reading:
    """How far a clock has run; days are working days, dates are calendar dates where the site is."""

    used: int
    used_to_acknowledge: int
    state: ClockState
    stopped: bool  # no date is due while it stands
    stops: tuple[Stop, ...]
    acknowledge_due: date | None  # last day to acknowledge in time
    due: date | None  # last day to answer in time
    very_late_from: date | None  # first day on which it is very late

    @cached_property
    def stopped_days(self) -> int:
        """Working days on which the clock stood, each once."""
        return sum(stop.days for stop in self.stops)


def read(facts: Iterable[Fact], until: datetime, terms: Terms) -> Reading | None:
    """Return the clock at a moment from dated facts in any order, None while nothing has started it.

    Day 0 is the day of the start. The days after a question up to and including the day of its end do not count, nor the
    days on which the letter was out of print; a question stops at most `question_days`, `most_stops` of them stop at all,
    a day in two stops is left out once. The first response that counts ends it.
    """
    known = [fact for fact in facts if fact.at <= until]
    history = history_of(known, terms.zone)
    return (
        None
        if history is None
        else reading(history, local_date(until, terms.zone), terms, stopped=stands(known, until, terms))
    )


def history_of(facts: Iterable[Fact], zone: tzinfo) -> History | None:
    """Return the dates that matter of facts in any order, None when nothing started the clock."""
    ordered = sorted(facts, key=_order)
    days: dict[Happening, list[date]] = {kind: [] for kind in Happening}
    for fact in ordered:
        days[fact.kind].append(local_date(fact.at, zone))
    if not days[Happening.STARTED]:
        return None
    received = [
        *days[Happening.ACKNOWLEDGED],
        *days[Happening.ASKED],
        *days[Happening.RESPONDED],
        *days[Happening.BOILERPLATE],
    ]
    return History(
        started=days[Happening.STARTED][0],
        acknowledged=min(received, default=None),
        ended=min(days[Happening.RESPONDED], default=None),
        questions=tuple(
            (local_date(asked, zone), local_date(ended, zone) if ended else None)
            for asked, ended in _questions(ordered)
        ),
        away=tuple((local_date(gone, zone), local_date(back, zone) if back else None) for gone, back in _away(ordered)),
    )


def _order(fact: Fact) -> tuple[datetime, int, str]:
    return fact.at, fact.question, fact.kind


def _questions(ordered: Sequence[Fact]) -> Iterator[tuple[datetime, datetime | None]]:
    """Each question once, with its earliest end."""
    asked: dict[int, datetime] = {}
    ended: dict[int, datetime] = {}
    for fact in ordered:
        if fact.kind is Happening.ASKED:
            asked.setdefault(fact.question, fact.at)
        elif fact.kind in {Happening.ANSWERED_BY_AUTHOR, Happening.LAPSED}:
            ended.setdefault(fact.question, fact.at)
    for number, at in asked.items():
        yield at, ended.get(number)


def _away(ordered: Sequence[Fact]) -> Iterator[tuple[datetime, datetime | None]]:
    gone: datetime | None = None
    for fact in ordered:
        if fact.kind is Happening.REMOVED and gone is None:
            gone = fact.at
        elif fact.kind is Happening.REINSTATED and gone is not None:
            yield gone, fact.at
            gone = None
    if gone is not None:
        yield gone, None


def stands(facts: Sequence[Fact], until: datetime, terms: Terms) -> bool:
    """Whether the clock stands at the moment: a counting question is open and younger than it may be, or the letter is away."""
    ordered = sorted(facts, key=_order)
    started = min((fact.at for fact in ordered if fact.kind is Happening.STARTED), default=until)
    ended = min((fact.at for fact in ordered if fact.kind is Happening.RESPONDED), default=None)
    if ended is not None:
        return False
    questions = [
        pair for pair in _questions(ordered) if local_date(pair[0], terms.zone) >= local_date(started, terms.zone)
    ]
    return stand_at(questions, list(_away(ordered)), until, terms)


def stand_at(
    questions: Iterable[tuple[datetime, datetime | None]],
    away: Iterable[tuple[datetime, datetime | None]],
    until: datetime,
    terms: Terms,
) -> bool:
    """Whether one of these questions (in their order) or absences keeps the clock still at the moment."""
    longest = timedelta(days=terms.question_days)
    counted = list(questions)[: terms.most_stops]
    return any(asked <= until < min(ended or until + ONE_DAY, asked + longest) for asked, ended in counted) or any(
        gone <= until and (back is None or until < back) for gone, back in away
    )


def reading(history: History, until: date, terms: Terms, *, stopped: bool = False) -> Reading:
    """Return the clock on a day; `stopped` says that it stands at the moment, so that no day is due yet."""
    end = until if history.ended is None else min(until, history.ended)
    stops, standing = _stops(history, end, terms)
    used = _count(history.started, end, standing, terms)
    received = end if history.acknowledged is None else min(end, history.acknowledged)
    to_acknowledge = _count(history.started, received, standing, terms)
    late = clock_state(used, terms.acknowledge, terms.answer, terms.very_late)
    if late is ClockState.ACKNOWLEDGE_LATE and to_acknowledge <= terms.acknowledge:
        late = ClockState.ON_TIME
    due = _Due(history.started, standing, terms)
    return Reading(
        used=used,
        used_to_acknowledge=to_acknowledge,
        state=late,
        stopped=stopped,
        stops=stops,
        acknowledge_due=None if stopped else due.last(terms.acknowledge),
        due=None if stopped else due.last(terms.answer),
        very_late_from=None if stopped else due.last(terms.very_late) + ONE_DAY,
    )


def counted_questions(history: History, terms: Terms) -> list[tuple[date, date | None]]:
    """The questions that may stop the clock: the first ones since the start, however many there are."""
    asked = [pair for pair in history.questions if pair[0] >= history.started]
    return sorted(asked, key=lambda pair: pair[0])[: terms.most_stops]  # those of one day stay in their order


def _stops(history: History, end: date, terms: Terms) -> tuple[tuple[Stop, ...], frozenset[date]]:
    spans = [
        (asked, min(ended or end, asked + timedelta(days=terms.question_days)), False)
        for asked, ended in counted_questions(history, terms)
    ]
    spans += [(max(gone, history.started), back or end, True) for gone, back in history.away]
    stops: list[Stop] = []
    standing: set[date] = set()
    for since, last, away in sorted(spans):
        if since > end or last < since:
            continue
        fresh = set(_days_after(since, last)) - standing
        stood = {day for day in fresh if day <= end}
        at = _count(history.started, since, standing, terms)
        days = sum(is_working_day(day, terms.holidays) for day in stood)
        stops.append(Stop(since, max(since, min(last, end)), at, days, away))
        standing |= fresh
    return tuple(stops), frozenset(standing)


def _count(start: date, end: date, standing: Container[date], terms: Terms) -> int:
    return sum(day not in standing and is_working_day(day, terms.holidays) for day in _days_after(start, end))


def _days_after(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=number) for number in range(1, (end - start).days + 1))


class _Due:
    """Finds the last day on which a number of working days is not exceeded; asked for rising numbers, it walks once."""

    def __init__(self, start: date, standing: Container[date], terms: Terms) -> None:
        self._day, self._used, self._standing, self._terms = start, 0, standing, terms

    def last(self, days: int) -> date:
        while True:
            following = self._day + ONE_DAY
            if following not in self._standing and is_working_day(following, self._terms.holidays):
                if self._used == days:
                    return self._day
                self._used += 1
            self._day = following
