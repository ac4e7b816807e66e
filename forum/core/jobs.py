"""Work for later: rows written in the transaction that causes them, claimed with a lease, safe to run twice."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Index, String, Text, delete, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import utcnow
from forum.core.db import Base, Json, UTCDateTime, db, identity, insert_once, unit_of_work

LEASE = timedelta(seconds=60)  # renewed while the job runs
BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))
MOST_ATTEMPTS = len(BACKOFF) + 1
KEPT_WHEN_DONE = timedelta(days=7)
LONGEST_ERROR_CHARACTERS = 2_000

log = logging.getLogger(__name__)
_OPEN = text("done_at IS NULL AND dead_at IS NULL")
_DEAD = text("dead_at IS NOT NULL")


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
        Index("ix_job_dead", "id", sqlite_where=_DEAD, postgresql_where=_DEAD),
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


Step = Callable[[], float | None]
LANES: dict[str, Step] = {}


def lane(name: str) -> Callable[[Step], Step]:
    """Register work with a thread of its own in each worker, so that it holds nothing else up.

    The step does one piece and returns the seconds to rest, None for the usual rest.
    """

    def register(step: Step) -> Step:
        LANES[name] = step
        return step

    return register


def enqueue(kind: str, *, run_at: datetime | None = None, dedupe: str | None = None, **payload: Any) -> None:
    """Write a job in the present transaction; with `dedupe`, not when an open one (waiting or running) has the same key."""
    insert_once(
        Job,
        index_elements=["dedupe"],
        index_where=_OPEN,
        kind=kind,
        payload=payload,
        dedupe=dedupe,
        run_at=run_at or utcnow(),
        attempts=0,
    )


def waiting() -> bool:
    """Whether a job is due; a cheap look without a write lock."""
    found = db.session.scalar(select(Job.id).where(*_due(utcnow())).limit(1))
    db.session.rollback()
    return found is not None


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Job.done_at.is_(None),
        Job.dead_at.is_(None),
        Job.run_at <= now,
        Job.leased_until.is_(None) | (Job.leased_until < now),
    )


@dataclass(frozen=True)
class Claimed:
    """A job in the hands of one worker; `attempt` tells it from an earlier claim whose lease ended."""

    id: int
    attempt: int
    kind: str
    payload: dict[str, Any]


@unit_of_work
def claim() -> Claimed | None:
    """Take the next due job for LEASE, or None; a job that killed its worker MOST_ATTEMPTS times is buried on the way."""
    now = utcnow()
    while True:
        job = db.session.scalar(
            select(Job)
            .where(*_due(now))
            .order_by(Job.run_at, Job.id)
            .limit(1)
            .with_for_update(key_share=True, skip_locked=True)
            .execution_options(populate_existing=True)
        )
        if job is None:
            return None
        if job.attempts < MOST_ATTEMPTS:
            job.attempts += 1
            job.leased_until = now + LEASE
            return Claimed(job.id, job.attempts, job.kind, dict(job.payload))
        job.dead_at, job.leased_until = now, None
        job.error = job.error or "the worker died each time"
        log.error("job %s (%s) is given up: %s", job.id, job.kind, job.error)
        db.session.flush()


def _held(job: Claimed) -> tuple[ColumnElement[bool], ...]:
    return Job.id == job.id, Job.attempts == job.attempt, Job.done_at.is_(None), Job.dead_at.is_(None)


@unit_of_work
def renew(job: Claimed) -> None:
    """Hold the lease of a running job for LEASE more, unless it ended and another worker took the job."""
    db.session.execute(update(Job).where(*_held(job)).values(leased_until=utcnow() + LEASE))


@unit_of_work
def finish(job: Claimed) -> None:
    """Mark a job done, unless its lease ended and another worker took it."""
    db.session.execute(update(Job).where(*_held(job)).values(done_at=utcnow(), leased_until=None, error=None))


@unit_of_work
def fail(job: Claimed, error: str) -> None:
    """Put a job back for later, or bury it after MOST_ATTEMPTS; `error` is kept for the operator."""
    now = utcnow()
    values: dict[str, Any] = {"leased_until": None, "error": error.replace("\x00", "")[:LONGEST_ERROR_CHARACTERS]}
    if job.attempt >= MOST_ATTEMPTS:
        values["dead_at"] = now
        log.error("job %s (%s) is given up: %s", job.id, job.kind, error)
    else:
        values["run_at"] = now + BACKOFF[job.attempt - 1]
    db.session.execute(update(Job).where(*_held(job)).values(values))


@unit_of_work
def prune() -> None:
    """Forget jobs that were done a week ago; those given up stay for the operator."""
    db.session.execute(delete(Job).where(Job.done_at < utcnow() - KEPT_WHEN_DONE))
