"""Adding rows to the ledger: one function for what happens now, what happened before there was a ledger, and ten thousand at once."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from forum.core.chain import NOTHING
from forum.core.db import UTCDateTime
from forum.ledger.composing import composed
from forum.ledger.facts import Facts, hash_of
from forum.ledger.registry import CORRECTS, ROWS
from forum.ledger.tables import BUSINESS, EVENT, HEAD, ROW

AT_ONCE: Final = 1_000
FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
KINDS: Final = tuple(kind.value for kind in (*ROWS, CORRECTS))


def append(connection: Connection, rows: Sequence[Facts]) -> int:
    """Write these as the next rows, each linked to the one before; returns how many.

    The head is held until the transaction ends: take it last, since every other writer waits for it.
    """
    head = connection.execute(sa.select(HEAD).where(HEAD.c.id == 1).with_for_update()).one_or_none()
    if head is None:
        connection.execute(sa.insert(HEAD).values(id=1, number=0, hash=NOTHING))
    number, before = (head.number, head.hash) if head is not None else (0, NOTHING)
    written, businesses = [], []
    for facts in rows:
        number += 1
        before = hash_of(before, number, facts)
        written.append({**facts._asdict(), "id": number, "hash": before})
        businesses += [{"merchant_id": one, "row_id": number} for one in facts.merchants]
    if written:
        connection.execute(sa.insert(ROW), written)
        connection.execute(sa.update(HEAD).where(HEAD.c.id == 1).values(number=number, hash=before))
    if businesses:
        connection.execute(sa.insert(BUSINESS), businesses)
    return len(written)


def backfill(connection: Connection, now: datetime | None = None) -> int:
    """Write the rows of all events there are, in their order; returns how many. `now` is when they are written, without it when they happened."""
    done, waiting = 0, list[Facts]()
    for event in _events(connection):
        if len(waiting) == AT_ONCE or (event.kind == CORRECTS.value and waiting):  # what it corrects must stand
            done += append(connection, waiting)
            waiting.clear()
        facts = composed(connection, event, now or event.at)
        if facts is not None:
            waiting.append(facts)
    return done + append(connection, waiting)


def _events(connection: Connection) -> Iterator[Any]:
    """Yield the events that become rows as they happened, in pages."""
    last = (FIRST, 0)
    while True:
        found = connection.execute(
            sa.select(EVENT)
            .where(EVENT.c.kind.in_(KINDS), sa.tuple_(EVENT.c.at, EVENT.c.id) > sa.tuple_(*last, types=(UTCDateTime, sa.BigInteger)))
            .order_by(EVENT.c.at, EVENT.c.id)
            .limit(AT_ONCE)
        ).all()
        yield from found
        if len(found) < AT_ONCE:
            return
        last = (found[-1].at, found[-1].id)
