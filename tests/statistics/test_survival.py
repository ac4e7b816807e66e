"""The curve of first responses: against printed examples, and against a slow reference that counts case by case."""

from collections import Counter
from fractions import Fraction
from math import exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.statistics.survival import curve

# Freireich et al. 1963 (6-mercaptopurine in leukaemia), the example of most textbooks: weeks in remission, + is censored.
REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
# S(t) and Greenwood's standard error as printed by R, summary(survfit(Surv(time, status) ~ 1, data = gehan[treat == "6-MP"])).
PRINTED = {
    6: (21, 0.857, 0.0764),
    7: (17, 0.807, 0.0869),
    10: (15, 0.753, 0.0963),
    13: (12, 0.690, 0.1068),
    16: (11, 0.627, 0.1141),
    22: (7, 0.538, 0.1282),
    23: (6, 0.448, 0.1346),
}


def test_the_example_of_the_textbooks() -> None:
    found = curve(Counter(REMISSION), Counter(CENSORED))
    assert (found.answered, found.waiting, found.longest) == (9, 12, 35)
    assert [step.day for step in found.steps] == list(PRINTED)
    for step in found.steps:
        at_risk, left, error = PRINTED[step.day]
        assert step.at_risk == at_risk
        assert 1 - step.share == pytest.approx(left, abs=5e-4)
        # the band on the scale of log(-log S), from the printed error: S to the power of exp(± z · error / (S log S))
        width = 1.959964 * error / (left * log(left))
        band = sorted((1 - left ** exp(width), 1 - left ** exp(-width)))
        assert (step.low, step.high) == pytest.approx(band, abs=2e-3)
    assert found.quantile(0.5) == 23
    assert found.quantile(0.9) is None  # half of them had no end: more than 35 weeks


def test_by_hand() -> None:
    """Five cases: answered on days 1, 3 and 3, still waiting since 2 and since 5 days.

    Day 1: 5 at risk, one answered, S = 4/5. Day 3: the one that waits 2 days is gone, 3 at risk, two answered,
    S = 4/5 · 1/3 = 4/15. So the median is day 3, and nine of ten are not reached by day 5.
    """
    found = curve({1: 1, 3: 2}, {2: 1, 5: 1})
    assert [(one.day, one.at_risk) for one in found.steps] == [(1, 5), (3, 3)]
    assert [one.share for one in found.steps] == pytest.approx([1 / 5, 11 / 15])
    assert (found.quantile(0.5), found.quantile(0.9), found.longest) == (3, None, 5)


def test_a_case_that_waited_as_long_was_still_at_risk_on_that_day() -> None:
    assert curve({4: 1}, {4: 1}).steps[0].share == pytest.approx(1 / 2)


def test_without_waiting_cases_it_is_the_plain_share() -> None:
    found = curve(Counter([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), {})
    assert [one.share for one in found.steps] == pytest.approx([number / 10 for number in range(1, 11)])
    assert (found.quantile(0.5), found.quantile(0.9)) == (5, 9)
    assert (found.steps[-1].share, found.steps[-1].high) == (1.0, 1.0)


def test_nobody_answered() -> None:
    found = curve({}, {3: 2, 30: 1})
    assert (found.steps, found.quantile(0.5), found.longest) == ((), None, 30)
    assert curve({}, {}).longest == 0


cases = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=120)


@given(cases)
def test_as_the_slow_reference_counts(found: list[tuple[int, bool]]) -> None:
    """S(t) as an exact product over days, at risk counted case by case."""
    made = curve(
        Counter(day for day, answered in found if answered), Counter(day for day, answered in found if not answered)
    )
    left, steps = Fraction(1), {}
    for day in range(41):
        at_risk = sum(1 for other, _ in found if other >= day)
        answered = sum(1 for other, done in found if done and other == day)
        if answered:
            left *= 1 - Fraction(answered, at_risk)
            steps[day] = (at_risk, float(1 - left))
    assert {one.day: one.at_risk for one in made.steps} == {day: one[0] for day, one in steps.items()}
    assert [one.share for one in made.steps] == pytest.approx([one[1] for one in steps.values()])
    for share in (0.5, 0.9):
        reached = [day for day, one in steps.items() if one[1] >= share - 1e-9]
        assert made.quantile(share) == (reached[0] if reached else None)
    for one in made.steps:
        assert 0 <= one.low <= one.share + 1e-9
        assert one.share - 1e-9 <= one.high <= 1


@given(st.lists(st.integers(0, 30), min_size=2, max_size=60))
def test_greenwood_without_waiting_is_the_variance_of_a_share(days: list[int]) -> None:
    """Without censoring Greenwood's variance of S is S (1 - S) / n."""
    made, n = curve(Counter(days), {}), len(days)
    for one in made.steps[:-1]:
        left = 1 - one.share
        width = 1.959964 * sqrt(left * (1 - left) / n) / (left * log(left))
        assert one.low == pytest.approx(min(1 - left ** exp(width), 1 - left ** exp(-width)), abs=1e-9)
