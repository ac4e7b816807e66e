"""Stored files that no row names are removed once they are a day old."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.attachments.actions.copies import COPIES
from forum.attachments.queries import named
from forum.core.clock import utcnow
from forum.core.db import db, turn, unit_of_work
from forum.core.storage import ORPHAN_AGE, Storage
from forum.core.storage.walking import batches, clear_scratch

BATCH = 500
REMOVED_AT_ONCE = 50
"""Removed in one turn, in which nobody else adds or removes copies."""


@dataclass(frozen=True)
class Swept:
    """A part of the sweep that is done: files looked at, up to the key `after`, and those removed (or that would be)."""

    after: str
    seen: int
    removed: list[str]


def sweep(
    storage: Storage, *, after: str = "", older_than: timedelta = ORPHAN_AGE, dry_run: bool = False
) -> Iterator[Swept]:
    """Remove what no row names and was last put longer ago than `older_than`, from beyond the key `after` on; then old scratch.

    Yields after each batch, so that a later call may go on from there. A file that is put again meanwhile stays.
    """
    before = utcnow() - older_than
    for batch in batches(storage.listed(after), BATCH):
        old = [one.key for one in batch if one.changed < before]
        unnamed = sorted(set(old) - named(old))
        db.session.rollback()
        if not dry_run:
            parts = batches(unnamed, REMOVED_AT_ONCE)
            unnamed = [key for part in parts for key in _remove(storage, part, before)]
        yield Swept(batch[-1].key, len(batch), unnamed)
    if not dry_run:
        clear_scratch(storage.scratch(), before)


@unit_of_work
def _remove(storage: Storage, keys: Collection[str], before: datetime) -> list[str]:
    """Remove those that still no row names: in one turn with whoever adds the rows of copies."""
    turn(COPIES)
    return storage.delete_old(sorted(set(keys) - named(keys)), before)
