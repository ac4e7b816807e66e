"""Making the links of chains anew: where there were none (a migration, bulk rows) and where the demo moved its dates; nowhere else."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from forum.core.chain import NOTHING, Facts, link, new_salt

AT_ONCE = 5_000  # events held in memory, at least those of one letter
_event = sa.table("event", *(sa.column(name) for name in ("id", *Facts._fields, "number", "hash")))
_head = sa.table("chain_head", *(sa.column(name) for name in ("letter_id", "number", "hash")))


def relink(connection: Connection) -> int:
    """Link all events of all letters in the order of their numbers as rows; returns how many letters there are."""
    connection.execute(sa.delete(_head))
    connection.execute(sa.update(_event).where(_event.c.number.is_not(None)).values(number=None, hash=None))
    letters = 0
    for _letter, rows in groupby(_events(connection), key=lambda row: row.letter_id):
        before, links = NOTHING, []
        for number, row in enumerate(rows, start=1):
            facts = _facts(row)
            before = link(before, number, facts.digest)
            links.append({"_id": row.id, "_number": number, "_salt": facts.salt, "_hash": before})
        connection.execute(_LINKED, links)
        connection.execute(sa.insert(_head).values(letter_id=_letter, number=len(links), hash=before))
        letters += 1
    return letters


_LINKED = (
    sa.update(_event)
    .where(_event.c.id == sa.bindparam("_id"))
    .values(number=sa.bindparam("_number"), salt=sa.bindparam("_salt"), hash=sa.bindparam("_hash"))
)


def _events(connection: Connection) -> Iterator[Any]:
    """Yield the events of letters, letter by letter, in pages."""
    last = (0, 0)
    while True:
        page = connection.execute(
            sa.select(_event)
            .where(sa.tuple_(_event.c.letter_id, _event.c.id) > sa.tuple_(*last))
            .order_by(_event.c.letter_id, _event.c.id)
            .limit(AT_ONCE)
        ).all()
        if not page:
            return
        yield from page
        last = (page[-1].letter_id, page[-1].id)


def _facts(row: Any) -> Facts:
    values = {name: getattr(row, name) for name in Facts._fields}
    if isinstance(values["at"], str):
        values["at"] = datetime.fromisoformat(values["at"])
    if values["at"].tzinfo is None:
        values["at"] = values["at"].replace(tzinfo=UTC)
    if isinstance(values["data"], str):
        values["data"] = json.loads(values["data"])
    values["salt"] = values["salt"] or new_salt()
    return Facts(**values)
