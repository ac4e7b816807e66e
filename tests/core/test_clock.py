"""Working days, holidays, zones and the clock of a case."""

from collections.abc import Container
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core import clock
from forum.core.case_clock import Fact, Happening, Terms, read
from forum.core.clock import ClockState

WIB, WITA, WIT = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))
CALENDAR = clock.indonesian_holidays()
NONE: frozenset[date] = frozenset()



def wib(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=WIB)


def test_utcnow_is_aware() -> None:
    assert clock.utcnow().utcoffset() == timedelta(0)


def test_local_date_turns_at_local_midnight() -> None:
    moment = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)
    assert [clock.local_date(moment, zone).day for zone in (WIB, WITA, WIT)] == [1, 1, 2]
    assert clock.local_date(datetime(2026, 3, 1, 16, 30, tzinfo=UTC), WITA).day == 2
    with pytest.raises(ValueError, match="naive"):
        clock.local_date(datetime(2026, 3, 1), WIB)


def test_public_holidays_are_no_working_days() -> None:
    assert date(2026, 8, 17) in CALENDAR
    assert date(2026, 5, 1) in CALENDAR
    assert date(2026, 8, 18) not in CALENDAR
    assert date(2026, 3, 23) not in CALENDAR, "joint leave counts as work unless the operator adds it"
    assert date(2026, 3, 23) in clock.indonesian_holidays([date(2026, 3, 23)])
    assert "2026-08-17" not in CALENDAR


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ((2026, 8, 10), (2026, 8, 10), 0),
        ((2026, 8, 10), (2026, 8, 11), 1),
        ((2026, 8, 14), (2026, 8, 17), 0),  # Friday to a Monday that is a holiday
        ((2026, 8, 14), (2026, 8, 18), 1),
        ((2026, 8, 17), (2026, 8, 18), 1),  # published on a holiday
        ((2026, 8, 15), (2026, 8, 16), 0),  # a weekend
        ((2026, 8, 18), (2026, 8, 14), 0),  # the wrong way round
        ((2026, 8, 3), (2026, 8, 31), 18),  # 17 and 25 August are holidays
    ],
)
def test_working_days_between(start: tuple[int, int, int], end: tuple[int, int, int], days: int) -> None:
    assert clock.working_days_between(date(*start), date(*end), CALENDAR) == days


def test_add_working_days() -> None:
    assert clock.add_working_days(date(2026, 8, 14), 1, CALENDAR) == date(2026, 8, 18)
    assert clock.add_working_days(date(2026, 8, 15), 0, CALENDAR) == date(2026, 8, 15)
    with pytest.raises(ValueError, match="negative"):
        clock.add_working_days(date(2026, 8, 14), -1, CALENDAR)


@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.integers(0, 60))
def test_adding_and_counting_agree(start: date, days: int) -> None:
    assert clock.working_days_between(start, clock.add_working_days(start, days, CALENDAR), CALENDAR) == days


def terms(zone: ZoneInfo = WIB, holidays: Container[date] = NONE, **more: int) -> Terms:
    return Terms(5, 10, 20, zone=zone, holidays=holidays, **more)


def life(start: datetime, *stops: tuple[datetime, datetime | None]) -> list[Fact]:
    facts = [Fact(Happening.STARTED, start)]
    for number, (asked, ended) in enumerate(stops, start=1):
        facts.append(Fact(Happening.ASKED, asked, number))
        if ended:
            facts.append(Fact(Happening.ANSWERED_BY_AUTHOR, ended, number))
    return facts


def used(until: datetime, *stops: tuple[datetime, datetime | None]) -> int:
    found = read(life(wib(2026, 9, 1), *stops), until, terms())
    assert found is not None
    return found.used


def test_stop_days_do_not_count() -> None:
    now = wib(2026, 9, 11)
    assert used(now) == 8
    stop = (wib(2026, 9, 2), wib(2026, 9, 4))
    assert used(now, stop) == 6
    assert used(now, stop, stop) == 6, "twice the same is once"
    assert used(now, (wib(2026, 9, 3), wib(2026, 9, 8)), stop) == 4
    assert used(now, (wib(2026, 9, 4), None)) == 3, "it still stands"
    assert used(now, (wib(2026, 9, 2), None)) == 3, "it stands for seven days at most"
    assert used(now, (wib(2026, 9, 2, 9), wib(2026, 9, 2, 17))) == 8
    assert used(now, (wib(2026, 9, 5, 9), wib(2026, 9, 6, 17))) == 8, "a weekend"
    assert used(now, (wib(2026, 9, 9), wib(2026, 9, 30))) == 6, "resumed later than now"
    assert used(now, (wib(2026, 8, 1), wib(2026, 8, 20))) == 8, "before publication"
    assert used(now, (wib(2026, 9, 4), wib(2026, 9, 2))) == 8, "resumed before asked"


def test_only_the_first_two_questions_stop_it() -> None:
    stops = [(wib(2026, 9, day), wib(2026, 9, day + 1)) for day in (2, 8, 10)]
    assert used(wib(2026, 9, 11), *stops) == used(wib(2026, 9, 11), *stops[:2]) == 6


def test_days_out_of_print_do_not_count_however_many() -> None:
    away = [Fact(Happening.REMOVED, wib(2026, 9, 2)), Fact(Happening.REINSTATED, wib(2026, 10, 2))]
    start = [Fact(Happening.STARTED, wib(2026, 9, 1))]
    back, gone = read([*start, *away], wib(2026, 10, 5), terms()), read([*start, away[0]], wib(2026, 10, 5), terms())
    assert back is not None
    assert gone is not None
    assert (back.used, back.stopped, gone.used, gone.stopped) == (2, False, 1, True)


def test_an_answer_ends_it_and_boilerplate_does_not() -> None:
    start = Fact(Happening.STARTED, wib(2026, 9, 1))
    for kind, expected in ((Happening.RESPONDED, 2), (Happening.BOILERPLATE, 8)):
        found = read([start, Fact(kind, wib(2026, 9, 3))], wib(2026, 9, 11), terms())
        assert found is not None
        assert (found.used, found.used_to_acknowledge) == (expected, 2)


def test_no_due_date_while_the_clock_stands() -> None:
    facts = life(wib(2026, 9, 1), (wib(2026, 9, 2), None))
    standing, over = read(facts, wib(2026, 9, 9, 9), terms()), read(facts, wib(2026, 9, 9, 11), terms())
    assert standing is not None
    assert over is not None
    assert (standing.stopped, standing.due) == (True, None)
    assert (over.stopped, over.due) == (False, date(2026, 9, 22)), "seven days later to the minute it runs again"


def test_what_was_never_published_has_no_clock() -> None:
    assert read([Fact(Happening.ASKED, wib(2026, 9, 1), 1)], wib(2026, 9, 9), terms()) is None


@pytest.mark.parametrize(
    ("used", "state"),
    [
        (0, ClockState.ON_TIME),
        (5, ClockState.ON_TIME),
        (6, ClockState.ACKNOWLEDGE_LATE),
        (10, ClockState.ACKNOWLEDGE_LATE),
        (11, ClockState.LATE),
        (20, ClockState.LATE),
        (21, ClockState.VERY_LATE),
    ],
)
def test_clock_state(used: int, state: ClockState) -> None:
    assert clock.clock_state(used, 5, 10, 20) is state
