"""What is looked at to know whether the site is well; each look says no instead of failing."""

import logging
import shutil
import tempfile
from datetime import datetime, timedelta
from functools import lru_cache

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.storage import StorageAway
from forum.notifications.models import Heartbeat

log = logging.getLogger(__name__)
WORKER_SEEN_WITHIN = timedelta(seconds=60)


def database() -> bool:
    """Whether the database answers."""
    try:
        return db.session.scalar(select(1)) == 1
    except SQLAlchemyError:
        db.session.rollback()
        return False


def migrations() -> bool:
    """Whether the tables are those of this version."""
    try:
        return set(MigrationContext.configure(db.session.connection()).get_current_heads()) == _heads(
            current_app.extensions["migrate"].directory
        )
    except SQLAlchemyError:
        db.session.rollback()
        return False


@lru_cache(maxsize=1)
def _heads(folder: str) -> frozenset[str]:
    config = Config()
    config.set_main_option("script_location", folder)
    return frozenset(ScriptDirectory.from_config(config).get_heads())


def worker_seen() -> datetime | None:
    """When a worker was last seen, None for never or while nobody knows."""
    try:
        return db.session.scalar(select(func.max(Heartbeat.at)))
    except SQLAlchemyError:
        db.session.rollback()
        return None


def worker() -> bool:
    """Whether a worker lives."""
    seen = worker_seen()
    return seen is not None and utcnow() - seen < WORKER_SEEN_WITHIN


def storage() -> bool:
    """Whether the place for files answers."""
    try:
        current_app.extensions["storage"].answer()
    except StorageAway as problem:
        log.warning("the place for files is away: %s", problem)
        return False
    return True


def disk() -> bool:
    """Whether the data folder takes a file."""
    try:
        with tempfile.TemporaryFile(dir=settings().data_dir) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError:
        return False
    return True


def free_share() -> float:
    """How much of the disk with the data folder is free, from 0 to 1."""
    usage = shutil.disk_usage(settings().data_dir)
    return usage.free / usage.total
