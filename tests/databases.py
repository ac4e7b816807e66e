"""Databases for tests: SQLite files, or fresh ones beside FORUM_TEST_DATABASE_URL."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "main")
"""The name of this process among those that run the suite."""


def fresh_database_url(name: str, folder: Path, *, like: str = "") -> str:
    """Return a fresh database: a SQLite file, or one beside FORUM_TEST_DATABASE_URL; a copy of the one at `like`, if given."""
    given = os.environ.get("FORUM_TEST_DATABASE_URL")
    if not given:
        if like:
            shutil.copy(like.removeprefix("sqlite:///"), folder / "test.sqlite3")
        return f"sqlite:///{folder}/test.sqlite3"
    url = make_url(given.replace("postgresql://", "postgresql+psycopg://", 1))
    fresh = url.set(database=f"{url.database}_{name}")
    template = f' TEMPLATE "{make_url(like).database}"' if like else ""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{fresh.database}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{fresh.database}"{template}'))
    engine.dispose()
    return fresh.render_as_string(hide_password=False).replace("postgresql+psycopg://", "postgresql://", 1)


class Shelf:
    """Databases that one process of a run makes, and each copies for itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def copy(self, kind: str, make: Callable[[str, Path], str], name: str, folder: Path) -> tuple[str, str]:
        """Return a copy of the database of this kind, called `name`, and what `make(url, folder)` said when it was made."""
        place = self.folder / kind
        place.mkdir(exist_ok=True)
        with (place / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            address, said = place / "address", place / "said"
            if not said.exists():
                address.write_text(fresh_database_url(kind, place))
                said.write_text(make(address.read_text(), place))
            return fresh_database_url(name, folder, like=address.read_text()), said.read_text()
