"""What the tests of the ledger share: rows as they are written, and ten thousand at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, text

from forum.core.db import db, unit_of_work
from forum.ledger import verifying
from forum.ledger.facts import Facts
from forum.ledger.guards import open_to_change
from forum.ledger.models import LedgerRow
from forum.ledger.writing import append
from forum.letters.models import Letter
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason
from tests.moderation.stage import SAID, thing

BEGAN = datetime(2026, 3, 4, 5, 6, 7, 89, UTC)


def rows() -> list[LedgerRow]:
    """All rows, oldest first."""
    db.session.expire_all()
    return list(db.session.scalars(select(LedgerRow).order_by(LedgerRow.id)))


def said(row: LedgerRow) -> tuple[Any, ...]:
    """What a row tells, without times."""
    return row.act.value, row.asked_by.value, row.reason, row.outcome.value, row.count


def hide(cast: Any, kind: str, row: Any, reason: Reason = Reason.INSULT) -> None:
    moderation.hide(thing(cast.dewi, kind, row), by=cast.dewi, reason=reason, message=SAID)


def restore(cast: Any, kind: str, row: Any) -> None:
    moderation.restore(thing(cast.dewi, kind, row), by=cast.dewi)


def taken_down(cast: Any, **fields: Any) -> Letter:
    """A letter that a moderator took down."""
    letter: Letter = cast.letter(**fields)
    hide(cast, "letter", letter)
    return letter


@unit_of_work
def write_many(number: int, merchants: Sequence[int] = (), *, begin: int = 0, **values: Any) -> None:
    """Rows by the same function as every other, an hour apart."""
    append(db.session.connection(), [facts(at, merchants, **values) for at in range(begin, begin + number)])


def facts(number: int, merchants: Sequence[int] = (), **values: Any) -> Facts:
    at = BEGAN + timedelta(hours=number)
    given: dict[str, Any] = {
        "at": at,
        "month": f"{at:%Y-%m}",
        "act": ("comment_hidden", "reports_decided", "words_covered")[number % 3],
        "about": f"comment:{number + 1}",
        "letter_id": None,
        "asked_by": ("moderator", "reader", "business", "author")[number % 4],
        "reason": ("insult", "false", "personal_data")[number % 3],
        "detail": None,
        "outcome": ("removed", ("upheld", "dismissed")[number % 2], "removed")[number % 3],
        "count": 1,
        "took_seconds": 60 * number if number % 3 == 1 else None,
        "merchants": list(merchants),
        "corrects_id": None,
        "why": None,
        "event_id": 1_000_000 + number,
        "written_at": at,
    }
    return Facts(**{**given, **values})


@unit_of_work
def tamper(statement: str, **values: Any) -> None:
    """Change the table as its owner can who first drops the triggers."""
    connection = db.session.connection()
    with open_to_change(connection):
        assert connection.execute(text(statement), values).rowcount


def flaws() -> list[tuple[str, int | None]]:
    """What is found, by name, each with its row."""
    db.session.rollback()
    return [(one.flaw.name, one.row) for one in verifying.of_ledger()]
