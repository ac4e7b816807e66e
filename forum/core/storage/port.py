"""What features may ask of a place for files, and how it refuses."""

import errno
import re
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from forum.core.errors import DomainError

ORPHAN_AGE = timedelta(days=1)
KEY = re.compile(r"[0-9a-f]{64}")
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StorageFull(DomainError):
    """There is no room for the file; nothing of it is visible (503)."""

    code = "storage_full"


class StorageAway(DomainError):
    """The place for files does not answer or refuses us; nothing was changed (503). `why` is for the operator alone."""

    code = "storage_away"

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why
        self.args = (why,)


class BadKey(ValueError):
    """The key is not 64 lower-case hex digits, or what lies under it is not a plain file of this storage."""


class Damaged(FileNotFoundError):
    """What lies under the key is something else than the key says: as good as missing, and never handed out."""


class Stored(NamedTuple):
    """A stored file as it is listed; `size` in bytes, `changed` when it was last put."""

    key: str
    size: int
    changed: datetime


class Storage(Protocol):
    """A place for files; keys are the SHA-256 of the content in hex. Everything may raise StorageAway, all but `listed` BadKey."""

    def put(self, data: bytes) -> str:
        """Store the bytes durably and return their key; a second time renews the file's age. Raises StorageFull."""
        ...

    def open(self, key: str, start: int = 0, stop: int | None = None) -> BinaryIO:
        """Open for reading, or only the bytes from `start` to before `stop`; raises FileNotFoundError, of which Damaged is one."""
        ...

    def size(self, key: str) -> int:
        """Return the bytes stored under the key; raises FileNotFoundError."""
        ...

    def exists(self, key: str) -> bool:
        """Say whether the key is stored."""
        ...

    def delete(self, key: str) -> None:
        """Remove the file if it is there; only once no row names the key, since equal files share one."""
        ...

    def delete_old(self, keys: Collection[str], before: datetime) -> list[str]:
        """Remove those of these files that were not put again since `before`; returns which."""
        ...

    def listed(self, after: str = "") -> Iterator[Stored]:
        """List what is stored in the order of the keys, from beyond `after` on; never all of it in memory."""
        ...

    def url(self, key: str, *, disposition: str, mime: str, seconds: int) -> str | None:
        """Return an address at which whoever has it may fetch the file for so long, None where this place has none."""
        ...

    def scratch(self) -> Path:
        """Return a private local folder for work in progress; what a crash leaves in it is swept."""
        ...

    def answer(self) -> None:
        """Return when the place can be used."""
        ...


def place_of(key: str) -> str:
    """Return the name of a key below the root, the same in a folder and in a bucket, in the order of the keys; raises BadKey."""
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise BadKey(key)
    return f"{key[:2]}/{key[2:4]}/{key}"
