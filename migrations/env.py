"""How migrations run: one transaction each, DDL included, foreign keys off around SQLite's table copies."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import JSON, text

from forum.core.db import Base, UTCDateTime
from forum.core.secrecy import Sealed
from forum.search.schema import TABLES as SEARCH_TABLES

ADVISORY_LOCK = 7_305_118  # any number, the same on every node


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave the search tables to forum/search/schema.py: they differ between the engines."""
    return not (kind == "table" and name is not None and name.startswith(SEARCH_TABLES))


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our own types as the plain ones they are stored as."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Sealed):
        return "sa.Text()"
    if kind == "type" and isinstance(item, JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def run() -> None:
    """Run the migrations on the app's engine."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.rollback()
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.execute(text("SET statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            transaction_per_migration=True,
            transactional_ddl=True,
            include_name=include_name,
            render_item=render_item,
            compare_type=True,
        )
        try:
            with context.begin_transaction():
                context.run_migrations()
        finally:
            if connection.dialect.name == "sqlite":
                connection.rollback()
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
            else:
                connection.rollback()
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
                connection.commit()
                connection.invalidate()  # it has no time-out, so nobody else gets it


run()
