"""Whether the chains are as they were written: what `flask verify-chain` tells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forum.core.chain import NOTHING, link
from forum.receipts import queries
from forum.receipts.queries import End
from forum.receipts.tree import head_of, root_of


class Flaw(StrEnum):
    """What is wrong with a chain."""

    CHANGED = "is not what was written, or does not follow the one before it"
    MOVED = "stands in another place than it was written at"
    MISSING = "is missing"
    LOOSE = "stands in no chain: it was added beside it"
    ENDS_OTHERWISE = "the chain does not end where its head says"
    FILE = "has another hash than the one that was written down when it came"
    DAY = "the head of this day is another than what the events give"


@dataclass(frozen=True)
class Finding:
    """One flaw, at a letter's link, at a row of the table of events, at a file, or at a day."""

    flaw: Flaw
    letter_id: int | None = None
    number: int | None = None
    row: int | None = None
    file: int | None = None
    day: date | None = None

    def __str__(self) -> str:
        if self.day is not None:
            return f"{self.day.isoformat()}: {self.flaw}"
        if self.file is not None:
            return f"letter {self.letter_id}: file {self.file} {self.flaw}"
        if self.row is not None:
            return f"letter {self.letter_id}: event {self.row} {self.flaw}"
        return f"letter {self.letter_id}: " + (f"link {self.number} {self.flaw}" if self.number else str(self.flaw))


def of_chain(end: End) -> Iterator[Finding]:
    """Yield what is wrong with the chain of one letter. Rows rise with the links of a letter, so one that was moved is told from one that was changed."""
    number, before, row = 0, NOTHING, 0
    for event in queries.links_of(end.letter_id, 0, max(end.number, end.last or 0)):
        number += 1
        while number < (event.number or 0):
            yield Finding(Flaw.MISSING, end.letter_id, number)
            number += 1
        if event.id < row:
            yield Finding(Flaw.MOVED, end.letter_id, number)
        elif link(before, number, event.facts.digest) != event.hash:
            yield Finding(Flaw.CHANGED, end.letter_id, number)
        before, row = event.hash or NOTHING, max(row, event.id)
    if (number, before) != (end.number, end.hash):
        yield Finding(Flaw.ENDS_OTHERWISE, end.letter_id)


def loose(letter_id: int | None = None) -> Iterator[Finding]:
    """Yield events of letters that stand in no chain."""
    for of_letter, row in queries.loose_events(letter_id):
        yield Finding(Flaw.LOOSE, of_letter, row=row)


def of_files(letter_id: int | None = None) -> Iterator[Finding]:
    """Yield files whose rows no longer tell what came."""
    for of_letter, file in queries.other_files(letter_id):
        yield Finding(Flaw.FILE, of_letter, file=file)


def of_days() -> Iterator[Finding]:
    """Yield the days whose published head the events no longer give."""
    before, since = NOTHING, None
    for kept in queries.all_days():
        leaves, events = queries.leaves_of(since, kept.until)
        said, root = (len(leaves), events), root_of(leaves)
        head = head_of(before, kept.day, kept.until, *said, root)
        if (*said, root, head) != (kept.letters, kept.events, kept.root, kept.head):
            yield Finding(Flaw.DAY, day=kept.day)
        before, since = kept.head, kept.until


def of_all(ends: Iterable[End]) -> Iterator[Finding]:
    """Yield what is wrong with these chains, one after the other."""
    for end in ends:
        yield from of_chain(end)
