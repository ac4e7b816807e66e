"""Where files live: content-addressed, written whole before any row names them; in a folder or in a bucket."""

from pathlib import Path

from forum.config.places import Bucket
from forum.core.storage.local import LocalStorage
from forum.core.storage.port import (
    KEY,
    NO_SPACE,
    ORPHAN_AGE,
    BadKey,
    Damaged,
    Storage,
    StorageAway,
    StorageFull,
    Stored,
)
from forum.core.storage.s3 import S3Storage

__all__ = [
    "KEY",
    "NO_SPACE",
    "ORPHAN_AGE",
    "BadKey",
    "Damaged",
    "LocalStorage",
    "S3Storage",
    "Storage",
    "StorageAway",
    "StorageFull",
    "Stored",
    "storage_at",
]


def storage_at(place: Path | Bucket, scratch: Path) -> Storage:
    """Return the storage at a place; `scratch` is the local folder for work in progress of one that is not local itself."""
    return S3Storage(place, scratch) if isinstance(place, Bucket) else LocalStorage(place)
