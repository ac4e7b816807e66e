"""Making what is shown of files: one at a time, in a line of its own, so that it holds up neither mail nor jobs."""

import logging
from contextlib import suppress

from flask import current_app

from forum.attachments import confined
from forum.attachments.actions import copies
from forum.attachments.receive import Refused
from forum.attachments.scanning import ScannerAway, scan
from forum.core import jobs
from forum.core.secrecy import unseal
from forum.core.storage import Storage, StorageAway, StorageFull

log = logging.getLogger(__name__)


@jobs.lane("files")
def make_next() -> float | None:
    """Make the copies of the next file that waits; returns 0 when there may be more, None when there was none."""
    if not copies.waiting():
        return None
    job = copies.claim()
    if job is None:
        return None
    _make(job)
    return 0


def make_all() -> None:
    """Make the copies of every file that is due."""
    while make_next() is not None:
        pass


def _make(job: copies.Claimed) -> None:
    storage: Storage = current_app.extensions["storage"]
    try:
        with storage.open(job.key) as file:
            data = unseal(file.read())
        scan(data)
        made = confined.make(data, storage.scratch(), areas=job.areas)
        keys = {one.variant.value: storage.put(one.data) for one in made.copies}
        left = copies.finish(job, made, keys, storage)
    except Refused as problem:
        copies.refuse(job, problem)
    except (ScannerAway, StorageAway, StorageFull, OSError) as problem:
        log.warning("file %s waits: %r", job.id, problem)
        copies.put_back(job)
    else:
        with suppress(StorageAway, OSError):  # the sweep takes what stays
            copies.discard(left, storage)
