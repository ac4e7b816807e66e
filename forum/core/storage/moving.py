"""From one place for files to another, while the site runs: what is missing there is copied, nothing is removed here."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from forum.core.storage.port import Storage, Stored
from forum.core.storage.walking import batches, hash_of

AT_ONCE = 4
"""Files copied side by side; each is in memory whole while it is."""
BATCH = 64


class Copied(StrEnum):
    """What became of one file."""

    COPIED = "copied"
    THERE = "there"
    DAMAGED = "damaged"  # here: left where it is
    GONE = "gone"  # removed here meanwhile


@dataclass(frozen=True)
class Moved:
    """Some files and what became of them, `after` the last key."""

    after: str
    files: list[tuple[str, Copied]]


def copy_all(here: Storage, there: Storage, after: str = "") -> Iterator[Moved]:
    """Copy what is missing, from beyond the key `after` on; each copy is read back and must have its SHA-256.

    Yields after each batch, so that a later call may go on from there. Raises StorageFull or StorageAway.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for batch in batches(here.listed(after), BATCH):
            states = pool.map(lambda one: _copy(one, here, there), batch)
            yield Moved(batch[-1].key, [(one.key, state) for one, state in zip(batch, states, strict=True)])


def _copy(one: Stored, here: Storage, there: Storage) -> Copied:
    try:
        if there.size(one.key) == one.size:
            return Copied.THERE
    except FileNotFoundError:
        pass
    try:
        with here.open(one.key) as file:
            data = file.read()
    except FileNotFoundError:
        return Copied.DAMAGED if here.exists(one.key) else Copied.GONE
    if sha256(data).hexdigest() != one.key:
        return Copied.DAMAGED
    there.put(data)
    hash_of_copy = hash_of(there, one.key)
    if hash_of_copy != one.key:
        raise OSError(f"{there} gives other bytes back than it took: {one.key}")
    return Copied.COPIED
