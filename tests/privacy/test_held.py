"""The registry of what is held: every column of every table stands in it; the copy holds it all, and nothing of anybody else."""

import io
import json
import re
import zipfile

import pytest
from flask import Flask, current_app
from flask_babel import force_locale
from sqlalchemy import select

from forum.core.db import Base, db
from forum.core.secrecy import unseal
from forum.privacy import actions, bundle, queries
from forum.privacy.columns import COLUMNS
from forum.privacy.grounds import GROUNDS, TABLES
from forum.privacy.held import HELD, NOT_PERSONAL, Erase
from forum.privacy.lifecycle import DataKind, DataState, Ground
from forum.privacy.retention import RULES
from forum.privacy.words import KEPT
from tests.cast import Cast
from tests.privacy.filling import NEVER, Filled

ANA, CITRA = "zqana", "zqcitra"
OF_THE_LOG = {"at", "act", "kind", "request_id", "role", "facts", "what", "why"}
SAME_IN_BOTH = {"domain"}


def test_every_table_and_column_is_given_or_withheld(whole_app: Flask) -> None:
    for name, table in Base.metadata.tables.items():
        if name in NOT_PERSONAL:
            assert name not in HELD
            continue
        held = HELD.get(name)
        assert held is not None, f"{name} stands neither in HELD nor in NOT_PERSONAL"
        named = held.given.split() + [column for columns in held.withheld.values() for column in columns.split()]
        assert sorted(named) == sorted(table.columns.keys()), name
        assert set(held.blank) | set(held.public) <= set(table.columns.keys()), name
        assert held.erase is Erase.ROWS or held.kept is not None, f"{name} stays without a reason"
    assert not (set(HELD) | set(NOT_PERSONAL)) - set(Base.metadata.tables)
    assert set(TABLES) == set(HELD)
    assert set(KEPT) == set(RULES)
    assert set(GROUNDS) == set(Ground)


def test_every_column_that_the_copy_gives_has_words_in_both_languages(whole_app: Flask) -> None:
    assert set(COLUMNS) == {column for held in HELD.values() for column in held.given.split()} | OF_THE_LOG
    with whole_app.test_request_context():
        for column, words in COLUMNS.items():
            told = []
            for language in ("en", "id"):
                with force_locale(language):
                    told.append(str(words))
            assert told[0] != told[1] or column in SAME_IN_BOTH, column
            assert not any("_" in one for one in told), column


def test_the_page_of_the_copy_shows_words_and_no_names_of_columns(cast: Cast, two: tuple[Filled, Filled]) -> None:
    data, page, _names = unpack(copy_of(cast))
    assert data["processing"]
    heads = set(re.findall(r"<th scope=row>(.*?)</th>", page))
    assert {"Nomor surat", "Keadaan", "Dibuat pada"} <= heads
    assert not heads & set(COLUMNS)
    assert "<td>null</td>" not in page
    assert "<td>false</td>" not in page


@pytest.fixture
def two(cast: Cast) -> tuple[Filled, Filled]:
    ana = Filled(cast.ana, ANA, cast.ana.email, cast.dewi)
    citra = Filled(cast.citra, CITRA, cast.citra.email, cast.dewi)
    ana.fill()
    citra.fill()
    db.session.expire_all()
    return ana, citra


