"""What was promised: the business says that it is done, the author alone says whether it was kept."""

from sqlalchemy import select

from forum.accounts.models import User
from forum.config import settings
from forum.core.access import ensure
from forum.core.clock import local_date, utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.letters.models import Case
from forum.responses import policy
from forum.responses.actions.holding import guard_words, hold
from forum.responses.lifecycle import PromiseVerdict
from forum.responses.models import LONGEST_PROMISE_CHARACTERS, Response

DONE_CHARACTERS = (5, LONGEST_PROMISE_CHARACTERS)


@unit_of_work
def say_done(response: Response, *, by: User, words: str) -> None:
    """Say that a promise is done and what was done, in one public line; the first time stands.

    Raises NotAllowed, NotNow when nothing was promised or it was said before, Invalid or GuardStopped.
    """
    case = response.case
    letter = hold(case)
    ensure(policy.may_say_done, by, response)
    lock(response)
    if response.promise_done_at is not None:
        if response.promise_done == words:
            return
        raise NotNow("promise_done_before")
    _ensure_promise(response)
    least, most = DONE_CHARACTERS
    if not least <= len(words) <= most:
        raise Invalid("length", field="text", least=least, most=most)
    guard_words(case, letter, text=words)
    response.promise_done, response.promise_done_at = words, utcnow()
    _record(Kind.PROMISE_DONE, response, by, Role.BUSINESS)


@unit_of_work
def judge(response: Response, verdict: PromiseVerdict, *, by: User) -> None:
    """Say whether a promise was kept; the author may say otherwise later, saying the same twice changes nothing.

    Raises NotAllowed for everybody but the author, or NotNow when nothing was promised or it cannot be broken before its day.
    """
    case = response.case
    hold(case)
    ensure(policy.may_judge, by, response)
    lock(response)
    _ensure_promise(response)
    if response.promise_verdict is verdict:
        return
    today = local_date(utcnow(), settings().time_zone)
    if verdict is PromiseVerdict.BROKEN and response.promise_due is not None and response.promise_due > today:
        raise NotNow("promise_not_due")
    before = response.promise_verdict
    response.promise_verdict, response.promise_verdict_at = verdict, utcnow()
    db.session.flush()
    settle_promise(case)
    _record(
        Kind.PROMISE_JUDGED, response, by, Role.AUTHOR, verdict=verdict.value, before=before.value if before else None
    )


def settle_promise(case: Case) -> None:
    """Let the case carry the newest promise that readers see, for lists and stamps."""
    newest = db.session.execute(
        select(Response.promise_due, Response.promise_verdict)
        .where(Response.case_id == case.id, Response.promise_due.is_not(None), Response.hidden_at.is_(None))
        .order_by(Response.id.desc())
        .limit(1)
    ).one_or_none()
    case.promise_due = None if newest is None else newest.promise_due
    case.promise_verdict = None if newest is None else newest.promise_verdict


def _ensure_promise(response: Response) -> None:
    if response.promise_due is None or response.hidden_at is not None:
        raise NotNow("no_promise")


def _record(kind: Kind, response: Response, by: User, role: Role, **data: str | None) -> None:
    record(
        kind,
        by=by,
        role=role,
        letter_id=response.case.letter_id,
        case_id=response.case_id,
        merchant_id=response.case.merchant_id,
        about=f"response:{response.id}",
        **data,
    )
