"""A package from anywhere, read row by row: nothing but the file is needed, and nothing in it is believed."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final
from zipfile import BadZipFile, ZipFile
from zlib import error as BadStream  # noqa: N812 - a class, by its name in the library

from forum.opendata.cells import Table
from forum.opendata.folder import LARGEST_DESCRIPTION_BYTES
from forum.opendata.package import DESCRIPTION, FORMAT
from forum.opendata.schema import TABLES
from forum.statistics.measures import Day

CHUNK_BYTES: Final = 256 * 1024


class Unreadable(Exception):
    """The file is no package of open data, or a part of it cannot be read; `str()` says what."""


@dataclass(frozen=True)
class Package:
    """An open package and what it says of itself."""

    file: ZipFile
    said: dict[str, Any]

    @property
    def day(self) -> Day:
        """The day that its figures are counted for; raises Unreadable."""
        try:
            counting = self.said["counting"]
            return Day(date.fromisoformat(counting["day"]), int(counting["working_day"]))
        except (KeyError, TypeError, ValueError) as problem:
            raise Unreadable(f"{DESCRIPTION} names no day") from problem

    def rows(self, table: Table) -> Iterator[SimpleNamespace]:
        """Yield the rows of a table, values by the names of their columns; raises Unreadable with the line."""
        with _told(table.path), self.file.open(table.path) as raw:
            lines = csv.reader(io.TextIOWrapper(raw, "utf-8", newline=""), strict=True)
            if tuple(next(lines, ())) != table.heads:
                raise Unreadable(f"{table.path} has other columns than {', '.join(table.heads)}")
            for cells in lines:
                try:
                    found = zip(table.columns, cells, strict=True)
                    yield SimpleNamespace(**{column.name: column.read(cell) for column, cell in found})
                except ValueError as problem:
                    raise Unreadable(f"{table.path}, line {lines.line_num}: {problem}") from problem


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open a package; raises Unreadable."""
    with _told(path.name), ZipFile(path) as file:
        info = file.getinfo(DESCRIPTION)
        if info.file_size > LARGEST_DESCRIPTION_BYTES:
            raise Unreadable(f"{DESCRIPTION} is too large")
        said = json.loads(file.read(info))
        counting = said.get("counting") if isinstance(said, dict) else None
        if not isinstance(counting, dict) or counting.get("format") != FORMAT:
            raise Unreadable(f"{DESCRIPTION} is not of the form {FORMAT}")
        yield Package(file, said)


def flaws(package: Package) -> Iterator[str]:
    """Yield in words which files are not what the description says: other bytes, missing, not named, tables of another form."""
    named = {one.get("path"): one for one in package.said.get("resources", ()) if isinstance(one, dict)}
    names = package.file.namelist()
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{name} is there twice"
    for name in sorted(set(names) - set(named) - {DESCRIPTION}):
        yield f"{name} is not named in {DESCRIPTION}"
    for table in TABLES:
        if table.path not in named:
            yield f"{table.path} is not named in {DESCRIPTION}"
    for path, one in named.items():
        if path not in names:
            yield f"{path} is missing"
            continue
        size, sha256 = _measured(package, str(path))
        if (size, f"sha256:{sha256}") != (one.get("bytes"), one.get("hash")):
            yield f"{path} is not what was written: SHA-256 {sha256}, {size} bytes"
    for table in TABLES:
        if table.path in names:
            yield from _of_table(package, table, named.get(table.path, {}).get("rows"))


def _of_table(package: Package, table: Table, said: Any) -> Iterator[str]:
    try:
        count = sum(1 for _row in package.rows(table))
    except Unreadable as problem:
        yield str(problem)
    else:
        if count != said:
            yield f"{table.path} has {count} rows, {DESCRIPTION} says {said}"


def _measured(package: Package, path: str) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with _told(path), package.file.open(path) as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


@contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except (BadZipFile, BadStream, EOFError, NotImplementedError, csv.Error, UnicodeDecodeError, OSError) as problem:
        raise Unreadable(f"{what} cannot be read: {problem}") from problem
    except KeyError as problem:
        raise Unreadable(f"{what}: {problem.args[0]}") from problem
    except (json.JSONDecodeError, RecursionError, RuntimeError) as problem:
        raise Unreadable(f"{what} cannot be read: {problem}") from problem
