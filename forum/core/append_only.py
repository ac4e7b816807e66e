"""Tables that only grow, by the database itself: triggers that refuse UPDATE and DELETE, to their owner as well."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.engine import Connection


@dataclass(frozen=True)
class Guards:
    """The triggers of some tables: by table, the condition in SQL that a row to be added is there already; `words` are the refusal."""

    tables: Mapping[str, str]
    words: str
    function: str

    def guard(self, connection: Connection) -> None:
        """Make the triggers."""
        for statement in self._sqlite() if connection.dialect.name == "sqlite" else self._postgresql():
            connection.exec_driver_sql(statement)

    def unguard(self, connection: Connection) -> None:
        """Drop the triggers, before the tables are dropped or rebuilt."""
        if connection.dialect.name == "sqlite":
            for table in self.tables:
                for act in ("update", "delete", "insert"):
                    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
            return
        for table in self.tables:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_only_grows ON {table}")
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_never_emptied ON {table}")
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {self.function}()")

    @contextmanager
    def open_to_change(self, connection: Connection) -> Iterator[None]:
        """Let the tables be changed for a while: where dates of the demo were moved, where a migration rebuilds them; nowhere else."""
        self.unguard(connection)
        yield
        self.guard(connection)

    def _sqlite(self) -> Iterator[str]:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{self.words}'); END"
        for table, same in self.tables.items():
            for act in ("update", "delete"):
                yield f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} {refuse}"
            # REPLACE INTO deletes without asking the trigger of DELETE, so a row that is there is refused here
            taken = f"SELECT 1 FROM {table} WHERE {same}"  # noqa: S608 - our names
            yield f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} WHEN EXISTS ({taken}) {refuse}"

    def _postgresql(self) -> Iterator[str]:
        yield (
            f"CREATE OR REPLACE FUNCTION {self.function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{self.words}' USING ERRCODE = 'insufficient_privilege'; END $$"
        )
        for table in self.tables:
            yield f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {self.function}()"
            yield f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {self.function}()"
            for trigger in (f"{table}_only_grows", f"{table}_never_emptied"):
                yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}"  # also where session_replication_role is replica
