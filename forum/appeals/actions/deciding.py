"""Appeals decided: by another moderator than the first, or openly by the same where there is no other."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts.models import User
from forum.appeals import policy
from forum.appeals.actions.noting import note
from forum.appeals.decisions import entry_of
from forum.appeals.lifecycle import AppealMove
from forum.appeals.models import ANSWER_CHARACTERS, Appeal
from forum.appeals.queries.appeals import hearing_of
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, Missing, NotNow
from forum.core.events import Kind


@unit_of_work
def decide(appeal: Appeal, *, grant: bool, by: User, answer: str) -> None:
    """Grant an appeal, which undoes the decision, or refuse it; the words go to who appealed.

    What somebody undid meanwhile is not undone twice. Raises NotAllowed, NotNow("already_decided") or Invalid.
    """
    lock(appeal)
    held = db.session.scalar(select(Appeal).where(Appeal.id == appeal.id).options(joinedload(Appeal.event)))
    hearing = None if held is None else hearing_of(held)
    if hearing is None:
        raise Missing
    verdict, answer = hearing.verdict, answer.strip()
    ensure(policy.may_judge, by, hearing)
    if appeal.decided_at is not None:
        raise NotNow("already_decided")
    least, most = ANSWER_CHARACTERS
    if not least <= len(answer) <= most:
        raise Invalid("words_needed", field="answer", least=least, most=most)
    entry = entry_of(verdict.event)
    if grant and verdict.stands and entry is not None:
        entry.undo(verdict.event, by, answer)
    appeal.move(AppealMove.GRANT if grant else AppealMove.REFUSE)
    appeal.answer, appeal.decided_at, appeal.decided_by_id = answer, utcnow(), by.id
    appeal.alone = by.id in verdict.deciders
    note(
        Kind.APPEAL_DECIDED,
        appeal,
        verdict,
        by=by,
        judged=True,
        asked_at=appeal.made_at.isoformat(),
        outcome=appeal.state.value,
        alone=appeal.alone,
        message=answer,
    )
