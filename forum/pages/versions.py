"""How new a page is, asked before every answer from memory: one look-up of a few microseconds, past the ORM."""

import sqlite3
import threading
from typing import Any, Protocol

import psycopg
from sqlalchemy.engine import make_url

from forum.core.db import BUSY_SECONDS

Version = tuple[int, int]

LETTER = "SELECT epoch, COALESCE((SELECT page_version FROM letter WHERE id = {mark}), 0) FROM freshness WHERE id = 1"
LISTS = "SELECT epoch, version FROM freshness WHERE id = 1"


class Versions(Protocol):
    """Answers which version a page has now."""

    def now(self, letter_id: int | None) -> Version | None:
        """Return the version of a letter's page, or with None that of every other page; None when it cannot be known."""
        ...


class SqliteVersions:
    """Reads by one connection per thread, never in a transaction, so that each look sees the last commit."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._kept = threading.local()

    def now(self, letter_id: int | None) -> Version | None:
        """Return the version, None while the database cannot be read."""
        connection: sqlite3.Connection | None = getattr(self._kept, "connection", None)
        try:
            if connection is None:
                connection = sqlite3.connect(self.path, isolation_level=None, timeout=BUSY_SECONDS)
                connection.execute("PRAGMA query_only=ON")
                self._kept.connection = connection
            if letter_id is None:
                found = connection.execute(LISTS).fetchone()
            else:
                found = connection.execute(LETTER.format(mark="?"), (letter_id,)).fetchone()
        except sqlite3.Error:
            self._kept.connection = None
            return None
        return None if found is None else (found[0], found[1])


class PostgresqlVersions:
    """Reads by one connection per thread with autocommit: half the cost of a pooled one that begins and rolls back."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._kept = threading.local()

    def now(self, letter_id: int | None) -> Version | None:
        """Return the version, None while the database cannot be read; a connection that broke is opened once more."""
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
                if letter_id is None:
                    found = connection.execute(LISTS).fetchone()
                else:
                    found = connection.execute(LETTER.format(mark="%s"), (letter_id,)).fetchone()
            except psycopg.Error:
                self._kept.connection = None
                if fresh:
                    return None
            else:
                return None if found is None else (found[0], found[1])
        return None


def of_database(url: str) -> Versions:
    """Return the look-up for a database URL."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteVersions(parsed.database or "")
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresqlVersions(plain)
