"""A database to migrate."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from forum import config
from forum.app import create_app
from forum.config import Settings
from forum.core.db import db
from tests.databases import PROCESS, fresh_database_url


@pytest.fixture
def fresh(environment: dict[str, str], tmp_path: Path, whole_app: Flask) -> Iterator[Flask]:
    """A site of its own on an empty database, for tests of migrations."""
    yield from _site_at(fresh_database_url(f"{PROCESS}_fresh", tmp_path), environment, tmp_path)


@pytest.fixture
def fresh_copy(environment: dict[str, str], tmp_path: Path, whole_app: Flask, migrated: Callable[[str, Path], str]) -> Iterator[Flask]:
    """A site of its own on an empty database that has every table."""
    yield from _site_at(migrated(f"{PROCESS}_fresh", tmp_path), environment, tmp_path)


def _site_at(url: str, environment: dict[str, str], folder: Path) -> Iterator[Flask]:
    before = config.settings()
    app = create_app(
        Settings.from_environment({**environment, "FORUM_DATA_DIR": str(folder), "FORUM_DATABASE_URL": url})
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    config.activate(before)
