"""How often something may be done, counted in one of two ways.

`allow` and `count` count every try, whatever becomes of it: of passwords and codes, of what costs work or a connection.
They count in Redis when it is set, else in the database, and are called before the unit of work.

`permit` counts only what came about, within the unit of work that does it and so always in the database: a refusal
counts nothing, and of several at once none goes beyond the limit.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Index, Integer, String, bindparam, case, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import Base, UTCDateTime, db, is_sqlite, unit_of_work
from forum.core.errors import TooMany
from forum.core.secrecy import digest

if TYPE_CHECKING:
    from redis import Redis  # here, for it takes 20 MB of a process that does not use it

T = TypeVar("T")
PREFIX = "limit:"
REDIS_TIMEOUT_SECONDS = 0.5
REDIS_PAUSE_SECONDS = 5.0
log = logging.getLogger(__name__)


class Counter(Base):
    """How often a key was counted in its present window; the key is a hash, since it may hold an address."""

    __tablename__ = "counter"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (Index("ix_counter_ends_at", "ends_at"),)


@lru_cache(maxsize=2)
def _redis(url: str) -> "Redis":
    from redis import Redis  # here, for it takes 20 MB of a process that does not use it
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return Redis.from_url(
        url,
        socket_timeout=REDIS_TIMEOUT_SECONDS,
        socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


_away_until = 0.0


def _ask_redis(question: Callable[["Redis"], T]) -> T | None:
    """Return the answer of Redis, or None where there is none: not set, or away (then not asked for a while)."""
    global _away_until
    url = settings().redis_url
    if not url or monotonic() < _away_until:
        return None
    from redis import RedisError

    try:
        return question(_redis(url))
    except RedisError as problem:
        _away_until = monotonic() + REDIS_PAUSE_SECONDS
        log.warning("Redis is away (%s): the database counts", type(problem).__name__)
        return None


def _key(name: str, who: str) -> str:
    return digest(f"{name}:{who}")


def _count_in_redis(key: str, window: timedelta) -> tuple[int, int] | None:
    seconds = max(1, int(window.total_seconds()))

    def increase(redis: "Redis") -> tuple[int, int]:
        with redis.pipeline() as pipe:
            pipe.set(PREFIX + key, 0, ex=seconds, nx=True)
            pipe.incr(PREFIX + key)
            pipe.ttl(PREFIX + key)
            _fresh, counted, left = pipe.execute()
        return int(counted), max(1, int(left))

    return _ask_redis(increase)


def count(name: str, who: str, *, window: timedelta) -> tuple[int, int]:
    """Count once more for (name, who); returns the count in the window and the seconds until it ends."""
    key = _key(name, who)
    return _count_in_redis(key, window) or _count_in_database(key, window)


@unit_of_work
def _count_in_database(key: str, window: timedelta, amount: int = 1) -> tuple[int, int]:
    now = utcnow()
    bound = {"key": key, "now": now, "ends_at": now + window, "amount": amount}
    counted, ends_at = db.session.execute(_increase(sqlite=is_sqlite()), bound).one()
    return counted, max(1, int((ends_at - now).total_seconds()))


@lru_cache(maxsize=2)
def _increase(*, sqlite: bool) -> Any:
    """So many more, or only these in a new window when the old one is over; made once, for building costs more than running."""
    table: Any = Counter.__table__
    insert: Any = sqlite_insert if sqlite else postgresql_insert
    ends_at = bindparam("ends_at", type_=UTCDateTime)
    is_over = table.c.ends_at <= bindparam("now", type_=UTCDateTime)
    amount = bindparam("amount", type_=Integer)
    changed = {
        "count": case((is_over, amount), else_=table.c.count + amount),
        "ends_at": case((is_over, ends_at), else_=table.c.ends_at),
    }
    return (
        insert(table)
        .values(key=bindparam("key"), count=amount, ends_at=ends_at)
        .on_conflict_do_update(index_elements=["key"], set_=changed)
        .returning(table.c.count, table.c.ends_at)
    )


def so_far(name: str, who: str) -> int:
    """How often (name, who) was counted in its present window, without counting."""
    key = _key(name, who)
    counted = _ask_redis(lambda redis: int(redis.get(PREFIX + key) or 0))
    if counted is not None:
        return counted
    return db.session.scalar(select(Counter.count).where(Counter.key == key, Counter.ends_at > utcnow())) or 0


def forget(name: str, who: str) -> None:
    """Start anew for (name, who), as after a good password."""
    key = _key(name, who)
    _ask_redis(lambda redis: redis.delete(PREFIX + key))
    _forget_in_database(key)


@unit_of_work
def _forget_in_database(key: str) -> None:
    db.session.execute(delete(Counter).where(Counter.key == key))


def allow(name: str, who: str, *, most: int, window: timedelta) -> None:
    """Count one more try; raises TooMany with `retry_after` seconds beyond `most` in a window."""
    _refuse_beyond(most, count(name, who, window=window))


def permit(name: str, who: str, *, most: int, window: timedelta, amount: int = 1) -> None:
    """Count what the caller's unit of work does, `amount` of it; raises TooMany as `allow`. What is rolled back was not counted."""
    _refuse_beyond(most, _count_in_database(_key(name, who), window, amount))


def _refuse_beyond(most: int, counted: tuple[int, int]) -> None:
    number, left = counted
    if number > most:
        raise TooMany(retry_after=left, most=most)


@unit_of_work
def prune() -> None:
    """Forget counters whose window is over."""
    db.session.execute(delete(Counter).where(Counter.ends_at <= utcnow()))
