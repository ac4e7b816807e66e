"""How a case ended: the author alone says it, time alone closes it."""

from datetime import timedelta

from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import User
from forum.config import settings
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import NotNow
from forum.core.events import Kind, Role, record
from forum.letters.lifecycle import OUTCOME_MOVES, Outcome, OutcomeMove
from forum.letters.models import Case, Letter
from forum.responses import policy
from forum.responses.actions.holding import hold

SAYS = {
    OutcomeMove.SAY_SOLVED: Outcome.SOLVED,
    OutcomeMove.SAY_PARTLY: Outcome.PARTLY,
    OutcomeMove.SAY_NOT_SOLVED: Outcome.NOT_SOLVED,
    OutcomeMove.REOPEN: Outcome.NONE,
}


@unit_of_work
def conclude(case: Case, move: OutcomeMove, *, by: User, seen: int | None = None) -> None:
    """Say how the case ended, or open it again; saying the same twice changes nothing.

    Raises NotAllowed for everybody but the author, Stale, or NotNow("outcome_over") beyond `settings.unconfirmed_days`
    after the first response.
    """
    letter = hold(case)
    ensure(policy.may_conclude, by, case)
    if move not in SAYS:
        raise NotNow(state=case.outcome.value, move=move.value)
    if case.outcome is SAYS[move] and (case.outcome, move) not in OUTCOME_MOVES:
        return
    ensure_fresh(case, seen)
    now = utcnow()
    if case.answered_at is None or now >= case.answered_at + timedelta(days=settings().unconfirmed_days):
        raise NotNow("outcome_over", days=settings().unconfirmed_days)
    before = case.outcome
    case.conclude(move)
    case.outcome_at = None if case.outcome is Outcome.NONE else now
    record(
        Kind.OUTCOME_REOPENED if move is OutcomeMove.REOPEN else Kind.OUTCOME_SET,
        by=by,
        role=Role.AUTHOR,
        letter_id=letter.id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        outcome=case.outcome.value,
        before=before.value,
    )


@unit_of_work
def lapse_outcome(case_id: int) -> bool:
    """Close a case as unconfirmed when the author's days are over; returns whether it did. For the worker; safe to run twice."""
    case = db.session.get(Case, case_id)
    if case is None:
        return False
    set_committed_value(case, "letter", db.session.get_one(Letter, case.letter_id))
    letter = hold(case)
    now = utcnow()
    if (
        case.outcome is not Outcome.NONE
        or case.answered_at is None
        or now < case.answered_at + timedelta(days=settings().unconfirmed_days)
    ):
        return False
    case.conclude(OutcomeMove.LAPSE)
    case.outcome_at = now
    record(
        Kind.OUTCOME_UNCONFIRMED,
        by=None,
        role=Role.SYSTEM,
        letter_id=letter.id,
        case_id=case.id,
        merchant_id=case.merchant_id,
    )
    return True
