"""Both places for files, and how a test reaches behind them."""

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from forum.core.storage import LocalStorage, S3Storage
from tests.s3 import Server


@dataclass
class Place:
    """A storage and the folder in which its files really lie."""

    storage: LocalStorage | S3Storage
    root: Path
    look_again: Callable[[], None] = lambda: None
    """Called after files were changed behind the storage's back."""

    def path(self, key: str) -> Path:
        return self.root / key[:2] / key[2:4] / key

    def lay(self, data: bytes) -> str:
        """Put a file there behind the storage's back."""
        key = hashlib.sha256(data).hexdigest()
        self.path(key).parent.mkdir(parents=True, exist_ok=True)
        self.path(key).write_bytes(data)
        return key

    def swap(self, key: str, data: bytes) -> None:
        """Put other bytes in the place of a file."""
        self.path(key).write_bytes(data)
        self.look_again()

    def age(self, key: str, days: float = 2) -> None:
        """Let the file have been put so long ago."""
        then = time.time() - days * 86_400
        os.utime(self.path(key), (then, then))
        self.look_again()


def place_at(kind: str, folder: Path, s3: Server) -> Place:
    """Return an empty folder or an empty bucket."""
    if kind == "folder":
        return Place(LocalStorage(folder / "files"), folder / "files")
    bucket = s3.bucket()
    return Place(S3Storage(bucket, folder / "scratch"), s3.root / bucket.name / bucket.prefix, s3.look_again)
