"""`flask fill`: rows by the ten thousand for measuring, the same ones each time, written past the actions."""

from itertools import islice
from random import Random
from time import monotonic
from typing import Any

import click
from sqlalchemy import insert, select, text, update

from forum.accounts.lifecycle import RULES_VERSION
from forum.accounts.models import User
from forum.accounts.passwords import hash_password
from forum.accounts.rights import Standing
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import Base, db, is_sqlite, unit_of_work
from forum.core.events import Event
from forum.core.freshness import Freshness
from forum.core.relinking import relink
from forum.core.text import slug
from forum.demo import accounts, rows
from forum.demo.prose import MARKS, TRADES, Prose
from forum.ledger.rebuilding import rebuild
from forum.letters.models import Case, Letter, Revision
from forum.merchants.lifecycle import Proof
from forum.merchants.models import Merchant, Representative
from forum.responses.models import Response
from forum.search.engines import engine
from forum.statistics import figures

SEED = 1
BATCH = 500
OTHER_COMMENTS = 2
SMALL_VOICE_NAME = "Citra Lestari"


def fill(letters: int, comments: int | None = None, desk: int = 0) -> None:
    """Write `letters` letters and `comments` comments (two a letter when None) into an empty database.

    Letter 1 has 100 comments on three levels, letter 2 has 5,000, the others share the rest evenly. With `desk`, that
    many cases are of the business that Bima answers for, and a hundred of the one that Citra answers for, to compare with;
    there are at least as many letters then.
    """
    letters = max(letters, desk + rows.SMALL_DESK_CASES) if desk else letters
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
    if desk:
        _second_voice(password)
    _finish()
    figures.count_all()
    sign_ins = [("Ana Wijaya", "consumer"), ("Bima Santoso", "business"), ("Dewi Lestari", "moderator")]
    if desk:
        sign_ins.append((SMALL_VOICE_NAME, "business"))
    accounts.write([accounts.Account(name, role, _address(name), password) for name, role in sign_ins])
    click.echo(f"{letters} letters about {len(merchants)} businesses in {monotonic() - begun:.0f} s")


def _share(comments: int, letters: int) -> int:
    return max(0, comments - rows.FIRST_LETTER_COMMENTS - rows.SECOND_LETTER_COMMENTS) // max(1, letters - 2)


@unit_of_work
def _people(prose: Prose, password: str) -> None:
    hashed = hash_password(password)
    named = [("Dewi Lestari", Standing.MODERATOR), ("Bima Santoso", Standing.MEMBER), ("Ana Wijaya", Standing.MEMBER)]
    people: list[dict[str, Any]] = []
    for number in range(1, rows.FIRST_CONSUMER + rows.CONSUMERS):
        name, standing = named[number - 1] if number <= len(named) else (prose.person(), Standing.MEMBER)
        signs_in = number <= len(named)
        email = _address(name) if signs_in else f"pembaca-{number}@surat.example"
        people.append(_person(number, name, email, hashed if signs_in else None, standing))
    db.session.execute(_into(User), people)


def _address(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}@surat.example"


def _person(number: int, name: str, email: str, password_hash: str | None, standing: Standing) -> dict[str, Any]:
    now = utcnow()
    return {
        "id": number,
        "name": name,
        "email": email,
        "password_hash": password_hash,
        "standing": standing,
        "confirmed_at": now,
        "adult_declared_at": now,
        "rules_version": RULES_VERSION,
    }


@unit_of_work
def _second_voice(password: str) -> None:
    """Give the second business a voice of its own: the desk of few cases."""
    email = _address(SMALL_VOICE_NAME)
    person = _person(rows.SMALL_VOICE, SMALL_VOICE_NAME, email, hash_password(password), Standing.MEMBER)
    db.session.execute(_into(User), [person])
    db.session.execute(_into(Representative), [_voice(rows.SMALL_DESK, rows.SMALL_VOICE, None)])


def _voice(merchant: int, person: int, domain: str | None) -> dict[str, Any]:
    return {
        "merchant_id": merchant,
        "user_id": person,
        "job_title": "Humas",
        "proof": Proof.EMAIL,
        "proved_domain": domain,
    }


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
    db.session.execute(_into(Representative), [_voice(rows.DESK, rows.VOICE, "usaha.example")])
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
    relink(db.session.connection())
    rebuild(db.session.connection())
    db.session.execute(text("ANALYZE"))


def _into(model: type[Base]) -> Any:
    """A plain insert of rows, past the ORM, which would make objects of them."""
    table: Any = model.__table__
    return insert(table)
