"""Going through all files of a place in the order of their keys, so that what was interrupted goes on where it stopped."""

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from forum.core.storage.local import LOCK
from forum.core.storage.port import Storage

T = TypeVar("T")
PLACES = 16**4
"""How far apart the first and the last key lie for `place_in_line`: keys are hashes and spread evenly."""
CHUNK_BYTES = 256 * 1024


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the things in lists of `size`, the last one shorter."""
    going = iter(things)
    while batch := list(islice(going, size)):
        yield batch


def place_in_line(key: str) -> int:
    """Return how far a walk has come that has reached this key, of PLACES."""
    return int(key[:4], 16) if key else 0


def hash_of(storage: Storage, key: str) -> str:
    """Read a whole file and return the SHA-256 of it in hex; raises FileNotFoundError, of which Damaged is one, or BadKey."""
    digest = hashlib.sha256()
    with storage.open(key) as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def clear_scratch(folder: Path, before: datetime) -> None:
    """Remove what a crash left in a folder for work in progress, following no link."""
    for left in folder.iterdir():
        try:
            young = left.lstat().st_mtime >= before.timestamp()
        except FileNotFoundError:
            continue
        if left.name == LOCK or young:
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
