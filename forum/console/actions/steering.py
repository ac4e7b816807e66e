"""Limits, the sum that is asked for and read-only mode are set while the site runs."""

from typing import Any

from sqlalchemy import select

from forum.accounts.models import User
from forum.console import policy
from forum.console.actions.noting import note, reason
from forum.console.lifecycle import What
from forum.console.queries.steered import limit_named
from forum.core import steering
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, insert_once, lock, unit_of_work
from forum.core.errors import Invalid, NotNow, Stale
from forum.core.steering import Steering

MODES = ("off", "auto", "on")


@unit_of_work
def set_limit(name: str, number: int | None, *, by: User, why: str, seen: int) -> None:
    """Let so many be the most of a limit, None for the usual number. Raises NotAllowed, Missing, Invalid, NotNow or Stale."""
    ensure(policy.may_operate, by, None)
    limit = limit_named(name)
    least, most = limit.bounds
    if number is not None and not least <= number <= most:
        raise Invalid("limit_bounds", field="number", least=least, most=most)
    why = reason(why)
    set_to = None if number == limit.usual else number
    before = _put(steering.LIMIT + name, set_to, by=by, seen=seen)
    was = limit.usual if before is None else before
    note(What.LIMIT, name, {"number": was}, {"number": limit.usual if set_to is None else set_to}, by=by, why=why)


@unit_of_work
def set_proof_of_work(mode: str | None, *, by: User, why: str, seen: int) -> None:
    """Ask for the sum always, never or by what comes in; None as the setting says. Raises NotAllowed, Invalid, NotNow or Stale."""
    ensure(policy.may_operate, by, None)
    if mode is not None and mode not in MODES:
        raise Invalid(field="mode")
    why = reason(why)
    before = _put(steering.PROOF_OF_WORK, mode, by=by, seen=seen)
    note(What.PROOF_OF_WORK, "", {"mode": before}, {"mode": mode}, by=by, why=why)


@unit_of_work
def set_read_only(why: str | None, *, by: User | None) -> None:
    """Let the site only be read for this reason, shown to everybody; None lets people write again. `by` None: the command.

    Raises NotAllowed, Invalid or NotNow when it is so already.
    """
    if by is not None:
        ensure(policy.may_operate, by, None)
    value = None if why is None else {"why": reason(why), "since": utcnow().isoformat()}
    before = _put(steering.READ_ONLY, value, by=by, only_if=lambda now: (now is None) != (value is None))
    note(
        What.READ_ONLY,
        "",
        {"on": before is not None},
        {"on": value is not None},
        by=by,
        why=(value or before or {})["why"],
    )


@unit_of_work
def note_backup() -> None:
    """Remember that a copy of the whole site was made now, for the page of the site's health."""
    _put(steering.BACKUP, utcnow().isoformat(), by=None)


def _put(name: str, value: Any, *, by: User | None, seen: int | None = None, only_if: Any = None) -> Any:
    """Hold the row, made if it is not there, and change it; returns what was. Another administrator may do the same at once."""
    insert_once(Steering, index_elements=["name"], name=name, value=None, version=0, at=utcnow(), by_id=None)
    row = lock(db.session.scalars(select(Steering).where(Steering.name == name)).one())
    if seen is not None and row.version != seen:
        raise Stale(now=row.version)
    before = row.value
    if before == value or (only_if is not None and not only_if(before)):
        raise NotNow("set_already")
    row.value, row.by_id, row.at = value, None if by is None else by.id, utcnow()
    row.version += 1
    return before
