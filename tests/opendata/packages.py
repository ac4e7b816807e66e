"""Packages for tests: made from what is there, read as text, written again with something changed."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db
from forum.opendata import bundle
from forum.statistics import figures
from forum.statistics.measures import Day


def made(path: Path, day: Day | None = None) -> Path:
    """Write a package of what is there now, with all figures counted."""
    figures.count_all()
    db.session.rollback()
    with path.open("wb") as file:
        bundle.write(file, day or Day.today())
    return path


def parts(path: Path) -> dict[str, str]:
    """Every file of a package as text."""
    with ZipFile(path) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def rows(path: Path, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(parts(path)[f"data/{table}.csv"], newline="")))


def changed(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The same package with one file changed and nothing else."""
    target = path.with_name("changed.zip")
    with ZipFile(target, "w") as package:
        for name, text in parts(path).items():
            new = change(text) if name == part else text
            assert name != part or new != text
            package.writestr(name, new)
    return target


def today() -> Path:
    """Where the package of today lies once it is published."""
    return settings().open_dir / f"{utcnow().astimezone(settings().time_zone).date().isoformat()}.zip"
