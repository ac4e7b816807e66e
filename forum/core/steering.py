"""What operators set while the site runs: rows that every process sees within a second, without a start anew.

A process keeps a snapshot and looks, at most once a second, whether the epoch of the pages moved (`core.freshness`): each
change of what is steered moves it, for it may show on any page. Rooms above add parts of their own (`part`).
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, db, is_acting
from forum.core.freshness import Freshness, lists_now
from forum.core.glance import glance

LOOK_SECONDS = 1.0
READ_ONLY = "read_only"
PROOF_OF_WORK = "proof_of_work"
BACKUP = "backup"
LIMIT = "limit:"


class Steering(Base):
    """One thing that operators set; `value` None: as code and settings say."""

    __tablename__ = "steering"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(Json, nullable=True)
    version: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))


@dataclass(frozen=True)
class _Snapshot:
    """Everything steered, as of an epoch."""

    epoch: int
    parts: Mapping[str, Any]


@dataclass(frozen=True)
class _Part:
    load: Callable[[], Any]
    default: Any


_table: Any = Steering.__table__
_fresh: Any = Freshness.__table__
_parts: dict[str, _Part] = {}
_lock = Lock()
_snapshot: _Snapshot | None = None
_look_at = 0.0
_is_stale = False


def part(name: str, load: Callable[[], Any], default: Any) -> None:
    """Keep what `load` reads from the database in every process; `default` holds until it could be read."""
    _parts[name] = _Part(load, default)


def _load_values() -> dict[str, Any]:
    rows = db.session.execute(select(_table.c.name, _table.c.value))
    return {name: value for name, value in rows if value is not None}


part("values", _load_values, {})


def now(name: str) -> Any:
    """Return a part as of at most a second ago."""
    snapshot = _current()
    return snapshot.parts[name] if snapshot is not None else _parts[name].default


def value(name: str) -> Any:
    """Return what operators set under this name, None for nothing."""
    return now("values").get(name)


def changed() -> None:
    """Tell that the present unit of work changes something steered: this process reads it anew after the commit."""
    global _is_stale
    _is_stale = True


def forget() -> None:
    """Go back to what the code says; for tests, whose rows are rolled back."""
    global _snapshot, _is_stale
    _snapshot, _is_stale = None, False


def _current() -> _Snapshot | None:
    global _look_at, _is_stale
    if is_acting() and _snapshot is not None:
        return _snapshot  # what is not committed yet holds for nobody
    if _is_stale and not is_acting():
        _is_stale = False
        return _read()
    if settings().environment == "test" or time.monotonic() < _look_at:
        return _snapshot
    with _lock:
        if time.monotonic() < _look_at:
            return _snapshot
        _look_at = time.monotonic() + LOOK_SECONDS
    seen = lists_now(glance(settings().database_url))
    if seen is None or (_snapshot is not None and _snapshot.epoch == seen[0]):
        return _snapshot
    return _read()


def _read() -> _Snapshot | None:
    """Read all parts in the present transaction with the epoch that it sees: a reading one may have begun before the change."""
    global _snapshot
    try:
        epoch = db.session.scalar(select(_fresh.c.epoch).where(_fresh.c.id == 1)) or 0
        _snapshot = _Snapshot(epoch, {name: one.load() for name, one in _parts.items()})
    except SQLAlchemyError:  # the database is away or not migrated: what holds meanwhile is what was read last
        if is_acting():
            raise  # what the unit of work wrote so far would go with a rollback
        db.session.rollback()
    return _snapshot
