"""Rows and stored files held against each other, in both directions, and each file against the hash it is named by."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import merge
from itertools import groupby
from operator import itemgetter

from forum.attachments.keys import holders, walk
from forum.core.clock import utcnow
from forum.core.storage import ORPHAN_AGE, BadKey, Storage, Stored
from forum.core.storage.walking import batches, hash_of

AT_ONCE = 4
BATCH = 256


class Wrong(StrEnum):
    """What can be wrong with a file."""

    MISSING = "missing"  # a row names it
    UNNAMED = "unnamed"  # no row names it, and it is old enough to be swept
    SIZE = "size"  # another than the row says
    DAMAGED = "damaged"  # another content than its key says


@dataclass(frozen=True)
class Finding:
    """One file that is wrong, and the attachments that name it."""

    wrong: Wrong
    key: str
    attachments: list[int]


@dataclass(frozen=True)
class Verified:
    """A part that is done: files looked at, up to the key `after`, and what is wrong with some."""

    after: str
    seen: int
    findings: list[Finding]


@dataclass
class _Pair:
    """What is known of one key: by a row, by the storage."""

    key: str
    is_named: bool = False
    told: int | None = None  # bytes, by the row
    stored: Stored | None = field(default=None)


def verify(
    storage: Storage, *, after: str = "", contents: bool = True, older_than: timedelta = ORPHAN_AGE
) -> Iterator[Verified]:
    """Compare everything from beyond the key `after` on, in one walk over both; without `contents` no file is read.

    Yields after each batch, so that a later call may go on from there. What comes or goes meanwhile is no error: whatever
    looks wrong is looked at again before it is told. Raises StorageAway.
    """
    before = utcnow() - older_than
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for batch in batches(_pairs(storage, after), BATCH):
            looked = pool.map(lambda one: _look(storage, one, before, contents=contents), batch)
            suspects = [(one, wrong) for one, wrong in zip(batch, looked, strict=True) if wrong is not None]
            yield Verified(batch[-1].key, len(batch), list(_again(storage, suspects)))


def _pairs(storage: Storage, after: str) -> Iterator[_Pair]:
    rows = ((key, size, None) for key, size in walk(after))
    files = ((one.key, None, one) for one in storage.listed(after))
    for key, same in groupby(merge(rows, files, key=itemgetter(0)), key=itemgetter(0)):
        pair = _Pair(key)
        for _key, size, stored in same:
            if stored is None:
                pair.is_named, pair.told = True, size
            else:
                pair.stored = stored
        yield pair


def _look(storage: Storage, one: _Pair, before: datetime, *, contents: bool) -> Wrong | None:
    if one.stored is None:
        return Wrong.MISSING
    if one.told is not None and one.told != one.stored.size:
        return Wrong.SIZE
    try:
        if contents and hash_of(storage, one.key) != one.key:
            return Wrong.DAMAGED
    except BadKey:
        return Wrong.DAMAGED
    except FileNotFoundError:
        return Wrong.DAMAGED if storage.exists(one.key) else Wrong.MISSING
    return Wrong.UNNAMED if not one.is_named and one.stored.changed < before else None


def _again(storage: Storage, suspects: list[tuple[_Pair, Wrong]]) -> Iterator[Finding]:
    """Yield what is still wrong: a row may have gone with its file, or come with it, since both were listed."""
    named_by = holders([one.key for one, _wrong in suspects]) if suspects else {}
    for one, wrong in suspects:
        attachments, there = named_by.get(one.key, []), _is_there(storage, one.key)
        gone = wrong is Wrong.MISSING and (there or not attachments)
        if gone or (wrong is Wrong.UNNAMED and (attachments or not there)):
            continue
        if not there and not attachments:
            continue
        yield Finding(wrong if there else Wrong.MISSING, one.key, attachments)


def _is_there(storage: Storage, key: str) -> bool:
    try:
        return storage.exists(key)
    except BadKey:
        return False
