"""Rates with their interval."""

import pytest

from forum.pages.rates import rate


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
