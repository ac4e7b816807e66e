"""Warnings, limits and suspensions: given, told, lifted. What holds is kept beside the account for every request."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Scope, User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.people import policy
from forum.people.lifecycle import SanctionKind, SanctionReason
from forum.people.models import LONGEST_DAYS, MESSAGE_CHARACTERS, UNTIL_LIFTED, Sanction


@unit_of_work
def sanction(
    user: User,
    *,
    by: User,
    kind: SanctionKind | None,
    reason: SanctionReason | None,
    message: str,
    scope: Scope | None = None,
    days: int | None = None,
) -> Sanction:
    """Warn, limit or suspend a member; `days` None suspends until it is lifted. The person is told by mail.

    Raises NotAllowed (an office: two persons), or Invalid at the field.
    """
    user = lock(user)
    ensure(policy.may_sanction, by, user)
    return give(user, by=by, second=None, **checked(kind, reason, message, scope, days))


def checked(
    kind: SanctionKind | None, reason: SanctionReason | None, message: str, scope: Scope | None, days: int | None
) -> dict[str, Any]:
    """Return the values of a sanction as they belong together; raises Invalid at the field."""
    if kind is None:
        raise Invalid("sanction_needed", field="kind")
    if reason is None:
        raise Invalid("reason_needed", field="reason")
    message = message.strip()
    least, most = MESSAGE_CHARACTERS
    if not least <= len(message) <= most:
        raise Invalid("words_needed", field="message", least=least, most=most)
    if kind is SanctionKind.LIMIT and scope is None:
        raise Invalid("scope_needed", field="scope")
    if kind is SanctionKind.LIMIT and days is None:
        raise Invalid("days_needed", field="days", most=LONGEST_DAYS)
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise Invalid("days_needed", field="days", most=LONGEST_DAYS)
    return {
        "kind": kind,
        "reason": reason,
        "message": message,
        "scope": scope if kind is SanctionKind.LIMIT else None,
        "days": None if kind is SanctionKind.WARNING else days,
    }


def give(
    user: User,
    *,
    by: User,
    second: User | None,
    kind: SanctionKind,
    reason: SanctionReason,
    message: str,
    scope: Scope | None,
    days: int | None,
) -> Sanction:
    """Write the sanction of a locked account, in the present unit of work; the caller has asked the rules."""
    now = utcnow()
    given = Sanction(
        user_id=user.id,
        kind=kind,
        scope=scope,
        reason=reason,
        message=message,
        given_at=now,
        given_by_id=by.id,
        second_by_id=None if second is None else second.id,
        ends_at=None if days is None else now + timedelta(days=days),
    )
    db.session.add(given)
    db.session.flush()
    _keep(user)
    event = record(
        Kind.SANCTION_GIVEN,
        by=by,
        role=Role.MODERATOR,
        about=f"user:{user.id}",
        asked_by="moderator",
        sanction_id=given.id,
        sanction=kind.value,
        scope=None if scope is None else scope.value,
        until=None if given.ends_at is None else given.ends_at.isoformat(),
        reason=reason.value,
        message=message,
        **({} if second is None else {"second": second.id}),
    )
    given.event_id = event.id
    return given


@unit_of_work
def lift(given: Sanction, *, by: User, message: str) -> None:
    """End a sanction early, with words to the person; raises NotAllowed, NotNow("sanction_over") or Invalid.

    A warning is taken back the same way.
    """
    user = lock(given.user)
    lock(given)
    ensure(policy.may_lift, by, given)
    message = message.strip()
    least, most = MESSAGE_CHARACTERS
    if not least <= len(message) <= most:
        raise Invalid("words_needed", field="message", least=least, most=most)
    if given.lifted_at is not None or (given.ends_at is not None and given.ends_at <= utcnow()):
        raise NotNow("sanction_over")
    given.lifted_at, given.lifted_by_id, given.lift_message = utcnow(), by.id, message
    db.session.flush()
    _keep(user)
    record(
        Kind.SANCTION_LIFTED,
        by=by,
        role=Role.MODERATOR,
        about=f"user:{user.id}",
        asked_by="moderator",
        sanction_id=given.id,
        sanction=given.kind.value,
        reason=given.reason.value,
        message=message,
    )


def _keep(user: User) -> None:
    """Write beside the account until when what holds holds, of several the longest."""
    held: dict[str, datetime | None] = {"suspended": None, **{scope.value: None for scope in Scope}}
    for one in db.session.scalars(select(Sanction).where(Sanction.user_id == user.id, Sanction.lifted_at.is_(None))):
        if one.holds:
            name = "suspended" if one.scope is None else one.scope.value
            held[name] = max(held[name] or one.given_at, one.ends_at or UNTIL_LIFTED)
    user.suspended_until = held["suspended"]
    user.letters_until, user.comments_until = held[Scope.LETTERS], held[Scope.COMMENTS]
    user.reports_until = held[Scope.REPORTS]
