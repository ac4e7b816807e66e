"""A whole copy of the site in one folder, made while it runs, checked by its own manifest, and the way back."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy import inspect, select, text
from sqlalchemy.engine import URL

from forum.attachments.models import Attachment, AttachmentCopy
from forum.core.clock import utcnow
from forum.core.db import db, is_sqlite
from forum.core.storage import StorageAway, StorageFull

MANIFEST = "manifest.json"
FILES = "files"
DATABASE = {True: "database.sqlite3", False: "database.dump"}  # True: SQLite


class BackupFailed(click.ClickException):
    """The copy cannot be made or brought back; the message says why and what to do."""


def backup(target: Path) -> dict[str, Any]:
    """Copy the database, then the files it names, into a new folder; returns the manifest, which is written last.

    In this order every file that a copied row names is there: a file is whole before its row. The secret keys are not
    in it. Raises BackupFailed when the folder holds something or a file is missing or damaged.
    """
    if target.exists() and any(target.iterdir()):
        raise BackupFailed(f"{target} is not empty; name a new folder")
    (target / FILES).mkdir(mode=0o700, parents=True)
    target.chmod(0o700)
    before = _named_files()  # a row that is removed while the database is copied may still stand in the copy
    _copy_database(target / DATABASE[is_sqlite()])
    missing = [key for key in sorted(before | _named_files()) if not _copy_file(key, target)]
    if missing:
        raise BackupFailed(f"{len(missing)} files are named by the database but missing or damaged: {missing[:5]}")
    manifest = {
        "made_at": utcnow().isoformat(),
        "revision": db.session.scalar(text("SELECT version_num FROM alembic_version")),
        "sha256": {
            str(path.relative_to(target)): _sha256(path) for path in sorted(target.rglob("*")) if path.is_file()
        },
    }
    db.session.rollback()
    os.sync()
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1))
    os.sync()
    return manifest


def restore(source: Path) -> dict[str, Any]:
    """Bring a copy back into an empty database and the data folder; returns its manifest.

    Nothing is touched before every file of the copy has proved whole. Raises BackupFailed for a copy that is unfinished,
    damaged or of the other engine, and for a database that holds something.
    """
    manifest = _proved(source)
    name = DATABASE[is_sqlite()]
    if name not in manifest["sha256"]:
        raise BackupFailed(f"this copy is of the other database engine: it holds no {name}")
    if inspect(db.engine).get_table_names():
        raise BackupFailed("the database is not empty; move it away or name a new one in FORUM_DATABASE_URL")
    storage = current_app.extensions["storage"]
    try:
        for path in sorted((source / FILES).iterdir()):
            storage.put(path.read_bytes())
    except (StorageAway, StorageFull) as problem:
        raise BackupFailed(f"the place for files refuses, and the database is still empty: {problem}") from problem
    db.engine.dispose()
    if is_sqlite():
        shutil.copyfile(source / name, Path(db.engine.url.database or ""))
    else:
        _postgresql("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", str(source / name))
    return manifest


def _proved(source: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text())
    except FileNotFoundError as problem:
        raise BackupFailed(f"{source} holds no finished copy: there is no {MANIFEST}") from problem
    for name, sha256 in manifest["sha256"].items():
        path = source / name
        if not path.is_file() or _sha256(path) != sha256:
            raise BackupFailed(f"{path} is missing or damaged; take another copy")
    return manifest


def _named_files() -> set[str]:
    originals = select(Attachment.original_key).where(Attachment.original_key.is_not(None))
    rows = db.session.execute(select(AttachmentCopy.key).union(originals)).all()
    db.session.rollback()  # the next look sees what is there by then
    return {key for row in rows for key in row}


def _copy_file(key: str, target: Path) -> bool:
    try:
        with current_app.extensions["storage"].open(key) as stored, (target / FILES / key).open("wb") as copy:
            shutil.copyfileobj(stored, copy)
    except FileNotFoundError:
        return False
    except StorageAway as problem:
        raise BackupFailed(f"the place for files refuses: {problem}") from problem
    return _sha256(target / FILES / key) == key


def _copy_database(path: Path) -> None:
    if is_sqlite():
        with closing(sqlite3.connect(db.engine.url.database or "", isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(path),))
    else:
        _postgresql("pg_dump", "--format=custom", f"--file={path}")


def _postgresql(program: str, *words: str) -> None:
    url: URL = db.engine.url
    address = url.set(drivername="postgresql", password=None).render_as_string()
    environ = {**os.environ, "PGPASSWORD": url.password or ""}
    try:
        subprocess.run(
            [program, f"--dbname={address}", *words], env=environ, check=True, capture_output=True, text=True
        )
    except FileNotFoundError as problem:
        raise BackupFailed(f"{program} is not installed: apt install postgresql-client") from problem
    except subprocess.CalledProcessError as problem:
        raise BackupFailed(f"{program} failed: {problem.stderr.strip()}") from problem


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
