"""The worker: runs jobs, hands over mail, winds the clocks, and says every ten seconds that it lives.

Threads: jobs and clocks (the main one), mail (so that a slow server holds nothing else up), one for each lane of
`core.jobs`, and the pulse, which also renews the lease of a long job. Each piece of work has a context and a session of its own. Killed at any moment,
nothing is lost: leases end, and another worker goes on.
"""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from typing import Any

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from forum.config import settings
from forum.core import jobs, mail, steering
from forum.core.clock import utcnow
from forum.core.db import db, insert_once, unit_of_work
from forum.notifications import ticks
from forum.notifications.models import Heartbeat

IDLE_SECONDS = 0.5
PULSE_SECONDS = 10.0
TICK_SECONDS = 15.0
READ_ONLY_SECONDS = 2.0  # until it looks again
TROUBLE_SECONDS = 2.0  # after the database refused
LONGEST_MAIL_PAUSE_SECONDS = 60.0  # while the mail server is away
LONGEST_JOB = timedelta(minutes=15)  # after it, the lease of a job that hangs is not renewed

log = logging.getLogger(__name__)


def run() -> None:
    """Work until SIGTERM or SIGINT; finishes the piece of work at hand, then returns."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s worker %(levelname)s %(message)s")
    Worker(current_app._get_current_object()).run()  # type: ignore[attr-defined]  # noqa: SLF001 - the threads need it


class Worker:
    """One worker process."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.stop = threading.Event()
        self.job: tuple[jobs.Claimed, float] | None = None
        self.next_ticks = 0.0
        self.pause = IDLE_SECONDS

    def run(self) -> None:
        """Start the threads, work, and end them; call it from the main thread, which hears the signals."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._heard)
        config = settings()
        where = "sent by the SMTP server" if config.smtp_url else f"kept as files in {config.data_dir / 'mail'}"
        log.info("ready; mails are %s", where)
        self._guarded(self.beat)
        threads = [
            threading.Thread(target=self._loop, args=(self._while_writing(step), IDLE_SECONDS), name=name)
            for name, step in {"mail": self.deliver, **jobs.LANES}.items()
        ]
        pulse = threading.Thread(target=self._loop, args=(self.pulse, PULSE_SECONDS), name="pulse", daemon=True)
        for thread in (*threads, pulse):
            thread.start()
        self._loop(self._while_writing(self.work), IDLE_SECONDS)
        for thread in threads:
            thread.join()
        self._guarded(self.leave)
        log.info("stopped")

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        self.stop.set()

    def _loop(self, step: Callable[[], float | None], idle: float) -> None:
        """Repeat a step; it returns the seconds to rest, or None for the usual rest."""
        while not self.stop.is_set():
            rest = self._guarded(step)
            self.stop.wait(idle if rest is None else rest)

    def _while_writing(self, step: Callable[[], float | None]) -> Callable[[], float | None]:
        """The step, which rests while the site can only be read."""
        return lambda: READ_ONLY_SECONDS if steering.value(steering.READ_ONLY) else step()

    def _guarded(self, step: Callable[[], Any]) -> Any:
        """One step in a fresh context; a database that refuses is waited for."""
        try:
            with self.app.app_context():
                return step()
        except SQLAlchemyError as problem:
            log.warning("the database refused: %s", type(problem).__name__, exc_info=problem)
            return TROUBLE_SECONDS

    def work(self) -> float | None:
        """Hand out what the clock demands, then run one job; returns 0 when there may be more."""
        if time.monotonic() >= self.next_ticks:
            ticks.hand_out()
            self.next_ticks = time.monotonic() + TICK_SECONDS
        if not jobs.waiting():
            return None
        job = jobs.claim()
        if job is None:
            return None
        self.job = job, time.monotonic()
        try:
            run_job(job)
        finally:
            self.job = None
        return 0

    def deliver(self) -> float | None:
        """Hand over one mail; while the server is away the pause grows with each try."""
        if not mail.waiting():
            return None
        done = mail.deliver_next()
        if done is mail.Delivery.LATER:
            self.pause = min(self.pause * 2, LONGEST_MAIL_PAUSE_SECONDS)
            return self.pause
        self.pause = IDLE_SECONDS
        return 0

    def pulse(self) -> float | None:
        """Say that this worker lives, and hold on to the job at hand."""
        self.beat()
        if self.job is not None:
            job, since = self.job
            if time.monotonic() - since < LONGEST_JOB.total_seconds():
                jobs.renew(job)
        return None

    @unit_of_work
    def beat(self) -> None:
        """Write the time of the last sign of life."""
        now = utcnow()
        if not insert_once(Heartbeat, index_elements=["name"], name=self.name, at=now):
            db.session.get_one(Heartbeat, self.name).at = now

    @unit_of_work
    def leave(self) -> None:
        """Take the sign of life away: this worker ended well."""
        row = db.session.get(Heartbeat, self.name)
        if row is not None:
            db.session.delete(row)


def run_job(job: jobs.Claimed) -> None:
    """Run one claimed job and note how it ended; whatever goes wrong in it puts it back for later."""
    try:
        jobs.HANDLERS[job.kind](**job.payload)
    except Exception as problem:
        db.session.rollback()
        log.warning("job %s (%s), try %s failed", job.id, job.kind, job.attempt, exc_info=problem)
        jobs.fail(job, repr(problem))
    else:
        jobs.finish(job)
