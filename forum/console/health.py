"""How the site is: each look with a state, for the page of administrators; nothing here waits for long."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select

from forum.config import settings
from forum.core import limits, steering
from forum.core.clock import utcnow
from forum.core.db import db, is_sqlite
from forum.pages import checks
from forum.receipts.queries import newest_day

CONNECT_SECONDS = 2
LEAST_FREE, FEW_FREE = 0.05, 0.15
MOST_SKEW = timedelta(seconds=2)
OLD_HEAD, OLD_BACKUP = timedelta(days=2), timedelta(days=2)


class Health(StrEnum):
    """How a part is."""

    WELL = "well"
    WORRY = "worry"
    BAD = "bad"
    UNUSED = "unused"  # not set up


@dataclass(frozen=True)
class Look:
    """What was found of a part: its name, how it is, and a figure or moment that tells more."""

    name: str
    health: Health
    figure: int | None = None
    at: datetime | None = None


def looks() -> list[Look]:
    """Look at every part; where the database is away, at those that need none."""
    if not checks.database():
        return [Look("database", Health.BAD), *_apart()]
    return [
        Look("database", Health.WELL),
        Look("migrations", _well(checks.migrations())),
        _worker(),
        _skew(),
        _chain(),
        _backup(),
        *_apart(),
    ]


def _apart() -> list[Look]:
    free = checks.free_share()
    disk = Health.BAD if free < LEAST_FREE or not checks.disk() else Health.WORRY if free < FEW_FREE else Health.WELL
    return [
        Look("storage", _well(checks.storage())),
        Look("disk", disk, figure=round(free * 100)),
        Look("redis", _asked(settings().redis_url, limits.redis_answers)),
        Look("smtp", _asked(settings().smtp_url, lambda: _connects(_smtp()))),
        Look("clamav", _asked(settings().clamav, lambda: _connects(settings().clamav))),
    ]


def _well(yes: bool) -> Health:
    return Health.WELL if yes else Health.BAD


def _asked(address: str, answers: Callable[[], bool]) -> Health:
    return _well(answers()) if address else Health.UNUSED


def _worker() -> Look:
    return Look("worker", _well(checks.worker()), at=checks.worker_seen())


def _skew() -> Look:
    """How far the clock of the database is from this machine's; SQLite has none of its own."""
    if is_sqlite():
        return Look("clock", Health.UNUSED)
    theirs: Any = db.session.scalar(select(func.clock_timestamp()))
    apart = abs(theirs - utcnow())
    return Look("clock", Health.WELL if apart <= MOST_SKEW else Health.WORRY, figure=round(apart.total_seconds()))


def _chain() -> Look:
    newest = newest_day()
    if newest is None:
        return Look("chain", Health.UNUSED)
    return Look("chain", _young(newest.made_at, OLD_HEAD), at=newest.made_at)


def _backup() -> Look:
    made = steering.value(steering.BACKUP)
    if made is None:
        return Look("backup", Health.WORRY)
    at = datetime.fromisoformat(made)
    return Look("backup", _young(at, OLD_BACKUP), at=at)


def _young(at: datetime, most: timedelta) -> Health:
    return Health.WELL if utcnow() - at <= most else Health.WORRY


def _smtp() -> str:
    url = urlsplit(settings().smtp_url)
    return f"{url.hostname}:{url.port or (465 if url.scheme == 'smtps' else 587)}"


def _connects(address: str) -> bool:
    """Whether somebody listens there, at a host with its port or at a socket file."""
    try:
        if address.startswith("/"):
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(CONNECT_SECONDS)
                line.connect(address)
        else:
            host, _colon, port = address.rpartition(":")
            socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS).close()
    except OSError:
        return False
    return True
