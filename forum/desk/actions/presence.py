"""Signs of life of open response forms: a lease that each sign renews, so that nobody has to say goodbye."""

from datetime import timedelta

from sqlalchemy import delete

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import db, insert_once, unit_of_work
from forum.desk.lifecycle import LEASE, REMEMBERED
from forum.desk.models import Presence

KEPT = timedelta(hours=1)


@unit_of_work
def stay(case_id: int, *, by: User) -> None:
    """Note a sign of life of this person's response form of the case; after a long pause they have opened it anew."""
    now = utcnow()
    if insert_once(
        Presence, index_elements=["case_id", "user_id"], case_id=case_id, user_id=by.id, since=now, until=now + LEASE
    ):
        return
    row = db.session.get(Presence, (case_id, by.id), populate_existing=True)
    if row is None:
        return
    if row.until < now - REMEMBERED:
        row.since = now
    row.until = now + LEASE


@unit_of_work
def leave(case_id: int, *, by: User) -> None:
    """Note that this person closed the form, or sent it."""
    db.session.execute(delete(Presence).where(Presence.case_id == case_id, Presence.user_id == by.id))


@unit_of_work
def prune_presence() -> None:
    """Forget leases that ended an hour ago."""
    db.session.execute(delete(Presence).where(Presence.until < utcnow() - KEPT))