def unpack(data: bytes) -> tuple[dict, str, list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return json.loads(made.read("data.json")), made.read("data.html").decode(), made.namelist()


def copy_of(cast: Cast) -> bytes:
    asked = actions.ask(cast.ana, by=cast.ana, kind=DataKind.ACCESS)
    actions.make_copy(asked.id, current_app.extensions["storage"])
    return actions.fetch(queries.request_by_id(asked.id), by=cast.ana, storage=current_app.extensions["storage"])


def test_the_copy_holds_each_given_column_of_the_person_and_none_of_anothers(cast: Cast, two: tuple[Filled, Filled]) -> None:
    data, page, _names = unpack(copy_of(cast))
    assert CITRA not in json.dumps(data)
    assert CITRA not in page
    assert cast.citra.email not in json.dumps(data)
    assert cast.dewi.name not in json.dumps(data)
    for name in HELD:
        if name == "chain_head":
            continue
        rows = data["held"].get(name)
        assert rows, f"nothing of {name}"
        assert set(rows[0]) == set(HELD[name].given.split()), name
    missing = []
    for name in set(HELD) - NEVER:
        text = json.dumps(data["held"][name])
        for row, column in _words(two[0], name):
            if row not in text:
                missing.append((name, column))
    assert not missing
    assert ANA in page


def _words(filled: Filled, name: str) -> list[tuple[str, str]]:
    """Each given value of the person's row that holds their word, as JSON shows it."""
    table = Base.metadata.tables[name]
    row = db.session.execute(select(table).where(next(iter(table.primary_key)) == filled.keys[name])).mappings().first()
    found = []
    for column in HELD[name].given.split():
        value = row[column]
        if isinstance(value, str) and ANA in value:
            found.append((value, column))
        elif isinstance(value, dict | list) and ANA in json.dumps(value):
            found.append((json.dumps(value), column))
    return found


def everything_of(word: str) -> dict[str, list[str]]:
    """Where a word stands in the whole database, sealed values opened: columns by table."""
    found: dict[str, list[str]] = {}
    for name, table in Base.metadata.tables.items():
        for row in db.session.execute(select(table)).mappings():
            for column, value in row.items():
                if word in str(value):
                    found.setdefault(name, []).append(column)
    return found


def test_a_deletion_leaves_nothing_but_what_has_a_reason(cast: Cast, two: tuple[Filled, Filled]) -> None:
    email = cast.ana.email
    before = everything_of(CITRA)
    made = actions.ask(cast.ana, by=cast.ana, kind=DataKind.DELETION)
    db.session.expire_all()
    assert queries.request_by_id(made.id).state is DataState.DONE
    left = everything_of(ANA)
    for name, columns in left.items():
        held = HELD.get(name)
        assert held is None or held.kept is not None, (name, columns)
        assert held is None or not set(columns) & set(held.blank), (name, columns)
    told = {name for name, _ground in queries.request_by_id(made.id).kept}
    assert {name for name in left if name in HELD} <= told
    assert everything_of(CITRA) == before
    assert set(everything_of(email)) <= {"mail", "contact", "answer_link", "legal_notice"}


def test_a_deletion_of_everything_takes_what_others_see(cast: Cast, two: tuple[Filled, Filled]) -> None:
    from forum.people.actions import requests as two_persons

    made = actions.ask(cast.ana, by=cast.ana, kind=DataKind.DELETION, everything=True)
    assert made.state is DataState.WAITING
    joint = actions.ask_second(made, by=cast.dewi, why="permintaan pemilik data, sudah diperiksa")
    two_persons.confirm(joint, by=cast.eko)
    db.session.expire_all()
    left = everything_of(ANA)
    for name, columns in left.items():
        held = HELD.get(name)
        assert held is None or not set(columns) & (set(held.blank) | set(held.public)), (name, columns)
    for name in ("letter", "comment", "update", "revision", "reply"):
        assert not {"title", "text", "html", "excerpt", "ask", "place", "why", "byline", "email"} & set(left.get(name, ())), name


def test_a_legal_hold_keeps_what_it_holds_and_is_told(cast: Cast, two: tuple[Filled, Filled], monkeypatch: pytest.MonkeyPatch) -> None:
    from forum.privacy.actions import erasing

    letter = Base.metadata.tables["letter"]
    monkeypatch.setattr(erasing, "held_letters", lambda: select(letter.c.id))
    made = actions.ask(cast.ana, by=cast.ana, kind=DataKind.DELETION)
    assert ["case", "legal_hold"] in queries.request_by_id(made.id).kept
    assert "case" in everything_of(ANA)


def test_the_sealed_copy_is_named_and_sealed(cast: Cast) -> None:
    from forum.attachments.queries import named

    asked = actions.ask(cast.ana, by=cast.ana, kind=DataKind.ACCESS)
    storage = current_app.extensions["storage"]
    actions.make_copy(asked.id, storage)
    actions.make_copy(asked.id, storage)  # twice is once
    key = queries.request_by_id(asked.id).key
    assert named([key]) == {key}
    with storage.open(key) as file:
        sealed = file.read()
    assert not zipfile.is_zipfile(io.BytesIO(sealed))
    assert zipfile.is_zipfile(io.BytesIO(unseal(sealed)))
    assert bundle.STYLE in unpack(unseal(sealed))[1]
