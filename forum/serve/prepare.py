"""Before serving, in a process of its own: the database is upgraded, and an empty demo is filled."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import flask_migrate
from sqlalchemy import select
from sqlalchemy.engine import make_url

from forum.config import BadSetting, Settings

if TYPE_CHECKING:
    from forum.core.storage import Storage

UNFINISHED = "demo-unfinished"
"""A file in the data folder while the demo is being written; the site never starts as long as it is there."""


def discard_unfinished(settings: Settings) -> None:
    """Remove the embedded database of a demo whose writing was interrupted; nobody can have used it yet.

    Raises BadSetting where the database is not the one in the data folder: that one is the operator's to empty.
    """
    marker = settings.data_dir / UNFINISHED
    if not marker.exists():
        return
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database or Path(url.database).parent != settings.data_dir:
        raise BadSetting(f"FORUM_DATABASE_URL holds an unfinished demo: empty that database, then remove {marker}")
    print("The demo was not finished last time; making it anew.", flush=True)
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(url.database + suffix).unlink()
    marker.unlink()


def _files_away(storage: "Storage") -> bool:
    """Whether the place for files refuses, which is told and stops no start: letters can be read without it."""
    from forum.core.storage import StorageAway

    try:
        storage.answer()
    except StorageAway as problem:
        print(
            f"FORUM_STORAGE: {problem}. No file can be read or kept until that is mended.", file=sys.stderr, flush=True
        )
        return True
    return False


def main() -> int:
    """Bring the data folder to the state this version needs; returns the exit status."""
    try:
        settings = Settings.from_environment()
        discard_unfinished(settings)
    except BadSetting as problem:
        print(problem, file=sys.stderr)
        return 1
    from forum.accounts.models import User
    from forum.app import create_app
    from forum.core.db import db

    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade()
        empty = db.session.scalar(select(User.id).limit(1)) is None
        db.session.rollback()
        away = _files_away(app.extensions["storage"])
    if away and empty and settings.environment != "production":
        return 1  # the demo has files
    if empty and settings.environment != "production":
        from forum import demo

        print("Writing the demo …", flush=True)
        marker = settings.data_dir / UNFINISHED
        marker.touch()
        demo.seed(app)
        marker.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
