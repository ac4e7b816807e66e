"""How often something may be done, counted in one of two ways.

`allow` and `count` count every try, whatever becomes of it: of passwords and codes, of what costs work or a connection.
They count in Redis when it is set, else in the database, and are called before the unit of work.

`permit` and `permit_each` count only what came about, within the unit of work that does it and so always in the
database: a refusal counts nothing, and of several at once none goes beyond the limit.

What may be done how often stands in `LIMITS` (forum/core/rates.py) by its name; `most` and `window` are given in tests alone,
and `most` where a limit gets tighter.
"""

import logging
from collections.abc import Callable, Sequence
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
from forum.core.rates import LIMITS
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


def redis_answers() -> bool:
    """Whether Redis answers now; False also where none is set."""
    return bool(_ask_redis(lambda redis: redis.ping()))


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


def count(name: str, who: str, *, window: timedelta | None = None) -> tuple[int, int]:
    """Count once more for (name, who); returns the count in the window and the seconds until it ends."""
    key, window = _key(name, who), window or LIMITS[name].window
    return _count_in_redis(key, window) or _count_in_database([(key, window)], 1)[key]


@unit_of_work
def _count_in_database(wanted: Sequence[tuple[str, timedelta]], amount: int) -> dict[str, tuple[int, int]]:
    """Count each key so much more in one statement; the order of the keys is that of their locks."""
    now = utcnow()
    bound: dict[str, Any] = {"now": now, "amount": amount}
    for place, (key, window) in enumerate(sorted(wanted)):
        bound |= {f"key{place}": key, f"ends{place}": now + window}
    rows = db.session.execute(_increase(len(wanted), sqlite=is_sqlite()), bound)
    return {key: (counted, max(1, int((ends_at - now).total_seconds()))) for key, counted, ends_at in rows}


@lru_cache(maxsize=16)
def _increase(rows: int, *, sqlite: bool) -> Any:
    """So many more, or only these in a new window when the old one is over; made once, for building costs more than running."""
    table: Any = Counter.__table__
    insert: Any = sqlite_insert if sqlite else postgresql_insert
    is_over = table.c.ends_at <= bindparam("now", type_=UTCDateTime)
    amount = bindparam("amount", type_=Integer)
    fresh = [
        {"key": bindparam(f"key{place}"), "count": amount, "ends_at": bindparam(f"ends{place}", type_=UTCDateTime)}
        for place in range(rows)
    ]
    made = insert(table).values(fresh)
    changed = {
        "count": case((is_over, amount), else_=table.c.count + amount),
        "ends_at": case((is_over, made.excluded.ends_at), else_=table.c.ends_at),
    }
    return made.on_conflict_do_update(index_elements=["key"], set_=changed).returning(
        table.c.key, table.c.count, table.c.ends_at
    )


def so_far(name: str, who: str, *, permitted: bool = False) -> int:
    """How often (name, who) was counted in its present window, without counting; `permitted`: by `permit`, in the database."""
    key = _key(name, who)
    counted = None if permitted else _ask_redis(lambda redis: int(redis.get(PREFIX + key) or 0))
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


def allow(name: str, who: str, *, most: int | None = None, window: timedelta | None = None) -> None:
    """Count one more try; raises TooMany with `retry_after` seconds beyond what a window takes."""
    _refuse_beyond(name, most, count(name, who, window=window))


def refuse_reached(name: str, who: str) -> None:
    """Raise TooMany when the limit is reached, without counting."""
    limit = LIMITS[name]
    if so_far(name, who) >= limit.number:
        raise TooMany(limit.code, retry_after=int(limit.window.total_seconds()), most=limit.number)


def permit(name: str, who: str, *, most: int | None = None, window: timedelta | None = None, amount: int = 1) -> None:
    """Count what the caller's unit of work does, `amount` of it; raises TooMany as `allow`. What is rolled back was not counted."""
    key = _key(name, who)
    counted = _count_in_database([(key, window or LIMITS[name].window)], amount)
    _refuse_beyond(name, most, counted[key])


def permit_each(*wanted: tuple[str, str]) -> None:
    """Count once for each (name, who) as `permit` does, in one statement; the first limit beyond which it goes is told."""
    keys = {_key(name, who): name for name, who in wanted}
    counted = _count_in_database([(key, LIMITS[name].window) for key, name in keys.items()], 1)
    for key, name in keys.items():
        _refuse_beyond(name, None, counted[key])


def _refuse_beyond(name: str, most: int | None, counted: tuple[int, int]) -> None:
    number, left = counted
    most = LIMITS[name].number if most is None else most
    if number > most:
        raise TooMany(LIMITS[name].code if name in LIMITS else None, retry_after=left, most=most)


@unit_of_work
def prune() -> None:
    """Forget counters whose window is over."""
    db.session.execute(delete(Counter).where(Counter.ends_at <= utcnow()))
