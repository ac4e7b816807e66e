"""The clock of a case holds its promises whatever happens, in whatever order it is told: 24,000 cases a run.

`pytest tests/core/test_clock_properties.py` runs them all; FORUM_CLOCK_EXAMPLES (of each property) makes it more or fewer.
"""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.core.case_clock import MOST_STOPS, Fact, Happening, Terms, read
from forum.core.clock import ClockState, indonesian_holidays, local_date, working_days_between

pytestmark = pytest.mark.pure

EXAMPLES = int(os.environ.get("FORUM_CLOCK_EXAMPLES", "2000"))
CALENDAR = indonesian_holidays([date(2026, 3, 23), date(2026, 12, 24)])
BEGIN = datetime(2026, 2, 1, tzinfo=UTC)
SPAN_MINUTES = 90 * 24 * 60
ZONES = [ZoneInfo(name) for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "UTC", "Pacific/Kiritimati")]
ENDS = [Happening.ANSWERED_BY_AUTHOR, Happening.LAPSED]
ONE_DAY = timedelta(days=1)

checked = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def moment(minutes: int) -> datetime:
    return BEGIN + timedelta(minutes=minutes)


moments = st.builds(moment, st.integers(0, SPAN_MINUTES))
starts = st.builds(moment, st.integers(0, SPAN_MINUTES // 4))
limits = st.tuples(st.integers(1, 12), st.integers(0, 12), st.integers(0, 12)).map(
    lambda parts: (parts[0], parts[0] + parts[1], sum(parts))
)
terms = st.builds(
    lambda limit, zone, days: Terms(*limit, zone=zone, holidays=CALENDAR, question_days=days),
    limits,
    st.sampled_from(ZONES),
    st.integers(1, 10),
)
others = st.lists(
    st.builds(
        Fact,
        st.sampled_from(
            [
                Happening.ACKNOWLEDGED,
                Happening.RESPONDED,
                Happening.BOILERPLATE,
                Happening.REMOVED,
                Happening.REINSTATED,
                Happening.STARTED,
            ]
        ),
        moments,
    ),
    max_size=4,
)
questions = st.lists(
    st.tuples(moments, st.lists(st.tuples(st.sampled_from(ENDS), moments), max_size=2)), max_size=4
).map(
    lambda asked: [
        fact
        for number, (at, ends) in enumerate(asked, start=1)
        for fact in [Fact(Happening.ASKED, at, number), *(Fact(kind, end, number) for kind, end in ends)]
    ]
)
lives = st.builds(lambda start, some, asked: [Fact(Happening.STARTED, start), *some, *asked], starts, others, questions)


def holds(*strategies):
    return lambda test: checked(given(*strategies)(test))


def reference(facts: list[Fact], until: datetime, agreed: Terms) -> tuple[int, int, ClockState] | None:
    """The same figures, day by day and in plain words: slow, and right at a glance. (used, to acknowledge, state)."""
    told = [fact for fact in facts if fact.at <= until]

    def on(fact):
        return local_date(fact.at, agreed.zone)

    started = [on(fact) for fact in told if fact.kind is Happening.STARTED]
    if not started:
        return None
    responses = [on(fact) for fact in told if fact.kind is Happening.RESPONDED]
    signs = (Happening.ACKNOWLEDGED, Happening.ASKED, Happening.RESPONDED, Happening.BOILERPLATE)
    received = [on(fact) for fact in told if fact.kind in signs]
    asked = [fact for fact in told if fact.kind is Happening.ASKED and on(fact) >= min(started)]
    asked = sorted(asked, key=lambda fact: (fact.at, fact.question))[:MOST_STOPS]

    def stands_on(day: date) -> bool:
        for question in asked:
            ends = [on(fact) for fact in told if fact.question == question.question and fact.kind in ENDS]
            last = min([*ends, on(question) + timedelta(days=agreed.question_days)])
            if on(question) < day <= last:
                return True
        return away_on(day)

    def away_on(day: date) -> bool:
        """Whether the letter was out of print when this day began, or is so all along."""
        moves = sorted(
            (fact for fact in told if fact.kind in {Happening.REMOVED, Happening.REINSTATED}),
            key=lambda f: (f.at, f.kind),
        )
        gone = False
        for fact in moves:
            if on(fact) >= day:
                break
            gone = fact.kind is Happening.REMOVED
        return gone

    used = to_acknowledge = 0
    day, last = min(started), local_date(until, agreed.zone)
    while day < last:
        day += ONE_DAY
        works = day.weekday() < 5 and day not in CALENDAR and not stands_on(day)
        if works and not (responses and day > min(responses)):
            used += 1
            if not (received and day > min(received)):
                to_acknowledge += 1
    state = ClockState.ON_TIME
    if to_acknowledge > agreed.acknowledge:
        state = ClockState.ACKNOWLEDGE_LATE
    if used > agreed.answer:
        state = ClockState.LATE
    if used > agreed.very_late:
        state = ClockState.VERY_LATE
    return used, to_acknowledge, state


@holds(lives, moments, terms)
def test_it_equals_a_slow_count_day_by_day(facts, until, agreed):
    found = read(facts, until, agreed)
    expected = reference(facts, until, agreed)
    assert (found and (found.used, found.used_to_acknowledge, found.state)) == expected


@holds(lives, moments, terms, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_told_does_not_matter(facts, until, agreed, random):
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert read(shuffled, until, agreed) == read(facts, until, agreed)
    assert read([*facts, *facts], until, agreed) == read(facts, until, agreed), "a fact told twice is one"


@holds(lives, moments, st.integers(0, 20 * 24 * 60), terms)
def test_it_never_runs_back_and_never_faster_than_working_days(facts, until, minutes, agreed):
    later = until + timedelta(minutes=minutes)
    before, after = read(facts, until, agreed), read(facts, later, agreed)
    if before is None or after is None:
        return
    passed = working_days_between(local_date(until, agreed.zone), local_date(later, agreed.zone), CALENDAR)
    assert before.used <= after.used <= before.used + passed
    assert before.used_to_acknowledge <= after.used_to_acknowledge <= after.used


@holds(lives, moments, terms)
def test_it_counts_no_more_than_the_working_days_since_the_start(facts, until, agreed):
    found = read(facts, until, agreed)
    if found is None:
        return
    start = min(fact.at for fact in facts if fact.kind is Happening.STARTED and fact.at <= until)
    between = working_days_between(local_date(start, agreed.zone), local_date(until, agreed.zone), CALENDAR)
    assert 0 <= found.used <= between
    if not any(fact.kind is Happening.RESPONDED and fact.at <= until for fact in facts):
        assert found.used + found.stopped_days == between, "each working day either counts or belongs to one stop"


@holds(starts, questions, moments, st.integers(1, 20 * 24 * 60), moments, terms)
def test_one_more_question_never_counts_a_day_more_and_stops_seven_days_at_most(
    start, asked, at, length, until, agreed
):
    facts = [Fact(Happening.STARTED, start), *asked]
    more = [*facts, Fact(Happening.ASKED, at, 99), Fact(Happening.LAPSED, at + timedelta(minutes=length), 99)]
    without, with_it = read(facts, until, agreed), read(more, until, agreed)
    if without is None or with_it is None:
        return
    if sum(fact.kind is Happening.ASKED for fact in asked) < MOST_STOPS:  # this one has a place
        assert without.used - agreed.question_days <= with_it.used <= without.used
    assert sum(1 for stop in with_it.stops if not stop.away) <= MOST_STOPS
    assert with_it.stopped_days <= MOST_STOPS * agreed.question_days


@holds(starts, st.lists(moments, min_size=3, max_size=6), moments, terms)
def test_a_third_question_does_not_stop_it_whoever_asks(start, asked, until, agreed):
    ordered = sorted({max(at, start) for at in asked})
    facts = [Fact(Happening.STARTED, start), *(Fact(Happening.ASKED, at, n) for n, at in enumerate(ordered, 1))]
    allowed = [facts[0], *facts[1 : MOST_STOPS + 1]]
    everything, first_two = read(facts, until, agreed), read(allowed, until, agreed)
    assert everything == first_two


@holds(starts, moments, st.integers(-30 * 24 * 60, -24 * 60), st.integers(0, 40 * 24 * 60), terms)
def test_a_question_before_the_start_or_after_the_answer_is_harmless(start, until, before, length, agreed):
    life = [Fact(Happening.STARTED, start), Fact(Happening.ACKNOWLEDGED, start)]
    life.append(Fact(Happening.RESPONDED, start + timedelta(days=9)))
    early = start + timedelta(minutes=before)
    late = start + timedelta(days=9, minutes=1)
    harmless = [
        Fact(Happening.ASKED, early, 1),
        Fact(Happening.LAPSED, early + timedelta(minutes=length), 1),
        Fact(Happening.ASKED, late, 2),
        Fact(Happening.LAPSED, late + timedelta(minutes=length), 2),
    ]
    plain, asked = read(life, until, agreed), read([*life, *harmless], until, agreed)
    assert (plain and (plain.used, plain.state, plain.stopped)) == (asked and (asked.used, asked.state, asked.stopped))


@holds(starts, moments, moments, terms)
def test_a_question_that_lapsed_late_stops_no_longer_than_one_that_lapsed_in_time(start, at, until, agreed):
    at = max(start, at)
    in_time = at + timedelta(days=agreed.question_days)
    life = [Fact(Happening.STARTED, start), Fact(Happening.ASKED, at, 1)]
    punctual = read([*life, Fact(Happening.LAPSED, in_time, 1)], until, agreed)
    sleeping = read([*life, Fact(Happening.LAPSED, in_time + timedelta(days=20), 1)], until, agreed)
    never = read(life, until, agreed)
    assert punctual == sleeping == never


@holds(lives, moments, terms)
def test_the_days_due_agree_with_the_days_used(facts, until, agreed):
    found = read(facts, until, agreed)
    if found is None or found.stopped:
        assert found is None or (found.due, found.acknowledge_due, found.very_late_from) == (None, None, None)
        return
    open_facts = [fact for fact in facts if fact.kind is not Happening.RESPONDED and fact.at <= until]
    rest = [fact for fact in facts if fact.at <= until]
    if rest != open_facts:
        return  # answered: nothing is due any more
    assert found.acknowledge_due <= found.due < found.very_late_from
    for day, most in ((found.due, agreed.answer), (found.very_late_from - ONE_DAY, agreed.very_late)):
        at_noon = datetime(day.year, day.month, day.day, 12, tzinfo=agreed.zone)
        next_noon = at_noon + ONE_DAY
        if at_noon > until:
            assert read(open_facts, at_noon, agreed).used == most, "the last day is still in time"
            assert read(open_facts, next_noon, agreed).used == most + 1, "and the day after it is not"
        elif next_noon <= until:
            assert found.used > most, "a day that has passed is passed"


@holds(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 30), st.sets(st.integers(1, 60), max_size=25), terms
)
def test_holidays_on_the_edges_move_the_day_due(start, days, offs, agreed):
    holidays = {start, *(start + timedelta(days=off) for off in offs)}  # day 0 is a holiday itself
    agreed = replace(agreed, holidays=holidays, acknowledge=days, answer=days, very_late=days)
    begun = datetime(start.year, start.month, start.day, 12, tzinfo=agreed.zone)
    due = read([Fact(Happening.STARTED, begun)], begun, agreed).due
    assert working_days_between(start, due, holidays) == days
    following = due + ONE_DAY
    assert following.weekday() < 5, "late begins on a working day"
    assert following not in holidays


@holds(starts, moments, st.integers(0, 14), st.integers(0, 14), terms)
def test_overlapping_questions_count_a_day_once(start, at, first, second, agreed):
    at = max(at, start)
    until = at + timedelta(days=40)
    both = [
        Fact(Happening.STARTED, start),
        Fact(Happening.ASKED, at, 1),
        Fact(Happening.ANSWERED_BY_AUTHOR, at + timedelta(days=first), 1),
        Fact(Happening.ASKED, at, 2),
        Fact(Happening.ANSWERED_BY_AUTHOR, at + timedelta(days=second), 2),
    ]
    longer = 1 if first >= second else 2
    one = [fact for fact in both if fact.question in {0, longer}]
    assert read(both, until, agreed).used == read(one, until, agreed).used


@holds(st.integers(0, SPAN_MINUTES), st.integers(0, 30 * 24 * 60), limits)
def test_near_midnight_the_zone_decides_which_day_it_is(begun, minutes, limit):
    start, until = moment(begun), moment(begun) + timedelta(minutes=minutes)
    for zone, hours in ((ZONES[0], 7), (ZONES[1], 8), (ZONES[2], 9), (ZONES[3], 0)):
        agreed = Terms(*limit, zone=zone, holidays=CALENDAR)
        found = read([Fact(Happening.STARTED, start)], until, agreed)
        first, last = (start + timedelta(hours=hours)).date(), (until + timedelta(hours=hours)).date()
        assert found.used == working_days_between(first, last, CALENDAR)
