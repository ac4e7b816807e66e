"""What is done with the ledger: a wrong row is corrected by a new one; where its chain ends is published once a day."""

from datetime import date, datetime

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import ONE_DAY, utcnow
from forum.core.db import db, insert_once, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.ledger import policy, queries
from forum.ledger.lifecycle import AskedBy, Outcome, Why, outcomes_like
from forum.ledger.models import LedgerDay, LedgerRow
from forum.ledger.reasons import reasons_of
from forum.receipts import queries as receipts
from forum.receipts.actions import SETTLES


@unit_of_work
def correct(
    row: LedgerRow, *, by: User, why: Why, asked_by: AskedBy, reason: str | None, outcome: Outcome
) -> None:
    """Write the row once more as it should have been; both stay, and each names the other. Its reason is one of the closed list of such rows.

    With Why.MISTAKE it is void, whatever else is said. Raises NotAllowed, Invalid("same_as_before"), Invalid for a value that such a
    row cannot have, or NotNow("corrected_already").
    """
    queries.begin_correcting()
    ensure(policy.may_correct, by, queries.written(row))
    if queries.corrected_by(row.id) is not None:
        raise NotNow("corrected_already")
    if why is Why.MISTAKE:
        asked_by, reason, outcome = row.asked_by, row.reason, Outcome.VOID
    elif outcome not in outcomes_like(row.outcome):
        raise Invalid(field="outcome")
    if reason != row.reason and reason not in reasons_of(row.act):
        raise Invalid(field="reason")
    if (asked_by, reason, outcome) == (row.asked_by, row.reason, row.outcome):
        raise Invalid("same_as_before")
    record(
        Kind.LEDGER_CORRECTED,
        by=by,
        role=Role.MODERATOR,
        about=f"ledger:{row.id}",
        corrects_event_id=row.event_id,
        why=why.value,
        asked_by=asked_by.value,
        right_reason=reason,
        outcome=outcome.value,
    )


def make_days() -> int:
    """Publish where the chain ended on every day that is over and has no such line; returns how many. Twice is the same."""
    last, begins, made = queries.newest_day(), queries.first_moment(), 0
    day = last.day + ONE_DAY if last is not None else receipts.day_of(begins) if begins is not None else None
    ends = receipts.settled(utcnow(), SETTLES)
    db.session.rollback()
    while day is not None and day <= ends:
        _keep(day, receipts.end_of(day))
        day += ONE_DAY
        made += 1
    return made


@unit_of_work
def _keep(day: date, until: datetime) -> None:
    """The first of two workers that publish it at once is the one that counts; both found the same."""
    end = queries.end_before(until)
    if db.session.get(LedgerDay, day) is None and end is not None:
        insert_once(
            LedgerDay, index_elements=["day"], day=day, until=until, number=end.id, hash=end.hash, made_at=utcnow()
        )
