"""`flask breach`: whom a breach of data concerns, and the notices that the law asks for within 3 × 24 hours."""

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"])


@click.command()
@click.option("--since", required=True, type=MOMENT, help="from when the data could be read, in the site's time zone")
@click.option("--until", required=True, type=MOMENT, help="until when")
@click.option("--found", required=True, type=MOMENT, help="when you found it: 3 × 24 hours run from here")
@click.option(
    "--data",
    "kinds",
    required=True,
    multiple=True,
    type=click.Choice(["accounts", "details", "files", "sessions"]),
    help="which data; several times for several kinds",
)
@click.option("--how", required=True, help="how it happened, in Indonesian")
@click.option("--done", required=True, help="what you have done about it, in Indonesian")
@click.option(
    "--how-en", default="", help="the same in English; without it those who read English get the notice in Indonesian"
)
@click.option("--done-en", default="", help="the same in English")
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="folder for the list and the notices; made with mode 700",
)
@click.option("--send", is_flag=True, help="after a question, mail the notice to everybody on the list, each once")
@with_appcontext
def breach(
    since: datetime, until: datetime, found: datetime, kinds: tuple[str, ...], folder: Path, *, send: bool, **words: str
) -> None:
    """Write who is concerned (CSV) and the notices to them and to the authority in Indonesian and English, readable by you alone."""
    from forum.config import settings
    from forum.desk.sheets import as_csv
    from forum.legal import breach as about

    zone = settings().time_zone
    at = [one.replace(tzinfo=zone).astimezone(UTC) for one in (since, until, found)]
    if not at[0] <= at[1] or at[0] > at[2]:
        raise click.BadParameter("--since must be before --until and --found")
    known = about.Breach(
        tuple(one for one in about.Exposed if one.value in kinds), at[0], at[1], at[2], **_by_language(words)
    )
    people = about.concerned(known.kinds, known.since, known.until)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"breach-{known.reference}"
    rows: list[list[str | int | date | None]] = [
        [one.id, one.name, one.email, one.language, " ".join(one.kinds)] for one in people
    ]
    _write(folder / f"{name}.csv", as_csv(["user", "name", "email", "language", "data"], rows))
    for language in known.how:
        _write(folder / f"{name}-people-{language}.txt", [about.notice_to_all(language, known).encode()])
        _write(
            folder / f"{name}-authority-{language}.txt",
            [about.notice_to_authority(language, known, len(people)).encode()],
        )
    unreachable = sum(not one.email for one in people)
    click.echo(
        f"{len(people)} people are concerned, {unreachable} of them without an address (closed accounts): {folder / name}.csv"
    )
    click.echo(
        f"People and authority must be told by {known.due_at.astimezone(zone):%Y-%m-%d %H:%M}; {_left(known.due_at)}."
    )
    if not send:
        click.echo("Nothing was sent. Read the notices, then call it again with --send.")
        return
    click.confirm(f"Mail the notice to {len(people) - unreachable} people now?", abort=True)
    click.echo(
        f"{about.send(people, known)} mails are queued; the worker sends them. Those written before are not written again."
    )


def _by_language(words: dict[str, str]) -> dict[str, Any]:
    """The operator's words; English where both are given."""
    english = {"how": {"en": words["how_en"]}, "done": {"en": words["done_en"]}}
    both = bool(words["how_en"] and words["done_en"])
    if bool(words["how_en"]) != bool(words["done_en"]):
        raise click.BadParameter("--how-en and --done-en go together")
    return {name: {"id": words[name], **(english[name] if both else {})} for name in ("how", "done")}


def _left(due_at: datetime) -> str:
    hours = int((due_at - datetime.now(UTC)).total_seconds() // 3600)
    return f"{hours} hours are left" if hours >= 0 else "that is over: say why in the notice to the authority"


def _write(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file that nobody else can read, also where one of this name is there."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for part in parts:
            file.write(part)
