"""Whether the site lives and is ready, for machines."""

import logging
import tempfile
from datetime import timedelta
from functools import lru_cache

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.storage import StorageAway
from forum.notifications.models import Heartbeat
from forum.pages.views import bp

log = logging.getLogger(__name__)
WORKER_SEEN_WITHIN = timedelta(seconds=60)


@bp.route("/health/live")
def live() -> ResponseReturnValue:
    return jsonify(live=True)


@bp.route("/health/ready")
def ready() -> ResponseReturnValue:
    checks = {"database": _database(), "migrations": False, "worker": False, "disk": _disk(), "storage": _storage()}
    if checks["database"]:
        checks["migrations"], checks["worker"] = _migrations(), _worker()
    well = all(checks.values())
    return jsonify(ready=well, checks=checks), 200 if well else 503


def _database() -> bool:
    try:
        return db.session.scalar(select(1)) == 1
    except SQLAlchemyError:
        db.session.rollback()
        return False


def _migrations() -> bool:
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


def _worker() -> bool:
    try:
        seen = db.session.scalar(select(func.max(Heartbeat.at)))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return seen is not None and utcnow() - seen < WORKER_SEEN_WITHIN


def _storage() -> bool:
    try:
        current_app.extensions["storage"].answer()
    except StorageAway as problem:
        log.warning("the place for files is away: %s", problem)
        return False
    return True


def _disk() -> bool:
    try:
        with tempfile.TemporaryFile(dir=settings().data_dir) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError:
        return False
    return True
