"""What somebody's reports weigh in the order of the queue."""

from dataclasses import dataclass
from typing import Final

GUEST: Final = 40
NEW: Final = 40
MEMBER: Final = 100
LEAST, MOST = 5, 200
UNPROVEN: Final = 0.5
"""Of a guest whose browser did not do the sum, while it was asked for."""


@dataclass(frozen=True)
class Record:
    """What became of somebody's reports."""

    upheld: int = 0
    dismissed: int = 0

    @property
    def mostly_dismissed(self) -> bool:
        """Whether they lost weight."""
        return self.dismissed >= 3 and self.dismissed > 2 * self.upheld


def weight_of(record: Record, *, guest: bool, new: bool, proven: bool = True) -> int:
    """Return the weight, LEAST to MOST; a record of three and more counts for more than the age of the account."""
    base = GUEST if guest else NEW if new else MEMBER
    trust = 2 * (record.upheld + 1) / (record.upheld + record.dismissed + 2)  # 1 without a record, towards 0 or 2 with one
    weight = base * trust * (1 if proven else UNPROVEN)
    return max(LEAST, min(MOST, round(weight)))
