"""What happens is written into the ledger in the same transaction, as its last thing: then nobody who holds the chain waits for anything."""

from forum.core.clock import utcnow
from forum.core.db import at_last, db
from forum.core.events import Event, on
from forum.ledger.composing import composed
from forum.ledger.registry import CORRECTS, ROWS
from forum.ledger.writing import append


@on(*ROWS, CORRECTS)
def write(happened: Event) -> None:
    """Add the row of an event, where it becomes one."""
    at_last(lambda: _write(happened))


def _write(happened: Event) -> None:
    db.session.flush()
    connection = db.session.connection()
    facts = composed(connection, happened, utcnow())
    if facts is not None:
        append(connection, [facts])
