"""A share with its n and its 95 % interval."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959964  # 97.5 % quantile of the normal distribution
FEWEST_TO_RANK = 10


@dataclass(frozen=True)
class Rate:
    """`value`, `low` and `high` are shares from 0 to 1, None where nothing was counted."""

    part: int
    n: int
    value: float | None
    low: float | None
    high: float | None

    @property
    def ranks(self) -> bool:
        """Whether there is enough to compare with others."""
        return self.n >= FEWEST_TO_RANK


def rate(part: int, n: int) -> Rate:
    """Return the share of `part` in `n` with Wilson's score interval at 95 % (E. B. Wilson, JASA 22, 1927, 209-212)."""
    if n == 0:
        return Rate(0, 0, None, None, None)
    share = part / n
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return Rate(part, n, share, max(0.0, middle - half), min(1.0, middle + half))
