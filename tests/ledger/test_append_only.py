"""Both databases refuse to change or delete a row of the ledger, whoever asks."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from forum.core.db import db, is_sqlite
from forum.ledger.actions import make_days
from forum.ledger.guards import GUARDS, guard, unguard
from tests.ledger.stage import rows, taken_down, write_many

ROOT = Path(__file__).resolve().parents[2]
REFUSED = [
    "UPDATE ledger_row SET reason = 'hate'",
    "UPDATE ledger_row SET hash = hash WHERE id = 1",
    "DELETE FROM ledger_row",
    "DELETE FROM ledger_row WHERE id = 2",
    "UPDATE ledger_business SET merchant_id = 99",
    "DELETE FROM ledger_business",
    "UPDATE ledger_day SET number = 0",
    "DELETE FROM ledger_day",
]
ON_SQLITE = [
    "INSERT OR REPLACE INTO ledger_row SELECT * FROM ledger_row WHERE id = 1",
    "REPLACE INTO ledger_business SELECT * FROM ledger_business",
    "REPLACE INTO ledger_day SELECT * FROM ledger_day",
]
ON_POSTGRESQL = [
    "TRUNCATE ledger_row CASCADE",
    "TRUNCATE ledger_day",
    "INSERT INTO ledger_row SELECT * FROM ledger_row WHERE id = 1 ON CONFLICT (id) DO UPDATE SET reason = 'hate'",
]
WITHOUT_TRIGGERS = "SET LOCAL session_replication_role = replica; DELETE FROM ledger_row"


def refused(statement: str) -> str:
    """What the database says."""
    with pytest.raises(DBAPIError) as problem, db.session.connection().begin_nested():
        db.session.execute(text(statement))
    return str(problem.value)


def test_both_databases_refuse_update_and_delete(cast) -> None:
    write_many(2, [cast.shop.id])
    make_days()
    before = [row.hash for row in rows()]
    for statement in [*REFUSED, *(ON_SQLITE if is_sqlite() else ON_POSTGRESQL)]:
        assert GUARDS.words in refused(statement), statement
    if not is_sqlite():
        # an ordinary role may not switch triggers off; for a superuser these are enabled always
        assert re.search(f"permission denied to set parameter|{GUARDS.words}", refused(WITHOUT_TRIGGERS))
    assert [row.hash for row in rows()] == before
    taken_down(cast)
    assert len(rows()) == 3


def test_without_the_triggers_nothing_would_be_refused(cast) -> None:
    """So that the test above proves something."""
    write_many(2)
    unguard(db.session.connection())
    db.session.execute(text("UPDATE ledger_row SET reason = 'hate'"))
    guard(db.session.connection())
    assert {row.reason for row in rows()} == {"hate"}


def test_the_documented_role_of_the_application_may_add_and_no_more(cast) -> None:
    """The SQL of docs/operations.md, run as it stands there."""
    if is_sqlite():
        return  # has no roles; the triggers hold there
    papers = (ROOT / "docs" / "operations.md").read_text()
    (block,) = re.findall(r"```sql\n(-- the role of the application.*?)```", papers, re.DOTALL)
    write_many(2, [cast.shop.id])
    connection = db.session.connection()
    name = connection.scalar(text("SELECT current_database()"))
    for statement in block.replace("DATABASE forum ", f'DATABASE "{name}" ').split(";\n"):
        if statement.strip():
            connection.execute(text(statement))
    unguard(connection)  # the role alone is what refuses now
    connection.execute(text("GRANT forum_app TO CURRENT_USER"))  # a superuser would not need it
    connection.execute(text("SET LOCAL ROLE forum_app"))
    assert connection.scalar(text("SELECT count(*) FROM ledger_row")) == 2
    for statement in [*REFUSED, "TRUNCATE ledger_row CASCADE", "ALTER TABLE ledger_row DISABLE TRIGGER ALL"]:
        assert re.search("permission denied|must be owner", refused(statement)), statement
    taken_down(cast)
    assert len(rows()) == 3
    connection.execute(text("RESET ROLE"))
