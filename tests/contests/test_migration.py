"""What a business's team reported, and was decided, becomes its contest; up, down and up with rows."""

import flask_migrate
import sqlalchemy as sa

from forum.core.db import db


def run(sql: str, **values: object) -> list[tuple]:
    with db.engine.begin() as connection:
        found = connection.execute(sa.text(sql), values)
        return [tuple(row) for row in found] if found.returns_rows else []


NOW = "2026-11-01 08:00:00"


def columns(table: str) -> list[str]:
    return [one["name"] for one in sa.inspect(db.engine).get_columns(table)]


def required(table: str, **values: object) -> None:
    """Insert a row; what else may not be empty gets a value of its type."""
    filled = dict(values)
    for one in sa.inspect(db.engine).get_columns(table):
        if one["name"] in filled or one["nullable"] or one["default"] is not None or one["name"] == "id":
            continue
        kind = one["type"]
        if isinstance(kind, sa.DateTime):
            filled[one["name"]] = NOW
        elif isinstance(kind, sa.Boolean):
            filled[one["name"]] = False
        elif isinstance(kind, sa.Integer):
            filled[one["name"]] = 1
        elif isinstance(kind, sa.JSON) or "JSON" in str(kind):
            filled[one["name"]] = "[]"
        else:
            filled[one["name"]] = ""
    names = ", ".join(f'"{name}"' for name in filled)
    run(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(f":{name}" for name in filled)})', **filled)


def test_decided_reports_become_contests_and_go_back(fresh) -> None:
    flask_migrate.upgrade(revision="0016")
    required("user", id=1, name="Ana", standing="member", language="id")
    required("merchant", id=1, name="Toko", key="toko", slug="toko")
    letter = {"author_id": 1, "byline": "Ana", "name_shown": "full", "kind": "complaint", "title": "Surat", "text": "Teks", "html": "<p>Teks</p>"}
    axes = {"writes_as": "consumer", "publication": "published", "visibility": "public"}
    required("letter", id=1, **letter, **axes)
    required("case", id=1, letter_id=1, merchant_id=1, response="awaiting", outcome="none")
    for number, (state, reason, merchant) in enumerate(
        [("upheld", "false", 1), ("dismissed", "insult", 1), ("open", "false", 1), ("upheld", "false", None)], start=1
    ):
        required("report", id=number, number=f"L-{number}", about="letter:1", letter_id=1, reason=reason, state=state, merchant_id=merchant)
    before = run("SELECT id, merchant_id FROM report ORDER BY id")
    flask_migrate.upgrade()
    assert "merchant_id" not in columns("report")
    assert run("SELECT report_id, case_id, side, ground, state FROM contest ORDER BY id") == [
        (1, 1, "business", "false_fact", "upheld"),
        (2, 1, "business", None, "rejected"),
    ]
    assert run("SELECT kind FROM job WHERE kind = 'rebuild_figures'") == [("rebuild_figures",)]
    flask_migrate.downgrade(revision="0016")
    assert run("SELECT id, merchant_id FROM report ORDER BY id") == [*before[:2], (3, None), (4, None)]
    assert "contest" not in sa.inspect(db.engine).get_table_names()
    flask_migrate.upgrade()
    assert len(run("SELECT id FROM contest")) == 2
