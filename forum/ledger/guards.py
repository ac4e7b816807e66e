"""What keeps the tables of the ledger append-only in the database: triggers that refuse UPDATE and DELETE, to their owner as well."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection

TABLES = ("ledger_row", "ledger_business", "ledger_day")
ROWS = "ledger_row"
WORDS = "the ledger is append-only: a wrong row is corrected by a new one"
FUNCTION = "refuse_change_of_ledger"


def guard(connection: Connection) -> None:
    """Make the triggers."""
    for statement in _sqlite() if connection.dialect.name == "sqlite" else _postgresql():
        connection.exec_driver_sql(statement)


def unguard(connection: Connection) -> None:
    """Drop the triggers, before the tables are dropped or rebuilt."""
    if connection.dialect.name == "sqlite":
        for table in TABLES:
            for act in ("update", "delete", "insert"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
        return
    for table in TABLES:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_only_grows ON {table}")
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_never_emptied ON {table}")
    connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {FUNCTION}()")


@contextmanager
def open_to_change(connection: Connection) -> Iterator[None]:
    """Let the tables be changed for a while: where dates of the demo were moved, where a migration rebuilds them; nowhere else."""
    unguard(connection)
    yield
    guard(connection)


def _sqlite() -> Iterator[str]:
    for table in TABLES:
        for act in ("update", "delete"):
            yield f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    # REPLACE INTO deletes without asking the trigger of DELETE, so a number or an event that is taken is refused here
    taken = f"SELECT 1 FROM {ROWS} WHERE id = NEW.id OR event_id = NEW.event_id OR corrects_id = NEW.corrects_id"  # noqa: S608 - our names
    yield f"CREATE TRIGGER {ROWS}_no_insert BEFORE INSERT ON {ROWS} WHEN EXISTS ({taken}) BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for table, same in (
        ("ledger_business", "row_id = NEW.row_id AND merchant_id = NEW.merchant_id"),
        ("ledger_day", "day = NEW.day"),
    ):
        taken = f"SELECT 1 FROM {table} WHERE {same}"  # noqa: S608 - our names
        yield f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} WHEN EXISTS ({taken}) BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"


def _postgresql() -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'insufficient_privilege'; END $$"
    )
    for table in TABLES:
        yield f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
        yield f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
        for trigger in (f"{table}_only_grows", f"{table}_never_emptied"):
            yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}"  # also where session_replication_role is replica
