"""Working days, holidays, zones and the clock of a case."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core import clock
from forum.core.clock import ClockState

WIB, WITA, WIT = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))
CALENDAR = clock.indonesian_holidays()
NONE: frozenset[date] = frozenset()

moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
stops_of_a_case = st.lists(st.tuples(moments, st.none() | moments), max_size=6)
zones = st.sampled_from([WIB, WITA, WIT])


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


def test_stop_days_do_not_count() -> None:
    published, now = wib(2026, 9, 1), wib(2026, 9, 11)
    assert clock.days_used(published, now, [], WIB, NONE) == 8
    stop = (wib(2026, 9, 2), wib(2026, 9, 4))
    assert clock.days_used(published, now, [stop], WIB, NONE) == 6
    assert clock.days_used(published, now, [stop, stop], WIB, NONE) == 6, "twice the same is once"
    assert clock.days_used(published, now, [(wib(2026, 9, 3), wib(2026, 9, 8)), stop], WIB, NONE) == 4
    assert clock.days_used(published, now, [(wib(2026, 9, 2), None)], WIB, NONE) == 1, "it still stands"
    assert clock.days_used(published, now, [(wib(2026, 9, 2, 9), wib(2026, 9, 2, 17))], WIB, NONE) == 8
    assert clock.days_used(published, now, [(wib(2026, 9, 5, 9), wib(2026, 9, 6, 17))], WIB, NONE) == 8, "a weekend"
    assert clock.days_used(published, now, [(wib(2026, 9, 9), wib(2026, 9, 30))], WIB, NONE) == 6, (
        "resumed later than now"
    )
    assert clock.days_used(published, now, [(wib(2026, 8, 1), wib(2026, 8, 20))], WIB, NONE) == 8, "before publication"
    assert clock.days_used(published, now, [(wib(2026, 9, 4), wib(2026, 9, 2))], WIB, NONE) == 8, "resumed before asked"


def test_the_zone_decides_which_day_counts() -> None:
    published, now = datetime(2026, 9, 1, 3, tzinfo=UTC), datetime(2026, 9, 1, 15, 30, tzinfo=UTC)
    assert [clock.days_used(published, now, [], zone, NONE) for zone in (WIB, WITA, WIT)] == [0, 0, 1]


@given(moments, moments, stops_of_a_case, zones)
def test_a_stop_never_makes_it_later(
    started: datetime, now: datetime, stops: list[tuple[datetime, datetime | None]], zone: ZoneInfo
) -> None:
    used = clock.days_used(started, now, stops, zone, CALENDAR)
    assert 0 <= used <= clock.days_used(started, now, stops[:-1], zone, CALENDAR)
    assert used == clock.days_used(started, now, stops[::-1], zone, CALENDAR)
    assert used <= clock.days_used(started, now + timedelta(days=1), stops, zone, CALENDAR) <= used + 1


finished = st.lists(st.tuples(moments, moments), max_size=4)


@given(moments, finished, zones, st.integers(0, 30))
def test_due_date_agrees_with_days_used(
    started: datetime, stops: list[tuple[datetime, datetime]], zone: ZoneInfo, days: int
) -> None:
    due = clock.due_date(started, days, stops, zone, CALENDAR)
    assert due is not None
    noon = datetime(due.year, due.month, due.day, 12, tzinfo=zone)
    assert clock.days_used(started, noon, stops, zone, CALENDAR) == days
    assert clock.days_used(started, noon + timedelta(days=1), stops, zone, CALENDAR) == days + 1


def test_no_due_date_while_the_clock_stands() -> None:
    assert clock.due_date(wib(2026, 9, 1), 10, [(wib(2026, 9, 2), None)], WIB, NONE) is None


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
