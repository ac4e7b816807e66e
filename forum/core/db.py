"""The database: one declarative base, the unit of work (the only commit) and how each engine is opened."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Enum,
    Integer,
    MetaData,
    TextClause,
    bindparam,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from forum.core.turns import NoTurn, Turns

P = ParamSpec("P")
T = TypeVar("T")

BUSY_SECONDS = 5
TRIES = 3
WRITERS_AT_ONCE = 3  # of a process; fewer than the web server's threads, so that reading goes on while the others wait for a lock
STUCK_SECONDS = 2.0
LARGEST_ID = 2**63 - 1
RETRYABLE = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock

BigId = BigInteger().with_variant(Integer(), "sqlite")
Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """Parent of every model."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC: takes and returns aware values only, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def identity() -> Mapped[int]:
    """Return a primary key column."""
    return mapped_column(BigId, primary_key=True)


def choice(kind: type[StrEnum], name: str | None = None) -> Enum:
    """Return a text column type that holds the values of an enum, with a CHECK; `name` it where a table has several of a kind."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
        name=name or kind.__name__.lower(),
    )


db = SQLAlchemy(
    model_class=Base,
    session_options={"join_transaction_mode": "create_savepoint", "expire_on_commit": False},
)

_begin_mode: ContextVar[str] = ContextVar("begin_mode", default="DEFERRED")
_inside: ContextVar[bool] = ContextVar("inside_unit_of_work", default=False)
is_acting = _inside.get  # whether a unit of work is going on: whoever asks is about to change something
_patient: ContextVar[bool] = ContextVar("patient", default=True)
_last: ContextVar[list[Callable[[], None]] | None] = ContextVar("last", default=None)
_turns = Turns(WRITERS_AT_ONCE, STUCK_SECONDS)


class Busy(OperationalError):
    """Too many writers wait already for what another process holds."""

    def __init__(self) -> None:
        super().__init__("a turn to write", {}, TimeoutError())


@contextmanager
def without_waiting() -> Iterator[None]:
    """Let the units of work within give up at once, with OperationalError, where they would wait for a lock."""
    patient = _patient.set(False)
    try:
        yield
    finally:
        _patient.reset(patient)


def unit_of_work(action: Callable[P, T]) -> Callable[P, T]:
    """Make an action one transaction; inside another unit it simply takes part in that one.

    On SQLite the transaction begins IMMEDIATE, so that two writers queue instead of failing. On PostgreSQL a
    serialization failure or a deadlock is tried again, three times in all. Raises Busy when too many wait already.
    """

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if _inside.get():
            return action(*args, **kwargs)
        try:
            with _turns.taken(patient=_patient.get()):
                return _tried(action, *args, **kwargs)
        except NoTurn:
            raise Busy from None

    run.__unit_of_work__ = True  # type: ignore[attr-defined]
    return run


def _tried(action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    for attempt in range(1, TRIES + 1):
        try:
            return _transaction(action, *args, **kwargs)
        except OperationalError as problem:
            if getattr(problem.orig, "sqlstate", None) not in RETRYABLE or attempt == TRIES:
                raise
    raise AssertionError("unreachable")


def _transaction(action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    session = db.session
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed outside a unit of work")
    session.commit()  # ends the reading transaction, so that the writing one sees the newest rows
    mode, inside, last = _begin_mode.set("IMMEDIATE"), _inside.set(True), _last.set([])
    try:
        result = action(*args, **kwargs)
        for work in _last.get() or ():
            work()
        session.commit()
    except BaseException:
        session.rollback()
        raise
    else:
        return result
    finally:
        _last.reset(last)
        _inside.reset(inside)
        _begin_mode.reset(mode)


def at_last(work: Callable[[], None]) -> None:
    """Do this as the last thing of the present unit of work: what all queue for is held by nobody who waits; at once outside of one."""
    waiting = _last.get()
    work() if waiting is None else waiting.append(work)


def lock(thing: T, *, references: bool = False) -> T:
    """Read this row anew and hold it until the unit of work ends; raises InvalidRequestError when it is gone.

    Its columns only: what was loaded beside it stays loaded. Others may write rows that refer to it meanwhile (their foreign
    keys would wait for a held key, and deadlocks with them), unless `references` are held off as well.
    """
    columns = [column.key for column in inspect(thing).mapper.column_attrs]
    db.session.refresh(thing, columns, with_for_update={"key_share": not references})
    return thing


def turn(name: str) -> None:
    """Let nobody else who asks for this turn go on until the unit of work ends; on SQLite writers queue anyway."""
    if not is_sqlite():
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))


def insert_once(
    model: type[Base], *, index_elements: Sequence[str], index_where: TextClause | None = None, **values: Any
) -> bool:
    """Insert a row unless one with the same unique key is there; returns whether it was. Neither engine's transaction breaks.

    `index_elements` and `index_where` name the unique index (the condition when it is a partial one).
    """
    statement = _insert_once(model, tuple(values), tuple(index_elements), index_where, sqlite=is_sqlite())
    return db.session.execute(statement, values).first() is not None


@lru_cache(maxsize=100)
def _insert_once(
    model: type[Base],
    names: tuple[str, ...],
    index_elements: tuple[str, ...],
    index_where: TextClause | None,
    *,
    sqlite: bool,
) -> Any:
    """Made once, for building a statement costs more than running it."""
    insert: Any = sqlite_insert if sqlite else postgresql_insert
    return (
        insert(model.__table__)
        .values({name: bindparam(name) for name in names})
        .on_conflict_do_nothing(index_elements=index_elements, index_where=index_where)
        .returning(*model.__table__.primary_key)
    )


def is_sqlite() -> bool:
    """Whether the database is the embedded default."""
    return db.engine.dialect.name == "sqlite"


def prepare(engine: Engine) -> None:
    """Set up every connection of this engine: pragmas on SQLite, time-outs on PostgreSQL."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _open_postgresql)
        event.listen(engine, "begin", _begin_postgresql)


def _open_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "temp_store=MEMORY",
        "mmap_size=268435456",
        "cache_size=-16000",
        "journal_size_limit=67108864",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    begin = f"BEGIN {_begin_mode.get()}"
    if _patient.get():
        connection.exec_driver_sql(begin)
        return
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        connection.exec_driver_sql(begin)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def _open_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        if cursor.fetchone()[0] == "off":
            raise RuntimeError("PostgreSQL runs with synchronous_commit=off: acknowledged letters could be lost")
        cursor.execute("SET statement_timeout = '15s'")
        cursor.execute("SET lock_timeout = '4s'")
        cursor.execute("SET idle_in_transaction_session_timeout = '60s'")
        cursor.execute("SET TIME ZONE 'UTC'")
    connection.commit()


def _begin_postgresql(connection: Connection) -> None:
    if not _patient.get():
        connection.exec_driver_sql("SET LOCAL lock_timeout = '1ms'")
