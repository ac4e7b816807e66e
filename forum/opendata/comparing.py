"""A package held against the site it is of: the figures that the site keeps, the heads that it published."""

import csv
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from forum.core.chain import NOTHING
from forum.core.db import db
from forum.ledger import queries as ledger
from forum.ledger.facts import Facts, hash_of
from forum.opendata import schema
from forum.opendata.reading import Package, Unreadable
from forum.receipts.queries import all_days
from forum.receipts.tree import head_of
from forum.statistics.figures import differing
from forum.statistics.models import Figures

LEFT_ALONE: Final = frozenset({"ground"})  # kept beside figures: it counts nothing
Head = tuple[datetime, int, int, str, str]


@dataclass(frozen=True)
class Difference:
    """A figure that the site keeps otherwise than the package gives; `kept` is None, too, where nothing is kept."""

    subject: str
    name: str
    kept: Any
    counted: Any
    kept_on: date | None  # the day for which the site counted


def kept_subjects() -> list[str]:
    """Return the subjects of which the site keeps figures."""
    return list(db.session.scalars(select(Figures.subject).order_by(Figures.subject)))


def differences(counted: Mapping[str, dict[str, Any]]) -> Iterator[Difference]:
    """Yield every difference between the figures that the site keeps and these; nothing kept is a difference, but of nothing."""
    for subject, data in counted.items():
        found = db.session.execute(select(Figures.data, Figures.day).where(Figures.subject == subject)).one_or_none()
        if found is None:
            if data["all"]["cases"] or data["all"]["taken_down"] or data["all"]["withdrawn"]:
                yield Difference(subject, "", None, data["all"]["cases"], None)
            continue
        for name, kept, now in differing(_plain(found.data), data):
            yield Difference(subject, name, kept, now, found.day)


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Kept figures without what a package does not hold: names of businesses stand beside the ends of their addresses."""
    plain = {name: value for name, value in data.items() if name not in LEFT_ALONE}
    if "silent" in plain:
        plain["silent"] = [{key: one[key] for key in one if key != "name"} for one in plain["silent"]]
    return plain


def head_flaws(package: Package, published: Mapping[date, Head] | None = None) -> Iterator[str]:
    """Yield in words which heads do not follow from those before, or are others than `published`: those of the site without it."""
    before, found = NOTHING, dict[date, Head]()
    for row in package.rows(schema.HEADS):
        if head_of(before, row.day, row.until, row.letters, row.events, row.root) != row.head:
            yield f"{row.day}: the head does not follow from the one before and what stands beside it"
        before, found[row.day] = row.head, (row.until, row.letters, row.events, row.root, row.head)
    known = of_site() if published is None else published
    for day, head in known.items():
        if day < package.day.date and day not in found:
            yield f"{day}: the published head is not in the package"
        elif day in found and found[day] != head:
            yield f"{day}: another head was published, {head[-1]}"
    for day in found.keys() - known.keys():
        yield f"{day}: no head was published"


def of_site() -> dict[date, Head]:
    """Return the heads that the site published."""
    found = {one.day: (one.until, one.letters, one.events, one.root, one.head) for one in all_days()}
    db.session.rollback()
    return found


def ledger_flaws(package: Package) -> Iterator[str]:
    """Yield in words which rows of the ledger do not follow from those before, and which days tell another end than the rows."""
    days = list(package.rows(schema.LEDGER_DAYS))
    moments, last = [one.until for one in days], [(0, NOTHING)] * (len(days) + 1)
    number, before = 0, NOTHING
    for row in package.rows(schema.LEDGER):
        number += 1
        said = Facts(*(getattr(row, name) for name in Facts._fields))
        if row.number != number or hash_of(before, row.number, said) != row.hash:
            yield f"ledger, row {row.number}: it does not follow from the one before and what stands in it"
        number, before = row.number, row.hash
        last[bisect_right(moments, row.written_at)] = (number, before)
    for day, end in zip(days, accumulate(last, max), strict=False):
        if (day.number, day.hash) != end:
            yield f"ledger, {day.day}: the rows end otherwise than was published"


def ledger_days_flaws(package: Package) -> Iterator[str]:
    """Yield in words which ends of days are others than the site published."""
    found = {row.day: (row.until, row.number, row.hash) for row in package.rows(schema.LEDGER_DAYS)}
    known = {one.day: (one.until, one.number, one.hash) for one in ledger.all_days()}
    db.session.rollback()
    for day, end in known.items():
        if day < package.day.date and found.get(day) != end:
            yield f"ledger, {day}: another end was published, {end[-1]}"
    for day in found.keys() - known.keys():
        yield f"ledger, {day}: no end was published"


def of_file(path: Path) -> dict[date, Head]:
    """Return the heads of a copy of `/ledger/heads.csv` that somebody kept; raises Unreadable."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return dict(_heads(csv.DictReader(file)))
    except (KeyError, TypeError, ValueError, csv.Error) as problem:
        raise Unreadable(f"{path.name} is no file of heads: {problem}") from problem


def _heads(rows: Iterable[dict[str, str]]) -> Iterator[tuple[date, Head]]:
    for row in rows:
        until = datetime.fromisoformat(row["until"]).astimezone(UTC)
        yield date.fromisoformat(row["day"]), (until, int(row["letters"]), int(row["events"]), row["root"], row["head"])
