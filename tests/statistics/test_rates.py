"""Rates with their interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.statistics.rates import rate


def test_nothing_counted_has_no_value() -> None:
    assert rate(0, 0).value is None
    assert rate(0, 0).low is None


@pytest.mark.parametrize(
    ("part", "n", "low", "high"),
    # Wilson's score interval as R's prop.test(part, n, correct = FALSE) gives it.
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_wilson(part: int, n: int, low: float, high: float) -> None:
    found = rate(part, n)
    assert found.value == part / n
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_below_ten_nobody_is_ranked() -> None:
    assert not rate(9, 9).ranks
    assert rate(9, 10).ranks


@given(st.integers(1, 4_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_where_the_score_test_turns(counted: tuple[int, int]) -> None:
    """The interval holds each share p that the data do not refuse: (x - n p)² = z² n p (1 - p) at both ends."""
    part, n = counted
    found = rate(part, n)
    assert found.low is not None
    assert found.high is not None
    for end in (found.low, found.high):
        if 0 < end < 1:
            assert (part - n * end) ** 2 == pytest.approx(1.959964**2 * n * end * (1 - end), rel=1e-6, abs=1e-6)
    assert found.low <= part / n + 1e-12
    assert part / n <= found.high + 1e-12
