"""A database to migrate."""

from collections.abc import Iterator
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
    before = config.settings()
    url = fresh_database_url(f"{PROCESS}_fresh", tmp_path)
    app = create_app(
        Settings.from_environment({**environment, "FORUM_DATA_DIR": str(tmp_path), "FORUM_DATABASE_URL": url})
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    config.activate(before)
