"""A Merkle tree over the newest links of a day, so that one letter is proved to belong to it by a few hashes (after RFC 6962, 2.1)."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

DAY_FORMAT = "surat-pembaca-day/1"
EMPTY = hashlib.sha256(b"").hexdigest()


class Leaf(NamedTuple):
    """The newest link of a letter on a day."""

    letter_id: int
    number: int
    hash: str


class Step(NamedTuple):
    """A hash on the way from a leaf to the root, and on which side of ours it stands."""

    side: str  # "left" or "right"
    hash: str


def leaf_hash(leaf: Leaf) -> str:
    """Return the hash of a leaf: SHA-256 over a zero byte and `letter:number:hash`."""
    return hashlib.sha256(b"\0" + f"{leaf.letter_id}:{leaf.number}:{leaf.hash}".encode()).hexdigest()


def root_of(leaves: Sequence[Leaf]) -> str:
    """Return the root over the leaves in their order; of none, the SHA-256 of nothing."""
    row = [leaf_hash(leaf) for leaf in leaves]
    while len(row) > 1:
        row = _above(row)
    return row[0] if row else EMPTY


def path_of(leaves: Sequence[Leaf], at: int) -> list[Step]:
    """Return the way from the leaf at this place up to the root."""
    row, steps = [leaf_hash(leaf) for leaf in leaves], []
    while len(row) > 1:
        beside = at ^ 1
        if beside < len(row):
            steps.append(Step("left" if beside < at else "right", row[beside]))
        row, at = _above(row), at // 2
    return steps


def follow(leaf: Leaf, steps: Sequence[Step]) -> str:
    """Return the root to which these steps lead from a leaf."""
    found = leaf_hash(leaf)
    for side, other in steps:
        found = _node(other, found) if side == "left" else _node(found, other)
    return found


def head_of(before: str, day: date, until: datetime, letters: int, events: int, root: str) -> str:
    """Return the head of a day: SHA-256 over the format, the head of the day before, the day, its end in UTC, the numbers and the root, by lines."""
    lines = (DAY_FORMAT, before, day.isoformat(), until.astimezone(UTC).isoformat(), str(letters), str(events), root)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _above(row: list[str]) -> list[str]:
    """One row up; a hash without a neighbour goes up as it is."""
    return [_node(*row[at : at + 2]) if at + 1 < len(row) else row[at] for at in range(0, len(row), 2)]


def _node(left: str, right: str) -> str:
    return hashlib.sha256(b"\1" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()
