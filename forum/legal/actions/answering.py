"""A legal notice is answered, and closed; an alarm when its day is near."""

from forum.accounts.models import User
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import lock, unit_of_work
from forum.core.errors import Invalid
from forum.core.events import Kind, Role, record
from forum.legal import policy
from forum.legal.lifecycle import ANSWERS, NoticeMove, NoticeOutcome, NoticeState
from forum.legal.models import ANSWER_CHARACTERS, LegalNotice
from forum.legal.queries.notices import is_alarmed, matter_of, notice_by_id


@unit_of_work
def answer(notice: LegalNotice, *, by: User, outcome: NoticeOutcome | None, text: str, seen: int | None = None) -> None:
    """Answer a notice: the words are kept and mailed to who sent it, the writers concerned are told.

    Raises NotAllowed, Stale, NotNow, or Invalid at a field.
    """
    lock(notice)
    ensure(policy.may_handle, by, matter_of(notice_by_id(notice.id)))
    ensure_fresh(notice, seen)
    if outcome not in ANSWERS:
        raise Invalid("outcome_needed", field="outcome")
    least, most = ANSWER_CHARACTERS
    if not least <= len(text.strip()) <= most:
        raise Invalid("words_needed", field="text", least=least, most=most)
    notice.move(NoticeMove.ANSWER)
    notice.outcome, notice.answer = outcome, text.strip()
    notice.answered_at, notice.answered_by_id = utcnow(), by.id
    record(Kind.NOTICE_ANSWERED, by=by, role=Role.MODERATOR, about=notice.about, outcome=outcome.value)


@unit_of_work
def close(notice: LegalNotice, *, by: User, seen: int | None = None) -> None:
    """Close a matter: after its answer, or because its sender took it back. What is held stays held. Raises as `answer`."""
    lock(notice)
    ensure(policy.may_handle, by, matter_of(notice_by_id(notice.id)))
    ensure_fresh(notice, seen)
    taken_back = notice.state is NoticeState.RECEIVED
    notice.move(NoticeMove.CLOSE)
    if taken_back:
        notice.outcome = NoticeOutcome.WITHDRAWN
    notice.closed_at, notice.closed_by_id = utcnow(), by.id
    record(
        Kind.NOTICE_CLOSED,
        by=by,
        role=Role.MODERATOR,
        about=notice.about,
        outcome=notice.outcome and notice.outcome.value,
    )


@unit_of_work
def alarm(notice_id: int) -> None:
    """Alarm the moderators of a notice whose day is near, once."""
    notice = lock(notice_by_id(notice_id))
    if notice.state is NoticeState.RECEIVED and not is_alarmed(notice):
        record(Kind.QUEUE_ALARM, by=None, role=Role.SYSTEM, about=notice.about)
