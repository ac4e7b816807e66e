"""The queue of jobs as operators see it: kinds, times and the name of an error, never its words, which may hold somebody's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, select

from forum.console.lifecycle import Jobs
from forum.core import paging
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.jobs import Job
from forum.notifications.models import Heartbeat

ROWS = 30
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z_.]{0,60}(?=\()")


@dataclass(frozen=True)
class Counted:
    """How many jobs there are of each state, and since when the oldest of those due waits."""

    failed: int
    waiting: int
    running: int
    oldest: datetime | None


@dataclass(frozen=True)
class Listed:
    """A job without what it works on."""

    id: int
    kind: str
    run_at: datetime
    attempts: int
    leased_until: datetime | None
    dead_at: datetime | None
    error: str


def _is(state: Jobs, now: datetime) -> tuple[ColumnElement[bool], ...]:
    alive = Job.done_at.is_(None), Job.dead_at.is_(None)
    return {
        Jobs.FAILED: (Job.dead_at.is_not(None),),
        Jobs.WAITING: (*alive, Job.leased_until.is_(None) | (Job.leased_until < now)),
        Jobs.RUNNING: (*alive, Job.leased_until >= now),
    }[state]


def error_name(error: str | None) -> str:
    """Return the class of an error as `repr` begins with it, empty where there is none."""
    found = _NAME.match(error or "")
    return found[0] if found else ""


def counted() -> Counted:
    """Return the figures of the queue in one statement."""
    now = utcnow()
    is_running = Job.leased_until >= now
    is_due = Job.dead_at.is_(None) & Job.leased_until.is_(None) & (Job.run_at <= now)
    row = db.session.execute(
        select(
            func.count(case((Job.dead_at.is_not(None), 1))),
            func.count(case((Job.dead_at.is_(None) & is_running, 1))),
            func.count(case((Job.dead_at.is_(None), 1))),
            func.min(case((is_due, Job.run_at))),
        ).where(Job.done_at.is_(None))
    ).one()
    failed, running, alive, oldest = row
    return Counted(failed, alive - running, running, oldest)


def listed(state: Jobs, after: str | None) -> paging.Page[Listed]:
    """Return a page of jobs of this state, the newest first."""
    j = Job
    found = paging.page(
        select(j.id, j.kind, j.run_at, j.attempts, j.leased_until, j.dead_at, j.error).where(*_is(state, utcnow())),
        keys=(j.id,), kinds="i", after=after, size=ROWS, key_of=lambda row: (row.id,),
    )  # fmt: skip
    items = [
        Listed(row.id, row.kind, row.run_at, row.attempts, row.leased_until, row.dead_at, error_name(row.error))
        for row in found.items
    ]
    return paging.Page(items, found.next)


def failed_kinds() -> Sequence[tuple[str, int]]:
    """Return the kinds of jobs that failed with their number, the most first."""
    number = func.count()
    rows: Any = db.session.execute(
        select(Job.kind, number).where(Job.dead_at.is_not(None)).group_by(Job.kind).order_by(number.desc(), Job.kind)
    )
    return [(kind, count) for kind, count in rows]


def workers() -> Sequence[tuple[str, datetime]]:
    """Return the workers of the last day and when each was last seen, the newest first."""
    rows = db.session.execute(select(Heartbeat.name, Heartbeat.at).order_by(Heartbeat.at.desc()).limit(ROWS))
    return [(name, at) for name, at in rows]


def job_by_id(job_id: int) -> Job:
    """Return a job that is not done. Raises Missing."""
    found = db.session.get(Job, job_id)
    if found is None or found.done_at is not None:
        raise Missing
    return found
