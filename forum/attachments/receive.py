"""Take a stranger's file in: look, have it re-encoded in a confined child, store only what the child made."""

import errno
import hashlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import forum
from forum.attachments.kinds import IMAGE, MAX_FILE_BYTES, MIME, NO_ROOM, source_of
from forum.attachments.names import safe_name
from forum.core.errors import DomainError
from forum.core.storage import NO_SPACE, Storage, StorageFull

CHILDREN_AT_ONCE = 2
MAX_RESULT_BYTES = 64 * 1024
CODE_FOLDER = Path(forum.__file__).resolve().parents[1]

log = logging.getLogger(__name__)
_places = threading.BoundedSemaphore(CHILDREN_AT_ONCE)


@dataclass(frozen=True)
class Limits:
    """What one re-encoding may use: address space, processor time, and time by the clock (waiting its turn as well)."""

    memory_bytes: int = 1024**3
    cpu_seconds: int = 20
    wall_seconds: float = 30


DEFAULT_LIMITS = Limits()


class Refused(DomainError):
    """The file cannot be taken.

    Codes: empty, too_big (limit), unknown_type, damaged, too_many_pixels (limit), too_many_pages (pages, limit), encrypted,
    took_too_long (also for too much memory, and when no place came free), storage_full.
    """

    code = "damaged"


@dataclass(frozen=True)
class Received:
    """A file that is stored: keys for `Storage`, and what a row needs to know.

    `kind` is image or pdf; `mime`, `size` (bytes) and `name` are those of the stored full file, `sha256_original` and
    `original_size` those of what was sent. `width` and `height` are pixels of the full picture, or points of the first page.
    """

    kind: str
    mime: str
    name: str
    size: int
    sha256_original: str
    original_size: int
    full_key: str
    thumb_key: str
    width: int
    height: int
    pages: int


def receive(file: BinaryIO | bytes, filename: str, storage: Storage, *, limits: Limits = DEFAULT_LIMITS) -> Received:
    """Check, re-encode and store one file; raises Refused. Takes up to seconds: never call it inside a writing unit."""
    try:
        data = file if isinstance(file, bytes) else file.read(MAX_FILE_BYTES + 1)
        if not data:
            raise Refused("empty")
        if len(data) > MAX_FILE_BYTES:
            raise Refused("too_big", limit=MAX_FILE_BYTES)
        if source_of(data[:64]) is None:
            raise Refused("unknown_type")
        with tempfile.TemporaryDirectory(prefix="receive-", dir=storage.scratch(), ignore_cleanup_errors=True) as name:
            folder = Path(name)
            (folder / "input").write_bytes(data)
            result = _reencode(folder, limits)
            full, thumb = _made(folder / "full", result["kind"]), _made(folder / "thumb", IMAGE)
        return _keep(data, filename, result, full, thumb, storage)
    except StorageFull as problem:
        raise Refused("storage_full") from problem
    except OSError as problem:
        if problem.errno in NO_SPACE:
            raise Refused("storage_full") from problem
        raise


def _keep(
    original: bytes, filename: str, result: dict[str, Any], full: bytes, thumb: bytes, storage: Storage
) -> Received:
    """Decide what stays: the two derivatives, and of the original nothing but its hash and size."""
    mime = MIME[result["kind"]]
    return Received(
        kind=result["kind"],
        mime=mime,
        name=safe_name(filename, mime),
        size=len(full),
        sha256_original=hashlib.sha256(original).hexdigest(),
        original_size=len(original),
        full_key=storage.put(full),
        thumb_key=storage.put(thumb),
        width=result["width"],
        height=result["height"],
        pages=result["pages"],
    )


def _reencode(folder: Path, limits: Limits) -> dict[str, Any]:
    module = [sys.executable, "-s", "-m", "forum.attachments.reencode"]
    numbers = [str(limits.memory_bytes), str(limits.cpu_seconds)]
    if not _places.acquire(timeout=limits.wall_seconds):
        raise Refused("took_too_long")
    try:
        ended = run_child([*module, str(folder / "input"), str(folder), *numbers], folder, limits.wall_seconds)
    finally:
        _places.release()
    if ended is None or ended in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise Refused("took_too_long")
    if ended == NO_ROOM:
        raise Refused("storage_full")
    if ended != 0:
        log.warning("re-encoding child ended with %s: %r", ended, _read(folder / "err")[-500:])
        raise Refused("damaged")
    result: dict[str, Any] = json.loads(_read(folder / "out"))
    if "refused" in result:
        raise Refused(result["refused"], **result["facts"])
    return result


def run_child(command: Sequence[str], folder: Path, wall_seconds: float) -> int | None:
    """Run a command without environment, its words in `out` and `err` of the folder; return its status, None if out of time.

    Whatever happens, the child and all that it started in its session are dead and reaped afterwards.
    """
    environment = {"MALLOC_ARENA_MAX": "1"}  # or glibc reserves 64 MB of the memory limit for each thread
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=CODE_FOLDER, env=environment,
            start_new_session=True,
        )  # fmt: skip
    try:
        return child.wait(wall_seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _read(path: Path) -> bytes:
    """Read a small file that the child wrote, and not where it may point to."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
        return file.read(MAX_RESULT_BYTES)


def _made(path: Path, kind: str) -> bytes:
    """Read an output of the child, which must be what the child says: it handled hostile bytes and is not believed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as problem:
        if problem.errno not in {errno.ENOENT, errno.ELOOP}:
            raise
        raise Refused("damaged") from problem
    with os.fdopen(descriptor, "rb") as file:
        data = file.read()
    found = source_of(data[:64])
    if found is None or found.kind != kind:
        raise Refused("damaged")
    return data
