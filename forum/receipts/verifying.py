"""Whether the chains are as they were written: what `flask verify-chain` tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forum.core.chain import NOTHING, ChainHead, link
from forum.receipts import queries
from forum.receipts.models import DayHead
from forum.receipts.tree import head_of, root_of


class Flaw(StrEnum):
    """What is wrong with a chain."""

    CHANGED = "is not what was written, or does not follow the one before it"
    MISSING = "is missing"
    LOOSE = "stands in no chain: it was added beside it"
    ENDS_OTHERWISE = "the chain does not end where its head says"
    DAY = "the head of this day is another than what the events give"


@dataclass(frozen=True)
class Finding:
    """One flaw, at a letter's link, at a row of the table of events, or at a day."""

    flaw: Flaw
    letter_id: int | None = None
    number: int | None = None
    row: int | None = None
    day: date | None = None

    def __str__(self) -> str:
        if self.day is not None:
            return f"{self.day.isoformat()}: {self.flaw}"
        if self.row is not None:
            return f"letter {self.letter_id}: event {self.row} {self.flaw}"
        return f"letter {self.letter_id}: " + (f"link {self.number} {self.flaw}" if self.number else str(self.flaw))


def of_chain(head: ChainHead) -> Iterator[Finding]:
    """Yield what is wrong with the chain of one letter."""
    letter_id, number, before = head.letter_id, 0, NOTHING
    ends = (head.number, head.hash)
    for event in queries.links_of(letter_id):
        number += 1
        while number < (event.number or 0):
            yield Finding(Flaw.MISSING, letter_id, number)
            number += 1
        if link(before, number, event.facts) != event.hash:
            yield Finding(Flaw.CHANGED, letter_id, number)
        before = event.hash or NOTHING
    if (number, before) != ends:
        yield Finding(Flaw.ENDS_OTHERWISE, letter_id)


def loose(letter_id: int | None = None) -> Iterator[Finding]:
    """Yield events of letters that stand in no chain."""
    for of_letter, row in queries.loose_events(letter_id):
        yield Finding(Flaw.LOOSE, of_letter, row=row)


def of_days() -> Iterator[Finding]:
    """Yield the days whose published head the events no longer give."""
    before = ""
    for kept in queries.all_days():
        if _head(kept, before) != kept.head:
            yield Finding(Flaw.DAY, day=kept.day)
        before = kept.head


def _head(kept: DayHead, before: str) -> str:
    leaves, events = queries.leaves_of(kept.day)
    return head_of(before, kept.day, len(leaves), events, root_of(leaves))
