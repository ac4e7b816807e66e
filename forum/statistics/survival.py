"""How long until a first response, with those that still wait: Kaplan and Meier's estimate, its band and its quantiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log, sqrt

from forum.statistics.rates import Z

CLOSE = 1e-9
"""Products of floating shares miss one half by as much as this."""


@dataclass(frozen=True)
class Step:
    """A working day on which somebody was answered: the share answered until its end, with its 95 % band.

    `at_risk` counts the cases that had been waiting for this day: neither answered earlier nor too young to know.
    """

    day: int
    share: float
    low: float
    high: float
    at_risk: int


@dataclass(frozen=True)
class Curve:
    """The curve over the cases of a group; days are working days since day 0 of its clock."""

    answered: int
    waiting: int
    longest: int  # the most days that any case was watched
    steps: tuple[Step, ...]

    def quantile(self, share: float) -> int | None:
        """Return the first day by whose end at least this share is answered, None when the curve does not reach it."""
        return next((step.day for step in self.steps if step.share >= share - CLOSE), None)


def curve(answered: Mapping[int, int], waiting: Mapping[int, int]) -> Curve:
    """Return the curve of cases by day: `answered` on that day, `waiting` for so many days until now.

    E. L. Kaplan and P. Meier, JASA 53 (1958), 457-481: S(t) is the product over the days of (1 - answered / at risk). A
    case that has waited t days was at risk on day t. The band is Greenwood's variance on the scale of log(-log S)
    (Kalbfleisch and Prentice, 1980), which stays between 0 and 1; where S is 0 it ends at the band before.
    """
    days = sorted({day for counts in (answered, waiting) for day, count in counts.items() if count})
    at_risk = sum(answered.values()) + sum(waiting.values())
    left, variance, low, high = 1.0, 0.0, 0.0, 0.0
    steps: list[Step] = []
    for day in days:
        done = answered.get(day, 0)
        if done:
            left *= 1 - done / at_risk
            if at_risk > done:
                variance += done / (at_risk * (at_risk - done))
                width = Z * sqrt(variance) / log(left)
                low, high = 1 - left ** exp(width), 1 - left ** exp(-width)
                low, high = min(low, high), max(low, high)
            else:
                left, high = 0.0, 1.0
            steps.append(Step(day, 1 - left, low, high, at_risk))
        at_risk -= done + waiting.get(day, 0)
    return Curve(sum(answered.values()), sum(waiting.values()), days[-1] if days else 0, tuple(steps))
