"""What the log of a broken site must not tell: it is read by more people than the database."""

import logging
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from forum.accounts import queries
from forum.core.db import db

SECRET = "rahasiaqz7"


def test_a_failure_of_the_database_tells_no_value(app: Any) -> None:
    with pytest.raises(SQLAlchemyError) as failed, db.session.begin_nested():
        db.session.execute(text("INSERT INTO no_such_table VALUES (:word)"), {"word": SECRET})
    assert SECRET not in f"{failed.value!r} {failed.value}"
    assert "no_such_table" in str(failed.value)


def test_a_failure_is_logged_on_one_line_without_the_token_in_its_address(
    app: Any, browse: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(queries, "link_for", broken)
    with caplog.at_level(logging.ERROR):
        assert browse().request("GET", f"/reset-password/{SECRET}%0aERROR%20forged").status == 500
    logged = [record.getMessage() for record in caplog.records]
    assert any("/reset-password/" in line for line in logged)
    for line in logged:
        assert SECRET not in line
        assert "forged" not in line
        assert "\n" not in line
