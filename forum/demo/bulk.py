"""`flask fill`: rows by the ten thousand for measuring, the same ones each time, written past the actions."""

from itertools import islice
from random import Random
from time import monotonic
from typing import Any

import click
from sqlalchemy import insert, select, text, update

from forum.accounts.lifecycle import RULES_VERSION
from forum.accounts.models import Standing, User
from forum.accounts.passwords import hash_password
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import Base, db, is_sqlite, unit_of_work
from forum.core.events import Event
from forum.core.freshness import Freshness
from forum.core.text import slug
from forum.demo import accounts, rows
from forum.demo.prose import MARKS, TRADES, Prose
from forum.letters.models import Case, Letter, Revision
from forum.merchants.lifecycle import Proof
from forum.merchants.models import Merchant, Representative
from forum.responses.models import Response
from forum.search.engines import engine
from forum.statistics import figures

SEED = 1
BATCH = 500
OTHER_COMMENTS = 2


def fill(letters: int, comments: int | None = None, desk: int = 0) -> None:
    """Write `letters` letters and `comments` comments (two a letter when None) into an empty database.

    Letter 1 has 100 comments on three levels, letter 2 has 5,000, the others share the rest evenly. With `desk`, that
    many cases are of the business that Bima answers for; there are at least as many letters then.
    """
    letters = max(letters, desk)
    if db.session.scalar(select(User.id).limit(1)) is not None:
        raise click.ClickException("The database is not empty; fill writes into an empty one only.")
    begun, random = monotonic(), Random(SEED)  # noqa: S311 - the same rows each time, no secret
    prose = Prose(random)
    password = accounts.new_password()
    _people(prose, password)
    merchants = _merchants(random, max(20, min(500, letters // 50)))
    others = OTHER_COMMENTS if comments is None else _share(comments, letters)
    made = rows.letters(letters, others, merchants, prose, random, desk)
    while batch := list(islice(made, BATCH)):
        _write(batch)
    _finish()
    figures.count_all()
    accounts.write(
        [
            accounts.Account("Ana Wijaya", "consumer", "ana@surat.example", password),
            accounts.Account("Bima Santoso", "business", "bima@surat.example", password),
            accounts.Account("Dewi Lestari", "moderator", "dewi@surat.example", password),
        ]
    )
    click.echo(f"{letters} letters about {len(merchants)} businesses in {monotonic() - begun:.0f} s")


def _share(comments: int, letters: int) -> int:
    return max(0, comments - rows.FIRST_LETTER_COMMENTS - rows.SECOND_LETTER_COMMENTS) // max(1, letters - 2)


@unit_of_work
def _people(prose: Prose, password: str) -> None:
    hashed = hash_password(password)
    named = [("Dewi Lestari", Standing.MODERATOR), ("Bima Santoso", Standing.MEMBER), ("Ana Wijaya", Standing.MEMBER)]
    now = utcnow()
    people: list[dict[str, Any]] = []
    for number in range(1, rows.FIRST_CONSUMER + rows.CONSUMERS):
        name, standing = named[number - 1] if number <= len(named) else (prose.person(), Standing.MEMBER)
        signs_in = number <= len(named)
        local = name.split()[0].lower() if signs_in else f"pembaca-{number}"
        people.append(
            {
                "id": number,
                "name": name,
                "email": f"{local}@surat.example",
                "password_hash": hashed if signs_in else None,
                "standing": standing,
                "confirmed_at": now,
                "adult_declared_at": now,
                "rules_version": RULES_VERSION,
            }
        )
    db.session.execute(_into(User), people)


@unit_of_work
def _merchants(random: Random, count: int) -> dict[int, str]:
    names: dict[str, None] = {}
    number = 0
    while len(names) < count:
        number += 1
        base = f"{random.choice(TRADES)} {random.choice(MARKS)}"
        names.setdefault(base if number <= len(TRADES) * len(MARKS) else f"{base} {number}")
    businesses = [
        {
            "id": at,
            "name": name,
            "key": name.casefold(),
            "slug": slug(name),
            "domain": "usaha.example" if at == 1 else None,
        }
        for at, name in enumerate(names, start=1)
    ]
    db.session.execute(_into(Merchant), businesses)
    voice = {
        "merchant_id": 1,
        "user_id": rows.VOICE,
        "job_title": "Humas",
        "proof": Proof.EMAIL,
        "proved_domain": "usaha.example",
    }
    db.session.execute(_into(Representative), [voice])
    return dict(enumerate(names, start=1))


@unit_of_work
def _write(bundles: list[rows.Bundle]) -> None:
    for table in (Letter, Revision, Case, Response, Event, Comment):
        found = [row for bundle in bundles for row in bundle[table]]
        if found:
            db.session.execute(_into(table), found)
    engine().put([row for bundle in bundles for row in bundle[rows.SEARCH]])


@unit_of_work
def _finish() -> None:
    """Let numbering go on behind the rows, and give the planner figures."""
    db.session.execute(update(Freshness).values(version=Freshness.version + 1, epoch=Freshness.epoch + 1))
    if not is_sqlite():
        for table in ("user", "merchant", "letter", "case", "comment"):
            db.session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), (SELECT max(id) FROM \"{table}\"))")  # noqa: S608
            )
    db.session.execute(text("ANALYZE"))


def _into(model: type[Base]) -> Any:
    """A plain insert of rows, past the ORM, which would make objects of them."""
    table: Any = model.__table__
    return insert(table)
