"""What several migrations do: change the values that a column may hold, whatever other migrations have put into its CHECK."""

import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op


def allow(table: str, column: str, *values: str, named: str | None = None) -> None:
    """Let the column hold these values, too; `named` is the CHECK's own name where it is not the column's."""
    _change(table, column, named or column, lambda known: [*known, *(one for one in values if one not in known)])


def disallow(table: str, column: str, *values: str, named: str | None = None) -> None:
    """Let the column hold these values no more; no row may hold one of them."""
    _change(table, column, named or column, lambda known: [one for one in known if one not in values])


def forget_events(*kinds: str) -> None:
    """Delete the events of these kinds with what people were told of them, and allow the kinds no more."""
    kind = sa.column("kind", sa.String())
    gone: sa.Select[Any] = sa.select(sa.column("id")).select_from(sa.table("event")).where(kind.in_(kinds))
    op.execute(sa.delete(sa.table("notification")).where(sa.column("event_id").in_(gone)))
    op.execute(sa.delete(sa.table("event")).where(kind.in_(kinds)))
    disallow("event", "kind", *kinds)


def _change(table: str, column: str, named: str, change: Callable[[list[str]], list[str]]) -> None:
    name = op.f(f"ck_{table}_{named}")
    found = {one["name"]: one["sqltext"] for one in sa.inspect(op.get_bind()).get_check_constraints(table)}
    values = change(re.findall(r"'([a-z0-9_]+)'", found[str(name)]))
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, sa.column(column, sa.String()).in_(values))
