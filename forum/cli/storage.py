"""`flask storage …`: the files and the rows that name them, looked at, copied elsewhere, tidied."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from forum.cli.bookmark import Bookmark
from forum.config import settings
from forum.config.places import Bucket, place
from forum.core.storage import Storage, StorageAway, StorageFull, storage_at
from forum.core.storage.walking import PLACES, place_in_line

SHOWN = 20
afresh = click.option("--afresh", is_flag=True, help="begin anew where an earlier run was interrupted")


@click.group()
def storage() -> None:
    """Stored files: verify, migrate, sweep. Each may be stopped at any time and goes on there when called again."""


@storage.command()
@click.option("--contents/--no-contents", default=True, show_default=True, help="read every file and prove its SHA-256")
@afresh
@with_appcontext
def verify(*, contents: bool, afresh: bool) -> None:
    """Hold rows and files against each other: missing, unnamed, other size, other content. Fails when something is wrong."""
    from forum.attachments import verifying

    where = _here()
    mark = _bookmark("verify", str(where), str(contents), afresh=afresh)
    with _told(), _bar("Verifying", mark) as bar:
        for part in verifying.verify(where, after=mark.after, contents=contents):
            mark.counted["seen"] += part.seen
            mark.counted.update(one.wrong.value for one in part.findings)
            _step(bar, mark, part.after, [_line(one) for one in part.findings])
    wrong = {one.value: mark.counted[one.value] for one in verifying.Wrong if mark.counted[one.value]}
    mark.close()
    click.echo(f"{mark.counted['seen']} files of {where} looked at, {sum(wrong.values())} wrong.")
    if wrong:
        _show(mark, wrong)


@storage.command()
@click.argument("here", metavar="FROM")
@click.argument("there", metavar="TO")
@afresh
@with_appcontext
def migrate(here: str, there: str, *, afresh: bool) -> None:
    """Copy every file FROM one place TO another (a folder or s3://…, as in FORUM_STORAGE) and read each copy back.

    Removes and changes nothing else; the site may run meanwhile. Call it once more while it stands still, then set
    FORUM_STORAGE to the new place, start, and verify.
    """
    from forum.core.storage.moving import Copied, copy_all

    source, target = _place(here, "FROM", must_be=True), _place(there, "TO", must_be=False)
    if str(source) == str(target):
        raise click.UsageError("FROM and TO are the same place")
    mark = _bookmark("migrate", str(source), str(target), afresh=afresh)
    with _told(), _bar("Copying", mark) as bar:
        for part in copy_all(source, target, mark.after):
            mark.counted.update(state.value for _key, state in part.files)
            damaged = [f"{state.value} {key}" for key, state in part.files if state is Copied.DAMAGED]
            _step(bar, mark, part.after, damaged)
    mark.close()
    click.echo(
        f"{mark.counted[Copied.COPIED]} files copied to {target}, {mark.counted[Copied.THERE]} were there already."
    )
    if mark.counted[Copied.DAMAGED]:
        _show(mark, {Copied.DAMAGED.value: mark.counted[Copied.DAMAGED]})


@storage.command()
@click.option("--dry-run", is_flag=True, help="remove nothing, only say what would be removed")
@afresh
@with_appcontext
def sweep(*, dry_run: bool, afresh: bool) -> None:
    """Remove files that no row names and that are older than a day; the worker does so each day by itself."""
    from forum.attachments.actions.sweeping import sweep as sweeping

    where = _here()
    mark = _bookmark("sweep", str(where), str(dry_run), afresh=afresh)
    verb = "would be removed" if dry_run else "removed"
    with _told(), _bar("Sweeping", mark) as bar:
        for part in sweeping(where, after=mark.after, dry_run=dry_run):
            mark.counted.update(seen=part.seen, removed=len(part.removed))
            _step(bar, mark, part.after, part.removed)
    mark.close()
    click.echo(f"{mark.counted['seen']} files of {where} looked at, {mark.counted['removed']} {verb}.")
    if mark.listed:
        click.echo(f"They are named in {mark.list_path}.")


def _here() -> Storage:
    from flask import current_app

    found: Storage = current_app.extensions["storage"]
    return found


def _place(value: str, name: str, *, must_be: bool) -> Storage:
    try:
        found: Path | Bucket = place(value)
    except ValueError as problem:
        raise click.UsageError(f"{name} {problem}") from problem
    if must_be and isinstance(found, Path) and not found.is_dir():
        raise click.UsageError(f"there is no folder {found}")
    return storage_at(found, settings().data_dir / "scratch")


def _bookmark(command: str, *of: str, afresh: bool) -> Bookmark:
    mark = Bookmark.found(settings().data_dir / f"storage-{command}.json", *of, afresh=afresh)
    if mark.after:
        click.echo(f"Going on after {mark.after[:12]}…, where an earlier run stopped (--afresh begins anew).")
    return mark


def _bar(label: str, mark: Bookmark) -> Any:
    bar = click.progressbar(length=PLACES, label=label)
    bar.update(place_in_line(mark.after))
    return bar


def _step(bar: Any, mark: Bookmark, after: str, lines: list[str]) -> None:
    bar.update(place_in_line(after) - place_in_line(mark.after))
    mark.move(after, lines)


@contextmanager
def _told() -> Iterator[None]:
    """Say in words what the place for files refuses; what was done stays done, and the next call goes on."""
    try:
        yield
    except StorageFull as problem:
        raise click.ClickException("there is no room left; make some, then call this again and it goes on") from problem
    except StorageAway as problem:
        raise click.ClickException(f"{problem}; call this again and it goes on where it stopped") from problem


def _line(one: Any) -> str:
    held = ", ".join(f"attachment {number}" for number in one.attachments)
    return f"{one.wrong.value} {one.key}" + (f" ({held})" if held else "")


def _show(mark: Bookmark, wrong: dict[str, int]) -> None:
    """Print the first lines of the list and fail."""
    with mark.list_path.open() as lines:
        _print(islice(lines, SHOWN))
    counts = ", ".join(f"{number} {name}" for name, number in wrong.items())
    raise click.ClickException(f"{counts}; all of them stand in {mark.list_path}")


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line.rstrip("\n"))
