"""Whether somebody who decides has a part in the matter: the one rule that every decision of the desk asks."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from forum.accounts.models import Visitor

LEAST_NAME_WORDS: Final = 2
"""A single name is that of many people: only a fuller one tells that somebody is named."""


class Part(StrEnum):
    """Which part somebody has in a matter."""

    OWN = "own"  # wrote it, asked for it, or it is about them
    REPORTED = "reported"
    DECIDED = "decided"  # before, where another has to decide now
    BUSINESS = "business"  # speaks for a business of the matter
    RIVAL = "rival"  # speaks for another business of the same trade
    NAMED = "named"  # in the words


@dataclass(frozen=True)
class Matter:
    """What is to be decided, as far as somebody can have a part in it."""

    people: frozenset[int | None] = frozenset()
    reporters: frozenset[int | None] = frozenset()
    deciders: frozenset[int | None] = frozenset()
    merchants: frozenset[int] = frozenset()
    trades: frozenset[str] = frozenset()  # categories of letters
    addresses: frozenset[str] = frozenset()  # for mail, of who asked without an account
    texts: tuple[str, ...] = ()

    def also(
        self,
        *,
        people: frozenset[int | None] = frozenset(),
        reporters: frozenset[int | None] = frozenset(),
        deciders: frozenset[int | None] = frozenset(),
        merchants: frozenset[int] = frozenset(),
        trades: frozenset[str] = frozenset(),
        addresses: frozenset[str] = frozenset(),
        texts: tuple[str, ...] = (),
    ) -> "Matter":
        """Return the matter with more in it."""
        return replace(
            self,
            people=self.people | people,
            reporters=self.reporters | reporters,
            deciders=self.deciders | deciders,
            merchants=self.merchants | merchants,
            trades=self.trades | trades,
            addresses=self.addresses | addresses,
            texts=self.texts + texts,
        )


def part_in(who: Visitor, matter: Matter) -> Part | None:
    """Return which part this person has in the matter, None for none."""
    if who.is_guest:
        return None
    if who.id in matter.people or (who.email or "").casefold() in {one.casefold() for one in matter.addresses if one}:
        return Part.OWN
    if who.id in matter.reporters:
        return Part.REPORTED
    if who.id in matter.deciders:
        return Part.DECIDED
    if who.merchant_ids & matter.merchants:
        return Part.BUSINESS
    if who.merchant_ids and who.trades & matter.trades:
        return Part.RIVAL
    return Part.NAMED if _is_named(who.name, matter.texts) else None


def may_judge(who: Visitor, matter: Matter) -> bool:
    """Whether this person holds the office of those who decide, and has no part in the matter."""
    return who.is_moderator and part_in(who, matter) is None


def _is_named(name: str, texts: tuple[str, ...]) -> bool:
    if len(name.split()) < LEAST_NAME_WORDS:
        return False
    pattern = _spelt(name)
    return any(pattern.search(text) for text in texts)


@lru_cache(maxsize=256)
def _spelt(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
