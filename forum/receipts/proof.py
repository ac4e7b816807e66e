"""What proves, with nothing but SHA-256 and a published head, that a file stood with its letter on a day."""

from dataclasses import dataclass

from forum.core.chain import NOTHING
from forum.core.events import Event, Kind
from forum.receipts import queries
from forum.receipts.models import DayHead
from forum.receipts.tree import Leaf, Step, path_of


@dataclass(frozen=True)
class Link:
    """The event that names a file, as a link of its letter: `facts` is what its digest is of, `before` the hash of the link before."""

    number: int
    hash: str
    facts: str
    before: str


@dataclass(frozen=True)
class Covered:
    """The way from a link to the published head: by the digests of the letter's later events of that day, then up the tree."""

    later: list[str]
    leaf: Leaf
    steps: list[Step]
    day: DayHead
    head_before: str


def of_file(letter_id: int, file_id: int) -> tuple[Link, Covered | None] | None:
    """Return the link that names a file, and how it is covered once its day is published; None where no event names the file."""
    event = queries.link_of(letter_id, f"attachment:{file_id}", Kind.FILE_ADDED)
    if event is None or event.number is None:
        return None
    earlier = next(queries.links_of(letter_id, event.number - 2, event.number - 1), None)
    before = NOTHING if earlier is None else earlier.hash or NOTHING
    return Link(event.number, event.hash or NOTHING, event.facts.text, before), _covered(event, letter_id, event.number)


def _covered(event: Event, letter_id: int, number: int) -> Covered | None:
    found = queries.head_covering(event.at)
    if found is None:
        return None
    day, before = found
    leaves, _events = queries.leaves_of(None if before is None else before.until, day.until)
    at = next((at for at, leaf in enumerate(leaves) if leaf.letter_id == letter_id), None)
    if at is None:
        return None
    later = [one.facts.digest for one in queries.links_of(letter_id, number, leaves[at].number)]
    return Covered(later, leaves[at], path_of(leaves, at), day, NOTHING if before is None else before.head)
