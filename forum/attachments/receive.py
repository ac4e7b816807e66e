"""Take a stranger's file in: look what it is, seal it, store it. What is shown of it is made later, by the worker."""

import hashlib
import logging
from dataclasses import dataclass
from typing import BinaryIO

from forum.attachments.kinds import MAX_FILE_BYTES, MIME, Source, refused_kind, source_of
from forum.attachments.models import FileKind, Prepared
from forum.attachments.names import safe_name
from forum.core.errors import DomainError
from forum.core.secrecy import seal
from forum.core.storage import NO_SPACE, Storage, StorageAway, StorageFull

log = logging.getLogger(__name__)


class Refused(DomainError):
    """The file cannot be taken.

    Codes at once: empty, too_big (limit), video, audio, unknown_type, storage_full, storage_away. When its copies are made:
    damaged, too_many_pixels (limit), too_many_pages (pages, limit), encrypted, infected, took_too_long (also for too much memory).
    """

    code = "damaged"


@dataclass(frozen=True)
class Received:
    """A file that is stored, sealed: its key for `Storage`, and what a row needs to know of the bytes that were sent."""

    kind: FileKind
    name: str
    size: int  # bytes
    sha256: str
    key: str
    prepared: Prepared = Prepared.AS_IT_WAS


def receive(
    file: BinaryIO | bytes, filename: str, storage: Storage, *, prepared: Prepared = Prepared.AS_IT_WAS
) -> Received:
    """Look at one file by its first bytes, seal it and store it durably; raises Refused. Never call it inside a writing unit."""
    try:
        data = file if isinstance(file, bytes) else file.read(MAX_FILE_BYTES + 1)
        kind = FileKind(look(data).kind)
        return Received(
            kind=kind,
            name=safe_name(filename, MIME[kind]),
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            key=storage.put(seal(data)),
            prepared=prepared,
        )
    except StorageFull as problem:
        raise Refused("storage_full") from problem
    except StorageAway as problem:
        log.error("a file cannot be taken: %s", problem)  # noqa: TRY400 - no failure of ours
        raise Refused("storage_away") from problem
    except OSError as problem:
        if problem.errno in NO_SPACE:
            raise Refused("storage_full") from problem
        raise


def look(data: bytes) -> Source:
    """Return what a file is by its first bytes; raises Refused for what is empty, too big or of no kind that we take."""
    if not data:
        raise Refused("empty")
    if len(data) > MAX_FILE_BYTES:
        raise Refused("too_big", limit=MAX_FILE_BYTES)
    found = source_of(data[:64])
    if found is None:
        raise Refused(refused_kind(data[:64]) or "unknown_type")
    return found
