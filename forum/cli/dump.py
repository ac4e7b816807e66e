"""`flask dump …`: the open data, made, looked at, and its figures counted again from the file alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

WIDTH = 36  # of a column of figures
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def dump() -> None:
    """The open data: make, remove; and of any package, from anywhere: check, recount."""


@dump.command()
@with_appcontext
def make() -> None:
    """Make the package of today now, unless it is there; the worker makes it each day by itself."""
    from forum.opendata import folder, making

    try:
        made, is_new = making.make()
    except folder.Making as problem:
        raise click.ClickException("another process is making it just now") from problem
    click.echo(f"{made.path}: {'made' if is_new else 'there already'}, {made.size} bytes, SHA-256 {made.sha256}")


@dump.command()
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@with_appcontext
def remove(day: Any) -> None:
    """Take the package of DAY away from the site, because something stands in it that must not; what was fetched stays out there."""
    from forum.opendata import folder

    try:
        gone = folder.remove(day.date())
    except folder.Making as problem:
        raise click.ClickException("another process writes into the folder just now") from problem
    if not gone:
        raise click.ClickException(f"there is no package of {day.date()}")
    click.echo(f"The package of {day.date()} is removed.")


@dump.command()
@click.argument("file", type=FILE)
@click.option("--heads", type=FILE, help="a copy of /ledger/heads.csv; without it the database of the site is asked")
@with_appcontext
def check(file: Path, heads: Path | None) -> None:
    """Look whether every part of FILE is what was written, and its heads are those that were published; fails when not."""
    from forum.opendata import folder, reading

    count = 0
    sha256 = folder.hash_of(file)
    with _told(), reading.opened(file) as package:
        for count, flaw in enumerate(_flaws(package, heads), start=1):  # noqa: B007 - told below
            click.echo(flaw)
        day = package.day.date
    there = folder.find(day) if heads is None else None
    if there is not None and there.sha256 != sha256:
        count += 1
        click.echo(f"the site published another package of this day, SHA-256 {there.sha256}")
    click.echo(f"{day}, SHA-256 {sha256}: {count} flaws.")
    if count:
        raise click.exceptions.Exit(1)


def _flaws(package: Any, heads: Path | None) -> Iterator[str]:
    from forum.opendata import comparing, reading

    yield from reading.flaws(package)
    yield from comparing.head_flaws(package, None if heads is None else comparing.of_file(heads))
    yield from comparing.ledger_flaws(package)
    if heads is None:
        yield from comparing.ledger_days_flaws(package)


@dump.command()
@click.argument("file", type=FILE)
@click.option("--business", type=click.IntRange(1), help="number of a business, as in businesses.csv")
@click.option("--category", help="key of a category")
@click.option("--compare", is_flag=True, help="tell every difference from the figures that the site keeps; without a subject, of all")
@with_appcontext
def recount(file: Path, business: int | None, category: str | None, *, compare: bool) -> None:
    """Count the figures of the site, a business or a category from FILE alone, by the formulas of the site.

    No database is asked, but with --compare. Fails when a part of FILE is not what was written, or a figure differs.
    """
    from forum.letters import categories
    from forum.opendata import comparing, reading, recount
    from forum.statistics import models

    if business is not None and category is not None:
        raise click.UsageError("name a business or a category, not both")
    if category is not None and category not in categories.all_keys():
        raise click.UsageError(f"there is no category {category}; there are {', '.join(categories.all_keys())}")
    subject = models.WHOLE_SITE
    if business is not None:
        subject = models.business(business)
    elif category is not None:
        subject = models.filed_under(category)
    wrong = 0
    with _told(), reading.opened(file) as package:
        for flaw in reading.flaws(package):
            wrong += 1
            click.echo(f"WARNING: {flaw}", err=True)
        wanted = [subject]
        if subject not in (known := recount.subjects(package)):
            raise click.UsageError(f"{file.name} holds no business {business}")
        if compare and subject == models.WHOLE_SITE:
            wanted = [*known, *(one for one in comparing.kept_subjects() if one not in set(known))]
        counted = recount.figures(package, wanted)
        day = package.day.date
    for text in _report(subject, counted[subject], day):
        click.echo(text)
    if compare:
        found = list(comparing.differences(counted))
        for one in found:
            click.echo(_difference(one, day))
        click.echo(f"{len(counted)} subjects compared, {len(found)} differences.")
        wrong += len(found)
    if wrong:
        raise click.exceptions.Exit(1)


def _difference(one: Any, day: date) -> str:
    if one.kept_on is None:
        return f"{one.subject}: nothing is kept, counted {one.counted} cases"
    other = "" if one.kept_on == day else f" (kept for {one.kept_on}, counted for {day})"
    return f"{one.subject} {one.name}: kept {one.kept}, counted {one.counted}{other}"


def _report(subject: str, data: dict[str, Any], day: date) -> Iterator[str]:
    """The figures as lines: of the last twelve months and the present one, and of all time."""
    from forum.statistics.counted import part_of
    from forum.statistics.measures import MEASURES, RATES

    year, whole = part_of("year", data["year"]), part_of("all", data["all"])
    yield f"{subject}, {day}"
    yield f"{'figure':<24}{'12 months':>{WIDTH}}{'all time':>{WIDTH}}"
    for name in MEASURES:
        yield f"{name:<24}{year[name]:>{WIDTH}}{whole[name]:>{WIDTH}}"
    for name in RATES:
        yield f"{'share ' + name:<24}{_share(year.rate(name)):>{WIDTH}}{_share(whole.rate(name)):>{WIDTH}}"
    for name, days in (("median days", (year.median, whole.median)), ("9th decile days", (year.ninth, whole.ninth))):
        yield f"{name:<24}{_days(days[0]):>{WIDTH}}{_days(days[1]):>{WIDTH}}"


def _share(rate: Any) -> str:
    if rate.value is None:
        return "n = 0"
    return f"{rate.value:.4f} ({rate.low:.4f} to {rate.high:.4f}), n = {rate.n}"


def _days(days: Any) -> str:
    if not days.answered:
        return "no response"
    return f"{days.days if days.days is not None else f'> {days.longest}'}, n = {days.n}"


@contextmanager
def _told() -> Iterator[None]:
    from forum.opendata.reading import Unreadable

    try:
        yield
    except Unreadable as problem:
        raise click.ClickException(str(problem)) from problem
