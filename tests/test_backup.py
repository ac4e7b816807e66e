"""A copy made while the site runs comes back whole, and a copy that is not whole changes nothing."""

import json
from pathlib import Path

import flask_migrate
import pytest
from sqlalchemy import func, select

from forum import config
from forum.app import create_app
from forum.backup import MANIFEST, BackupFailed, backup, restore
from forum.config import Settings, settings
from forum.core.db import Base, db
from forum.letters.models import Letter
from tests.attachments.rows import stored
from tests.cast import Cast
from tests.databases import PROCESS, fresh_database_url


@pytest.fixture
def copy(committing_app, tmp_path) -> Path:
    """A finished copy of a site with a letter and its file."""
    cast = Cast()
    letter = cast.letter()
    stored(cast.ana, letter)
    backup(tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def elsewhere(environment, tmp_path):
    """An empty site of the same engine, on another machine so to speak."""
    before = settings()
    (tmp_path / "elsewhere").mkdir()
    app = create_app(
        Settings.from_environment(
            {
                **environment,
                "FORUM_DATA_DIR": str(tmp_path / "elsewhere"),
                "FORUM_DATABASE_URL": fresh_database_url(f"{PROCESS}_elsewhere", tmp_path / "elsewhere"),
            }
        )
    )
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    config.activate(before)


def rows() -> dict[str, list[str]]:
    with db.engine.connect() as connection:
        return {
            table.name: sorted(str(tuple(row)) for row in connection.execute(table.select()))
            for table in Base.metadata.sorted_tables
        }


def test_a_copy_comes_back_whole(committing_app, copy, elsewhere) -> None:
    before = rows()
    assert before["letter"]
    with elsewhere.app_context():
        restore(copy)
        assert rows() == before
        flask_migrate.upgrade()
        letter = db.session.scalars(select(Letter)).one()
        storage = elsewhere.extensions["storage"]
        names = json.loads((copy / MANIFEST).read_text())["sha256"]
        keys = [name.split("/")[1] for name in names if name.startswith("files/")]
        assert keys
        assert all(storage.exists(key) for key in keys)
        page = elsewhere.test_client().get(f"/letters/{letter.id}", follow_redirects=True)
        assert letter.title in page.text


def test_a_damaged_copy_changes_nothing(copy, elsewhere) -> None:
    damaged = next((copy / "files").iterdir())
    damaged.write_bytes(damaged.read_bytes()[:-1])
    with elsewhere.app_context(), pytest.raises(BackupFailed, match="damaged"):
        restore(copy)
    assert not any(path.is_file() for path in (Path(elsewhere.extensions["storage"].root)).glob("??/??/*"))


def test_an_unfinished_copy_is_refused(copy, elsewhere) -> None:
    (copy / MANIFEST).unlink()
    with elsewhere.app_context(), pytest.raises(BackupFailed, match="no finished copy"):
        restore(copy)


def test_a_site_with_rows_is_never_written_over(committing_app, copy) -> None:
    with pytest.raises(BackupFailed, match="not empty"):
        restore(copy)
    assert db.session.scalar(select(func.count(Letter.id))) == 1


def test_a_folder_that_holds_something_is_not_taken(committing_app, copy) -> None:
    with pytest.raises(BackupFailed, match="not empty"):
        backup(copy)


def test_a_lost_file_fails_the_copy(committing_app, copy, tmp_path) -> None:
    storage = committing_app.extensions["storage"]
    storage.path(next((copy / "files").iterdir()).name).unlink()
    with pytest.raises(BackupFailed, match="missing"):
        backup(tmp_path / "second")
    assert not (tmp_path / "second" / MANIFEST).exists()


def test_a_copy_is_for_its_owner_alone_and_holds_no_key(committing_app, copy) -> None:
    assert copy.stat().st_mode & 0o777 == 0o700
    assert not any(settings().secret_key.encode() in path.read_bytes() for path in copy.rglob("*") if path.is_file())
