"""Commands of the operator: `flask --app wsgi <command>`."""

import click
from flask import Flask
from flask.cli import with_appcontext


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (work, seed, fill, reindex, create_moderator):
        app.cli.add_command(command)


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
@click.option("--comments", default=None, type=click.IntRange(0, 10_000_000), help="comments in all; default 2 a letter")
@with_appcontext
def fill(letters: int, comments: int | None) -> None:
    """Write bulk rows for measuring into an empty database."""
    from forum.demo import bulk

    bulk.fill(letters, comments)


@click.command()
@with_appcontext
def reindex() -> None:
    """Make the search index anew from the public letters."""
    from forum.search import index

    click.echo(f"{index.rebuild()} letters stand in the index.")


@click.command()
@click.argument("email")
@click.option("--name", prompt=True)
@click.password_option()
@with_appcontext
def create_moderator(email: str, name: str, password: str) -> None:
    """Appoint a moderator: opens the account, or raises the one with this address."""
    from forum.accounts import actions

    actions.appoint_moderator(email=email, name=name, password=password)
    click.echo(f"{email} is a moderator.")
