"""A look at one row before an answer from memory: a few microseconds, past the ORM and outside every transaction."""

import sqlite3
import threading
from functools import lru_cache
from typing import Any, Protocol

import psycopg
from sqlalchemy.engine import make_url

from forum.core.db import BUSY_SECONDS


class Glance(Protocol):
    """Sees the last commit, each time."""

    def at(self, statement: str, *values: int | str) -> tuple[Any, ...] | None:
        """Return the one row, None when there is none or the database cannot be read; `?` stands for a value."""
        ...


class SqliteGlance:
    """Reads by one connection per thread that never begins a transaction."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._kept = threading.local()

    def at(self, statement: str, *values: int | str) -> tuple[Any, ...] | None:
        """Return the row, None while the database cannot be read."""
        connection: sqlite3.Connection | None = getattr(self._kept, "connection", None)
        try:
            if connection is None:
                connection = sqlite3.connect(self.path, isolation_level=None, timeout=BUSY_SECONDS)
                connection.execute("PRAGMA query_only=ON")
                self._kept.connection = connection
            found: tuple[Any, ...] | None = connection.execute(statement, values).fetchone()
        except sqlite3.Error:
            self._kept.connection = None
            return None
        return found


class PostgresqlGlance:
    """Reads by one connection per thread with autocommit: half the cost of a pooled one that begins and rolls back."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._kept = threading.local()

    def at(self, statement: str, *values: int | str) -> tuple[Any, ...] | None:
        """Return the row, None while the database cannot be read; a connection that broke is opened once more."""
        for _ in range(2):
            connection: psycopg.Connection[Any] | None = getattr(self._kept, "connection", None)
            fresh = connection is None
            try:
                if connection is None:
                    connection = psycopg.connect(
                        self.url, autocommit=True, prepare_threshold=0, connect_timeout=BUSY_SECONDS
                    )
                    connection.execute("SET statement_timeout = '2s'")
                    self._kept.connection = connection
                found: tuple[Any, ...] | None = connection.execute(statement.replace("?", "%s"), values).fetchone()
            except psycopg.Error:
                self._kept.connection = None
                if fresh:
                    return None
            else:
                return found
        return None


@lru_cache(maxsize=2)
def glance(url: str) -> Glance:
    """Return the one that looks into the database at this URL."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteGlance(parsed.database or "")
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresqlGlance(plain)
