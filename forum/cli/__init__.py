"""Commands of the operator: `flask --app wsgi <command>`."""

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask
from flask.cli import with_appcontext

from forum.cli.breach import breach
from forum.cli.dump import dump
from forum.cli.storage import storage

if TYPE_CHECKING:
    from forum.accounts.rights import Standing


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (
        work,
        seed,
        fill,
        reindex,
        recount,
        create_administrator,
        create_moderator,
        second_factor_reset,
        bodies,
        backup,
        restore,
        verify_chain,
        retention,
        read_only,
    ):
        app.cli.add_command(command)
    app.cli.add_command(breach)
    app.cli.add_command(storage)
    app.cli.add_command(dump)


@click.command()
@with_appcontext
def work() -> None:
    """Run the worker: deliveries, mails and clocks, until it is told to stop."""
    from forum.notifications import worker

    worker.run()


@click.command()
@with_appcontext
def seed() -> None:
    """Write the demo into an empty database."""
    from flask import current_app

    from forum import demo

    demo.seed(current_app)


@click.command()
@click.option("--letters", default=10_000, show_default=True, type=click.IntRange(2, 1_000_000))
@click.option(
    "--comments", default=None, type=click.IntRange(0, 10_000_000), help="comments in all; default 2 a letter"
)
@click.option(
    "--desk",
    default=0,
    type=click.IntRange(0, 1_000_000),
    help="cases of the business that the demo's voice answers for",
)
@with_appcontext
def fill(letters: int, comments: int | None, desk: int) -> None:
    """Write bulk rows for measuring into an empty database."""
    from forum.demo import bulk

    bulk.fill(letters, comments, desk)


@click.command()
@with_appcontext
def reindex() -> None:
    """Make the search index anew from the public letters."""
    from forum.search import index

    click.echo(f"{index.rebuild()} letters stand in the index.")


@click.command()
@with_appcontext
def recount() -> None:
    """Count all figures anew from the letters and tell which were kept otherwise; fails when there was one."""
    from forum.statistics import figures

    found = figures.recount()
    for one in found:
        click.echo(f"{one.subject}: kept {one.kept}, counted {one.counted}")
    click.echo(f"{len(figures.subjects())} subjects counted anew, {len(found)} differences.")
    if found:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("email")
@click.option("--name", prompt=True)
@click.password_option()
@with_appcontext
def create_administrator(email: str, name: str, password: str) -> None:
    """Appoint the first administrator: opens the account, or raises the one with this address. Later ones need two persons."""
    from forum.accounts.rights import Standing

    _appoint(Standing.ADMINISTRATOR, email, name, password)


@click.command()
@click.argument("email")
@click.option("--name", prompt=True)
@click.password_option()
@with_appcontext
def create_moderator(email: str, name: str, password: str) -> None:
    """Appoint the first moderator: opens the account, or raises the one with this address. Later ones need two persons."""
    from forum.accounts.rights import Standing

    _appoint(Standing.MODERATOR, email, name, password)


def _appoint(standing: "Standing", email: str, name: str, password: str) -> None:
    from forum.accounts import actions
    from forum.core.errors import NotNow

    try:
        actions.appoint_first(standing, email=email, name=name, password=password)
    except NotNow as problem:
        if problem.code == "office_of_two":
            raise click.ClickException(f"{email} holds an office already; the first {standing} must be another person.") from problem
        raise click.ClickException(
            f"There is a {standing} already. Others are appointed at /moderation/people: "
            "an administrator asks, another person confirms."
        ) from problem
    click.echo(f"{email} is {'an' if standing == 'administrator' else 'a'} {standing}. The desk asks for a second factor first.")


@click.command()
@click.argument("email")
@with_appcontext
def second_factor_reset(email: str) -> None:
    """Take every second factor from the account with this EMAIL, once you are sure who asks; its owner is told by mail."""
    from forum.accounts import actions
    from forum.core.errors import DomainError

    try:
        actions.reset_second_factor(email=email)
    except DomainError as problem:
        raise click.ClickException(f"There is no account with the address {email}.") from problem
    click.echo(f"{email} signs in with the password alone until a new second factor is set up.")


@click.command()
@with_appcontext
def bodies() -> None:
    """Add the bodies to turn to that came with this version; those that moderators changed stay as they are."""
    from forum.handover import actions

    click.echo(f"{actions.stock_bodies()} bodies added.")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def backup(folder: Path) -> None:
    """Copy database and files into a new FOLDER while the site runs; the secret keys are yours to keep apart."""
    from forum.backup import backup
    from forum.console import actions

    made = backup(folder)
    actions.note_backup()
    click.echo(f"{folder}: database at {made['revision']} and {len(made['sha256']) - 1} files, each with its SHA-256.")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@with_appcontext
def restore(folder: Path) -> None:
    """Bring the copy in FOLDER back into an empty database and this data folder, while the site stands still."""
    from forum.backup import restore

    made = restore(folder)
    click.echo(f"The site of {made['made_at']} is back. Start it with the secret key of that time.")


@click.command()
@click.argument("state", type=click.Choice(["on", "off"]))
@click.option("--why", default="", help="what everybody reads; needed for `on`")
@with_appcontext
def read_only(state: str, why: str) -> None:
    """Let the site only be read, or let people write again: the switch of /console/read-only, where no administrator can sign in."""
    from forum.console import actions
    from forum.core.errors import Invalid, NotNow

    try:
        actions.set_read_only(why if state == "on" else None, by=None)
    except Invalid as problem:
        raise click.UsageError("Say in --why, in 5 to 300 characters, what everybody reads.") from problem
    except NotNow as problem:
        raise click.ClickException(f"Read-only mode is {state} already.") from problem
    click.echo(f"Read-only mode is {state}.")


@click.command()
@click.option("--letter", default=None, type=click.IntRange(1), help="only the chain of this letter")
@with_appcontext
def verify_chain(letter: int | None) -> None:
    """Look whether every event of every letter and every row of the ledger is as it was written, and the published heads follow; fails when not."""
    from forum.ledger.verifying import of_ledger
    from forum.receipts import queries, verifying

    count = 0
    with click.progressbar(
        queries.ends(letter), length=queries.count_heads(letter), label="Chains", file=sys.stderr
    ) as ends:
        days = verifying.of_days() if letter is None else ()
        ledger = of_ledger() if letter is None else ()
        found = chain(verifying.loose(letter), verifying.of_files(letter), verifying.of_all(ends), days, ledger)
        for count, one in enumerate(found, start=1):  # noqa: B007 - told below
            click.echo(str(one))
    click.echo(f"{count} flaws.")
    if count:
        raise click.exceptions.Exit(1)


@click.command()
@click.option("--run/--dry-run", default=False, help="forget what is too old, instead of only counting it")
@with_appcontext
def retention(run: bool) -> None:
    """Print what is kept how long and why, with how many rows would go now; --run lets them go."""
    from flask import current_app

    from forum.privacy import retention as table

    for one in table.RULES.values():
        for what, keep in one.kinds.items():
            click.echo(f"{one.name}: {what}: {table.long(keep())} ({one.basis})")
        click.echo(f"{one.name}: {table.count(one.name)} rows {'go' if run else 'would go'}")
        if run:
            one.run(current_app.extensions["storage"])
