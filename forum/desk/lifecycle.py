"""What a desk can show, and how a case stands there: pure."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

LEASE: Final = timedelta(seconds=60)
"""How long somebody counts as writing after a sign of life: opening the form, and each time their draft is saved."""
REMEMBERED: Final = timedelta(minutes=15)
"""How long after it colleagues are still told that somebody opened the form."""
SOON: Final = timedelta(days=7)
"""Promises whose day comes within these days are told in the mail of the week, with those whose day has come."""
MOST_SELECTED: Final = 50
"""Cases that can be acknowledged or assigned at once."""
MINE: Final = "mine"
NOBODY: Final = "none"


class Show(StrEnum):
    """Which cases the desk shows."""

    DUE = "due"  # to be answered
    OVERDUE = "overdue"
    ASKED = "asked"  # the author owes an answer, the clock stands
    ANSWERED = "answered"  # the author has not said how it ended
    PROMISED = "promised"  # an open promise
    CONTESTED = "contested"  # reported by the business, not decided
    RATED = "rated"
    ALL = "all"


@dataclass(frozen=True)
class Wanted:
    """What a person wants to see on the desk: it lives in the address, and its parts combine."""

    show: Show = Show.DUE
    category: str = ""
    agent: str = ""  # MINE, NOBODY, or the number of a person of the team
    merchant: int | None = None
    q: str = ""

    def but(self, **changes: Any) -> dict[str, Any]:
        """Return the parts of the address with these changed; what is empty or usual is left out."""
        one = replace(self, **changes)
        values = {
            "show": "" if one.show is Show.DUE else one.show.value,
            "category": one.category,
            "agent": one.agent,
            "merchant": str(one.merchant or ""),
            "q": one.q,
        }
        return {name: value for name, value in values.items() if value}

    @property
    def narrowed(self) -> bool:
        """Whether anything but the tab is chosen."""
        return bool(self.category or self.agent or self.merchant or self.q)
