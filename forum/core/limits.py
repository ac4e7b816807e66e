"""How often something may be done: counters per key in the database, or in Redis when it is set."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from redis import Redis, RedisError
from sqlalchemy import Index, String, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import Base, UTCDateTime, db, is_sqlite, unit_of_work
from forum.core.errors import TooMany
from forum.core.secrecy import digest

REDIS_TIMEOUT_SECONDS = 0.5


class Counter(Base):
    """How often a key was counted in its present window; the key is a hash, since it may hold an address."""

    __tablename__ = "counter"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (Index("ix_counter_ends_at", "ends_at"),)


@lru_cache(maxsize=2)
def _redis(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=REDIS_TIMEOUT_SECONDS, socket_connect_timeout=REDIS_TIMEOUT_SECONDS)


def count(name: str, who: str, *, window: timedelta) -> tuple[int, int]:
    """Count once more for (name, who); returns the count in the window and the seconds until it ends."""
    key, seconds = digest(f"{name}:{who}"), int(window.total_seconds())
    url = settings().redis_url
    if url:
        try:
            with _redis(url).pipeline() as pipe:
                pipe.incr(key)
                pipe.expire(key, seconds, nx=True)
                pipe.ttl(key)
                counted, _, left = pipe.execute()
            return int(counted), max(1, int(left))
        except RedisError:
            pass  # the database counts while Redis is away
    return _count_in_database(key, window)


@unit_of_work
def _count_in_database(key: str, window: timedelta) -> tuple[int, int]:
    now = utcnow()
    insert: Any = sqlite_insert if is_sqlite() else postgresql_insert
    db.session.execute(delete(Counter).where(Counter.key == key, Counter.ends_at <= now))
    counted, ends_at = db.session.execute(
        insert(Counter)
        .values(key=key, count=1, ends_at=now + window)
        .on_conflict_do_update(index_elements=["key"], set_={"count": Counter.count + 1})
        .returning(Counter.count, Counter.ends_at)
    ).one()
    return counted, max(1, int((ends_at - now).total_seconds()))


def so_far(name: str, who: str) -> int:
    """How often (name, who) was counted in its present window, without counting."""
    key, url = digest(f"{name}:{who}"), settings().redis_url
    if url:
        try:
            return int(_redis(url).get(key) or 0)
        except RedisError:
            pass
    return db.session.scalar(select(Counter.count).where(Counter.key == key, Counter.ends_at > utcnow())) or 0


def forget(name: str, who: str) -> None:
    """Start anew for (name, who), as after a good password."""
    key, url = digest(f"{name}:{who}"), settings().redis_url
    if url:
        try:
            _redis(url).delete(key)
        except RedisError:
            pass
    _forget_in_database(key)


@unit_of_work
def _forget_in_database(key: str) -> None:
    db.session.execute(delete(Counter).where(Counter.key == key))


def allow(name: str, who: str, *, most: int, window: timedelta) -> None:
    """Count once more; raises TooMany with `retry_after` seconds beyond `most` in a window."""
    counted, left = count(name, who, window=window)
    if counted > most:
        raise TooMany(retry_after=left, most=most)


@unit_of_work
def prune() -> None:
    """Forget counters whose window is over."""
    db.session.execute(delete(Counter).where(Counter.ends_at <= utcnow()))
