"""A day's package as bytes: the same state gives the same ones, and memory does not grow with the rows."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import current_app
from flask_babel import force_locale

from forum.config import LANGUAGES, settings
from forum.core.clock import utcnow
from forum.desk.sheets import line
from forum.opendata import queries
from forum.opendata.cells import Table, written
from forum.opendata.package import DESCRIPTION, LICENCES, Written, description, file_name
from forum.opendata.schema import TABLES
from forum.opendata.words import table_words
from forum.statistics.measures import Day

FILE_MODE = 0o644
UNIX = 3
CHUNK_BYTES = 64 * 1024


def write(target: BinaryIO, day: Day) -> None:
    """Write the package of this day to a file: all of it is read as of one moment."""
    with queries.one_moment(), ZipFile(target, "w") as package:
        made_at = utcnow()
        files = [
            _put(package, f"README.{language}.md", [_read_me(language, day)], day.date) for language in LANGUAGES
        ]
        files += [_put(package, table.path, _lines(table), day.date, tabular=True) for table in TABLES]
        said = description(made_at, day.date, day.number, {one.path: one for one in TABLES}, files)
        _put(package, DESCRIPTION, [json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"], day.date)


def _put(package: ZipFile, path: str, parts: Iterable[bytes], day: date, *, tabular: bool = False) -> Written:
    """Write a file part by part; those of a table are its heads and its rows."""
    info = ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, UNIX, FILE_MODE << 16
    digest, size, count = hashlib.sha256(), 0, 0
    with package.open(info, "w") as file:
        waiting = bytearray()
        for part in parts:
            waiting += part
            count += 1
            if len(waiting) >= CHUNK_BYTES:
                digest.update(waiting)
                file.write(waiting)
                size += len(waiting)
                waiting.clear()
        digest.update(waiting)
        file.write(waiting)
        size += len(waiting)
    return Written(path, size, digest.hexdigest(), count - 1 if tabular else None)


def _lines(table: Table) -> Iterator[bytes]:
    yield line(table.heads)
    for row in queries.rows(table):
        yield line([written(value) for value in row])


def _read_me(language: str, day: Day) -> bytes:
    """What is in the package and how to count with it, in words; always in each language that the site can speak."""
    title, path = LICENCES[settings().open_licence]
    with force_locale(language):
        told = current_app.jinja_env.get_template("opendata/readme.md").render(
            day=day.date,
            working_day=day.number,
            file=file_name(day.date),
            site=settings().site_name,
            url=settings().site_url,
            licence=title,
            licence_url=path,
            tables=TABLES,
            words=table_words(),
        )
    return told.encode() + b"\n"
