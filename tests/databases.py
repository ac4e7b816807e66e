"""Databases for tests: SQLite files, or fresh ones beside FORUM_TEST_DATABASE_URL."""

import os
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "main")
"""The name of this process among those that run the suite."""


def fresh_database_url(name: str, folder: Path) -> str:
    """Return a fresh database: a SQLite file, or one beside FORUM_TEST_DATABASE_URL."""
    given = os.environ.get("FORUM_TEST_DATABASE_URL")
    if not given:
        return f"sqlite:///{folder}/test.sqlite3"
    url = make_url(given.replace("postgresql://", "postgresql+psycopg://", 1))
    fresh = url.set(database=f"{url.database}_{name}")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{fresh.database}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{fresh.database}"'))
    engine.dispose()
    return fresh.render_as_string(hide_password=False).replace("postgresql+psycopg://", "postgresql://", 1)
