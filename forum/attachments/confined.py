"""Run the re-encoding child within its limits, and believe nothing that it wrote."""

import errno
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import forum
from forum.attachments.kinds import NO_ROOM, Variant, mime_of, source_of
from forum.attachments.receive import Refused
from forum.core.storage import NO_SPACE, StorageFull

MAX_RESULT_BYTES = 64 * 1024
LARGEST_NUMBER = 1_000_000
FORMATS = {"image/webp": "WEBP", "image/jpeg": "JPEG", "application/pdf": "PDF"}
CODE_FOLDER = Path(forum.__file__).resolve().parents[1]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What one re-encoding may use: address space, processor time, and time by the clock."""

    memory_bytes: int = 1024**3
    cpu_seconds: int = 20
    wall_seconds: float = 30


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Copy:
    """One form of a file as the child made it; `width` and `height` in pixels, of a PDF in points of its first page."""

    variant: Variant
    mime: str
    data: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Made:
    """All that may be shown of a file; `width` and `height` are those of the full copy."""

    kind: str
    width: int
    height: int
    pages: int
    copies: tuple[Copy, ...]


def make(data: bytes, scratch: Path, *, areas: Sequence[Sequence[float]] = (), limits: Limits = DEFAULT_LIMITS) -> Made:
    """Have the copies of a file made by the child, with these areas of its pages painted over; raises Refused or StorageFull.

    Takes up to `limits.wall_seconds`: never call it inside a writing unit.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="make-", dir=scratch, ignore_cleanup_errors=True) as name:
            folder = Path(name)
            (folder / "input").write_bytes(data)
            return _made(_reencode(folder, areas, limits), folder)
    except OSError as problem:
        if problem.errno in NO_SPACE:
            raise StorageFull from problem
        raise


def _reencode(folder: Path, areas: Sequence[Sequence[float]], limits: Limits) -> dict[str, Any]:
    module = [sys.executable, "-s", "-m", "forum.attachments.reencode"]
    given = [
        str(folder / "input"),
        str(folder),
        str(limits.memory_bytes),
        str(limits.cpu_seconds),
        json.dumps([*areas]),
    ]
    ended = run_child([*module, *given], folder, limits.wall_seconds)
    if ended is None or ended in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise Refused("took_too_long")
    if ended == NO_ROOM:
        raise StorageFull
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


def _made(result: dict[str, Any], folder: Path) -> Made:
    kind = result["kind"]
    copies = tuple(_copy(Variant(variant), kind, facts, folder) for variant, facts in sorted(result["outputs"].items()))
    return Made(kind, _side(result["width"]), _side(result["height"]), _side(result["pages"]), copies)


def _side(value: object) -> int:
    if not isinstance(value, int) or not 0 < value < LARGEST_NUMBER:
        raise Refused("damaged")
    return value


def _copy(variant: Variant, kind: str, facts: dict[str, Any], folder: Path) -> Copy:
    """Take over an output, which must be what the child says: it handled hostile bytes and is not believed."""
    mime = mime_of(kind, variant)
    data = _output(folder / variant.value)
    found = source_of(data[:64])
    if found is None or found.format != FORMATS[mime]:
        raise Refused("damaged")
    return Copy(variant, mime, data, _side(facts["width"]), _side(facts["height"]))


def _read(path: Path) -> bytes:
    """Read a small file that the child wrote, and not where it may point to."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
        return file.read(MAX_RESULT_BYTES)


def _output(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as problem:
        if problem.errno not in {errno.ENOENT, errno.ELOOP}:
            raise
        raise Refused("damaged") from problem
    with os.fdopen(descriptor, "rb") as file:
        return file.read()
