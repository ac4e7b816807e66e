"""Jobs that failed are tried again or dropped."""

from sqlalchemy import update

from forum.accounts.models import User
from forum.console import policy
from forum.console.actions.noting import note, reason
from forum.console.lifecycle import What
from forum.console.queries.jobs import error_name
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import NotNow
from forum.core.jobs import Job

_ANEW = {"dead_at": None, "leased_until": None, "attempts": 0, "error": None, "dedupe": None}
"""As if it were new; without its key, for another one of the same work may be waiting by now: jobs are safe to run twice."""


@unit_of_work
def retry_job(job: Job, *, by: User) -> None:
    """Try a job anew that was given up. Raises NotAllowed or NotNow."""
    ensure(policy.may_operate, by, None)
    lock(job)
    if job.dead_at is None:
        raise NotNow("job_not_failed")
    before = {"state": "failed", "error": error_name(job.error), "attempts": job.attempts}
    for name, value in _ANEW.items():
        setattr(job, name, value)
    job.run_at = utcnow()
    note(What.JOB, f"{job.kind} {job.id}", before, {"state": "waiting", "error": "", "attempts": 0}, by=by)


@unit_of_work
def retry_kind(kind: str, *, by: User) -> int:
    """Try all jobs of a kind anew that were given up; returns how many. Raises NotAllowed or NotNow."""
    ensure(policy.may_operate, by, None)
    done = db.session.execute(
        update(Job).where(Job.kind == kind, Job.dead_at.is_not(None)).values(**_ANEW, run_at=utcnow())
    )
    count = int(done.rowcount)  # type: ignore[attr-defined]
    if not count:
        raise NotNow("job_not_failed")
    note(What.JOB, kind, {"failed": count}, {"failed": 0}, by=by)
    return count


@unit_of_work
def drop_job(job: Job, *, by: User, why: str) -> None:
    """Forget a job that waits or failed. Raises NotAllowed, Invalid or NotNow while it runs or when it is done."""
    ensure(policy.may_operate, by, None)
    lock(job)
    why = reason(why)
    if job.done_at is not None or (
        job.leased_until is not None and job.leased_until >= utcnow() and job.dead_at is None
    ):
        raise NotNow("job_runs")
    state = "failed" if job.dead_at is not None else "waiting"
    note(What.JOB, f"{job.kind} {job.id}", {"state": state, "attempts": job.attempts}, None, by=by, why=why)
    db.session.delete(job)
