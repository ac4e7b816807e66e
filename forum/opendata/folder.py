"""Where the packages lie: `2026-11-27.zip` for each day, and beside it `2026-11-27.zip.sha256` as sha256sum writes it.

A package is published once both are there; it is never changed afterwards, so that everybody may keep it for good.
"""

import fcntl
import hashlib
import json
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final
from zipfile import BadZipFile, ZipFile

from forum.config import settings
from forum.opendata.package import DESCRIPTION

NAME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})\.zip", re.ASCII)
SUM: Final = re.compile(r"([0-9a-f]{64}) [ *](\S+)\n?")
UNFINISHED: Final = ".unfinished-"
LARGEST_DESCRIPTION_BYTES: Final = 4 * 1024**2

log = logging.getLogger(__name__)


class Making(Exception):
    """Somebody else is writing into the folder just now."""


@dataclass(frozen=True)
class Dump:
    """The package of a day; `size` in bytes."""

    day: date
    path: Path
    size: int
    sha256: str


def days() -> list[date]:
    """Return the days of which a package is published, the newest first."""
    folder = settings().open_dir
    if not folder.is_dir():
        return []
    names = {path.name for path in folder.iterdir()}
    found = (NAME.fullmatch(name) for name in names if f"{name}.sha256" in names)
    return sorted((day for one in found if one and (day := day_of(one[1]))), reverse=True)


def day_of(words: str) -> date | None:
    """Return the day that is written as 2026-11-27, None for anything else."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if day.isoformat() == words else None  # not 20261127, nor 2026-W48-5


def find(day: date) -> Dump | None:
    """Return the published package of a day."""
    path = settings().open_dir / f"{day.isoformat()}.zip"
    try:
        said = SUM.fullmatch(_sum(path).read_text(encoding="ascii"))
        size = path.stat().st_size
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    if said is None or said[2] != path.name:
        log.error("%s does not hold the SHA-256 of %s", _sum(path), path.name)
        return None
    return Dump(day, path, size, said[1])


def described(dump: Dump) -> dict[str, Any] | None:
    """Return what a package says of itself; None when it cannot be read, which the log tells."""
    try:
        with ZipFile(dump.path) as package:
            info = package.getinfo(DESCRIPTION)
            if info.file_size > LARGEST_DESCRIPTION_BYTES:
                raise BadZipFile("the description is too large")
            found: dict[str, Any] = json.loads(package.read(info))
            return found
    except (BadZipFile, KeyError, ValueError, OSError) as problem:
        log.error("%s cannot be read: %s", dump.path, problem)  # noqa: TRY400 - no failure of ours
        return None


def publish(day: date, write: Callable[[BinaryIO], None]) -> tuple[Dump, bool]:
    """Have the package of a day written and published; returns it, and whether it is new. What is there stays as it is.

    A crash leaves nothing that is shown. Raises Making while another process writes.
    """
    folder = settings().open_dir
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    with _alone(folder):
        there = find(day)
        if there is not None:
            return there, False
        for left in folder.glob(f"{UNFINISHED}*"):
            left.unlink()
        path, unfinished = folder / f"{day.isoformat()}.zip", folder / f"{UNFINISHED}{os.getpid()}"
        try:
            with unfinished.open("xb") as file:
                write(file)
                _kept(file)
            sha256 = hash_of(unfinished)
            with (folder / f"{UNFINISHED}sum").open("xb") as file:
                file.write(f"{sha256}  {path.name}\n".encode())
                _kept(file)
                Path(file.name).replace(_sum(path))
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        _fsync(folder)
        return Dump(day, path, path.stat().st_size, sha256), True


def remove(day: date) -> bool:
    """Take the package of a day away; returns whether there was one. Raises Making."""
    path = settings().open_dir / f"{day.isoformat()}.zip"
    if not path.exists():
        return False
    with _alone(settings().open_dir):
        path.unlink(missing_ok=True)
        _sum(path).unlink(missing_ok=True)
    return True


def prune(today: date) -> list[date]:
    """Take away what is older than FORUM_OPEN_DAYS, but for the first of each month; returns the days."""
    there = days()
    old = sorted(set(there) - kept(there, today, settings().open_days))
    return [day for day in old if remove(day)]


def kept(there: Iterable[date], today: date, count: int) -> set[date]:
    """Return which days stay: those of the last `count` days, and the first that there is of each month."""
    known = sorted(there)
    first: dict[tuple[int, int], date] = {}
    for day in known:
        first.setdefault((day.year, day.month), day)
    return {day for day in known if day > today - timedelta(days=count)} | set(first.values())


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let nobody else write into the folder meanwhile; raises Making."""
    with (folder / ".lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise Making from problem
        yield


def _sum(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _kept(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _fsync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
