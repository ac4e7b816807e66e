"""Work for later: rows written in the transaction that causes them, claimed with a lease, safe to run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, String, Text, delete, select, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import utcnow
from forum.core.db import Base, Json, UTCDateTime, db, identity, unit_of_work

LEASE = timedelta(seconds=120)
BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))
MOST_ATTEMPTS = len(BACKOFF) + 1
KEPT_WHEN_DONE = timedelta(days=7)

_OPEN = text("done_at IS NULL AND dead_at IS NULL")


class Job(Base):
    """One piece of work; `dedupe` is unique while the job is open."""

    __tablename__ = "job"

    id: Mapped[int] = identity()
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    dedupe: Mapped[str | None] = mapped_column(String(120))
    run_at: Mapped[datetime] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    dead_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index("ix_job_ready", "run_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("uq_job_dedupe", "dedupe", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )


Handler = Callable[..., None]
HANDLERS: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that runs jobs of this kind; it is called with the payload as keywords."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


def enqueue(kind: str, *, run_at: datetime | None = None, dedupe: str | None = None, **payload: Any) -> None:
    """Write a job in the present transaction; with `dedupe`, not when an open one has the same key."""
    if dedupe is not None and db.session.scalar(
        select(Job.id).where(Job.dedupe == dedupe, Job.done_at.is_(None), Job.dead_at.is_(None))
    ):
        return
    db.session.add(Job(kind=kind, payload=payload, dedupe=dedupe, run_at=run_at or utcnow()))


def waiting() -> bool:
    """Whether a job is due; a cheap look without a write lock."""
    now = utcnow()
    found = db.session.scalar(select(Job.id).where(*_due(now)).limit(1))
    db.session.rollback()
    return found is not None


def _due(now: datetime) -> tuple[Any, ...]:
    return (
        Job.done_at.is_(None),
        Job.dead_at.is_(None),
        Job.run_at <= now,
        (Job.leased_until.is_(None)) | (Job.leased_until < now),
    )


@unit_of_work
def claim() -> tuple[int, int, str, dict[str, Any]] | None:
    """Take the next due job for LEASE; returns (id, attempt, kind, payload) or None."""
    now = utcnow()
    job = db.session.scalar(
        select(Job).where(*_due(now)).order_by(Job.run_at, Job.id).limit(1).with_for_update(skip_locked=True)
    )
    if job is None:
        return None
    job.attempts += 1
    job.leased_until = now + LEASE
    if job.attempts > MOST_ATTEMPTS:
        job.dead_at = now
        job.error = job.error or "the worker died each time"
        return None
    return job.id, job.attempts, job.kind, dict(job.payload)


@unit_of_work
def finish(job_id: int, attempt: int) -> None:
    """Mark a job done, unless its lease ended and another worker took it."""
    job = db.session.get(Job, job_id, with_for_update=True)
    if job is not None and job.attempts == attempt:
        job.done_at, job.leased_until = utcnow(), None


@unit_of_work
def fail(job_id: int, attempt: int, error: str) -> None:
    """Put a job back for later, or bury it after MOST_ATTEMPTS; `error` is kept for the operator."""
    job = db.session.get(Job, job_id, with_for_update=True)
    if job is None or job.attempts != attempt:
        return
    job.leased_until, job.error = None, error[:2000]
    if attempt >= MOST_ATTEMPTS:
        job.dead_at = utcnow()
    else:
        job.run_at = utcnow() + BACKOFF[attempt - 1]


@unit_of_work
def prune() -> None:
    """Forget jobs that were done a week ago."""
    db.session.execute(delete(Job).where(Job.done_at < utcnow() - KEPT_WHEN_DONE))
