"""Recalling promises: the business before and on the day, the author after it. Each once; safe to run twice."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select

from forum.core.db import db, lock, unit_of_work
from forum.core.events import Event, Kind, Role, record
from forum.letters.lifecycle import Publication
from forum.letters.models import Case, Letter
from forum.responses.models import Response
from forum.responses.queries.promises import to_recall, today

BUSINESS_DAYS: Final = (-2, 0)
"""Days from the promised one on which its business is reminded, unless it said that it is done."""
AUTHOR_DAYS: Final = (1, 7)
"""Days from the promised one on which the author is asked whether it was kept."""
NEVER: Final = -(10**6)


def recall_promises() -> None:
    """Tell businesses of promises that are near or due, and ask authors what became of them."""
    now = today()
    _each(Kind.PROMISE_REMINDED, BUSINESS_DAYS, now, lambda row: row.promise_done_at is None)
    _each(Kind.PROMISE_ASKED, AUTHOR_DAYS, now, lambda _row: True)


def _each(kind: Kind, days: tuple[int, ...], now: date, wanted: Callable[[Any], bool]) -> None:
    """Of promises from the first of the days to a day before the next kind begins: a worker that slept tells the latest only."""
    first, last = (
        now - timedelta(days=max(days) + (AUTHOR_DAYS[0] - 1 if kind is Kind.PROMISE_REMINDED else 6)),
        now - timedelta(days=min(days)),
    )
    after = 0
    while rows := to_recall(first, last, after=after):
        after = rows[-1].id
        told = _told(kind, [row.letter_id for row in rows])
        db.session.rollback()
        for row in rows:
            due = max(day for day in days if day <= (now - row.promise_due).days)
            if wanted(row) and due > told.get(row.id, NEVER):
                _tell(kind, row.id, due)
    db.session.rollback()


def _told(kind: Kind, letter_ids: list[int]) -> dict[int, int]:
    """The latest day that was told, by response."""
    found: dict[int, int] = {}
    for about, data in db.session.execute(
        select(Event.about, Event.data).where(Event.letter_id.in_(letter_ids), Event.kind == kind)
    ):
        number = int((about or "response:0").removeprefix("response:"))
        found[number] = max(found.get(number, NEVER), int(data.get("day", NEVER)))
    return found


@unit_of_work
def _tell(kind: Kind, response_id: int, day: int) -> None:
    response = db.session.get_one(Response, response_id)
    case = db.session.get_one(Case, response.case_id)
    letter = lock(db.session.get_one(Letter, case.letter_id))
    lock(case)
    lock(response)
    over = response.promise_verdict is not None or response.hidden_at is not None
    done = kind is Kind.PROMISE_REMINDED and response.promise_done_at is not None
    if over or done or letter.publication is not Publication.PUBLISHED:
        return
    if _told(kind, [letter.id]).get(response_id, NEVER) >= day:
        return
    record(
        kind,
        by=None,
        role=Role.SYSTEM,
        letter_id=letter.id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        about=f"response:{response_id}",
        day=day,
        due=response.promise_due.isoformat() if response.promise_due else "",
    )
