"""The worker as a real process: it delivers, stops when told, and loses nothing when it is killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from forum.core import jobs
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.jobs import Claimed, Job
from forum.core.mail import Mail
from forum.notifications.worker import run_job

PATIENCE_SECONDS = 60  # the machine may be busy with other tests
ROOT = Path(__file__).resolve().parents[2]
SITE = """
import json, os, sys, time
from datetime import timedelta
from pathlib import Path
from forum.app import create_app
from forum.core import jobs
from forum.core.clock import utcnow
from forum.core.jobs import handles
from forum.notifications import ticks, worker

jobs.LEASE = timedelta(seconds=3)
worker.PULSE_SECONDS = float(os.environ.get("PULSE_SECONDS", "0.5"))

@handles("note")
def note(number, seconds=0.0):
    Path(sys.argv[1]).open("a").write(f"begin {number}\\n")
    time.sleep(seconds)
    Path(sys.argv[1]).open("a").write(f"end {number}\\n")

app = create_app()
ticks.TICKS.clear()  # also those of the rooms that were just loaded: only what a test writes is to be done
with app.app_context():
    worker.run()
"""


class Process:
    """A worker process on a database of its own."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.notes = folder / "notes"
        self.log = folder / f"log-{time.monotonic_ns()}"
        self.process = subprocess.Popen(
            [sys.executable, "-c", SITE, str(self.notes)], cwd=ROOT, env=environment, stderr=self.log.open("w")
        )

    def told(self) -> list[str]:
        return self.notes.read_text().splitlines() if self.notes.exists() else []

    def wait_for(self, line: str, seconds: float = PATIENCE_SECONDS) -> None:
        until(lambda: line in self.told(), seconds, lambda: f"{line!r}; log: {self.log.read_text()[-2000:]}")

    def ready(self) -> "Process":
        until(lambda: "ready" in self.log.read_text(), PATIENCE_SECONDS, lambda: f"start; log: {self.log.read_text()[-2000:]}")
        return self

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE_SECONDS)


def until(found, seconds, what) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found():
            return
        time.sleep(0.03)
    raise AssertionError(f"did not come about: {what()}")


@pytest.fixture(scope="module")
def database(tmp_path_factory, environment, whole_app):
    """A migrated database beside the suite's own: its URL, and the environment that names it."""
    url, folder = environment["FORUM_DATABASE_URL"], tmp_path_factory.mktemp("worker")
    given = extra = None
    if url.startswith("sqlite"):
        fresh = f"sqlite:///{folder}/worker.sqlite3"
    else:
        given = make_url(url.replace("postgresql://", "postgresql+psycopg://", 1))
        extra = given.set(database=f"{given.database}_worker")
        administer(given, f'DROP DATABASE IF EXISTS "{extra.database}" WITH (FORCE)', f'CREATE DATABASE "{extra.database}"')
        fresh = extra.render_as_string(hide_password=False).replace("postgresql+psycopg://", "postgresql://", 1)
    values = {**os.environ, **environment, "FORUM_DATA_DIR": str(folder), "FORUM_DATABASE_URL": fresh}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    subprocess.run(command, cwd=ROOT, env=values, check=True, capture_output=True)
    yield values
    if extra is not None:
        administer(given, f'DROP DATABASE IF EXISTS "{extra.database}" WITH (FORCE)')


def administer(url, *statements):
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


class Site:
    """What a test writes for the workers, and what it reads of their doings."""

    def __init__(self, folder, environment):
        self.folder, self.environment, self.started = folder, environment, []
        self.engine = create_engine(environment["FORUM_DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://", 1))

    def worker(self, **more):
        self.started.append(Process(self.folder, {**self.environment, **more}))
        return self.started[-1]

    def enqueue(self, number, **payload):
        with self.engine.begin() as connection:
            connection.execute(
                Job.__table__.insert().values(
                    kind="note", payload={"number": number, **payload}, run_at=utcnow(), attempts=0
                )
            )

    def mail(self, to="ana@surat.example"):
        with self.engine.begin() as connection:
            content = {"subject": "Halo", "text": "Halo", "html": "<p>Halo</p>", "unsubscribe": ""}
            connection.execute(Mail.__table__.insert().values(kind="k", to=to, content=content, attempts=0, uncertain=0))

    def all(self, query):
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def close(self):
        for process in self.started:
            if process.process.poll() is None:
                process.process.kill()
                process.process.wait()
        with self.engine.begin() as connection:
            for table in ("job", "mail", "heartbeat"):
                connection.execute(text(f"DELETE FROM {table}"))
        self.engine.dispose()


@pytest.fixture
def site(tmp_path, database):
    """A site of which the workers are real."""
    made = Site(tmp_path, database)
    yield made
    made.close()


@pytest.mark.processes
def test_it_works_says_that_it_lives_and_stops_when_told(site):
    site.enqueue(1)
    site.mail()
    worker = site.worker().ready()
    worker.wait_for("end 1")
    until(lambda: list((Path(site.environment["FORUM_DATA_DIR"]) / "mail").glob("*.eml")), PATIENCE_SECONDS, lambda: "the mail")
    until(lambda: site.all("SELECT done_at FROM job WHERE done_at IS NOT NULL"), PATIENCE_SECONDS, lambda: "done")
    assert "kept as files in" in worker.log.read_text()
    assert len(site.all("SELECT name FROM heartbeat")) == 1
    first = site.all("SELECT at FROM heartbeat")
    until(lambda: site.all("SELECT at FROM heartbeat") != first, PATIENCE_SECONDS, lambda: "a second sign of life")
    assert worker.end() == 0
    assert site.all("SELECT name FROM heartbeat") == []


@pytest.mark.processes
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_the_job_at_hand(site, number):
    site.enqueue(1, seconds=1.0)
    site.enqueue(2)
    worker = site.worker().ready()
    worker.wait_for("begin 1")
    assert worker.end(number) == 0
    assert worker.told() == ["begin 1", "end 1"]
    assert site.all("SELECT count(*) FROM job WHERE done_at IS NOT NULL") == [(1,)]


@pytest.mark.processes
def test_killed_in_the_middle_of_a_job_nothing_is_lost(site):
    site.enqueue(1, seconds=1.0)
    first = site.worker().ready()
    first.wait_for("begin 1")
    first.end(signal.SIGKILL)
    second = site.worker()
    second.wait_for("end 1")
    assert second.told() == ["begin 1", "begin 1", "end 1"]
    until(lambda: site.all("SELECT attempts FROM job WHERE done_at IS NOT NULL") == [(2,)], PATIENCE_SECONDS, lambda: "done")


@pytest.mark.processes
def test_a_job_longer_than_its_lease_runs_once_on_two_workers(site):
    one, two = site.worker(), site.worker()
    one.ready()
    two.ready()
    site.enqueue(1, seconds=5.0)
    one.wait_for("end 1")
    time.sleep(1)
    assert one.told() == ["begin 1", "end 1"]


@pytest.mark.processes
def test_two_workers_run_each_job_once(site):
    for number in range(40):
        site.enqueue(number)
    one, two = site.worker(), site.worker()
    one.ready()
    two.ready()
    until(lambda: site.all("SELECT count(*) FROM job WHERE done_at IS NOT NULL") == [(40,)], PATIENCE_SECONDS, lambda: "all done")
    assert sorted(one.told()) == sorted(f"{what} {number}" for number in range(40) for what in ("begin", "end"))


@pytest.mark.processes
def test_a_slow_mail_server_holds_no_job_up(site):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        site.mail()
        worker = site.worker(FORUM_SMTP_URL=f"smtp://127.0.0.1:{deaf.getsockname()[1]}").ready()
        until(lambda: site.all("SELECT state FROM mail") == [("claimed",)], PATIENCE_SECONDS, lambda: "the mail is at hand")
        site.enqueue(1)
        worker.wait_for("end 1")


@pytest.mark.processes
def test_an_idle_worker_holds_no_write_lock(site):
    if not site.environment["FORUM_DATABASE_URL"].startswith("sqlite"):
        assert site.engine.dialect.name == "postgresql"  # rows are locked there, never the whole
        return
    site.worker(PULSE_SECONDS="60").ready()
    time.sleep(1)  # its first sign of life
    path = site.environment["FORUM_DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        refused = 0
        for _ in range(200):
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            except sqlite3.OperationalError:
                refused += 1
            time.sleep(0.005)
    assert refused == 0


def test_a_job_that_fails_is_kept_with_its_reason_and_the_next_one_runs(app):
    @jobs.handles("broken")
    def broken(number):
        raise ZeroDivisionError(number)

    enqueue("broken", number=7)
    run_job(jobs.claim())
    row = db.session.query(Job).one()
    assert "ZeroDivisionError(7)" in row.error
    assert row.done_at is None
    del jobs.HANDLERS["broken"]


def test_a_job_of_an_unknown_kind_waits_for_a_newer_worker(app):
    enqueue("from the future")
    run_job(jobs.claim())
    row = db.session.query(Job).one()
    assert row.dead_at is None
    assert "KeyError" in row.error


def test_what_a_failing_job_wrote_halfway_is_undone(app):
    @unit_of_work
    def write():
        jobs.enqueue("half")
        raise LookupError

    jobs.HANDLERS["half"] = write
    enqueue("half")
    run_job(jobs.claim())
    assert json.dumps([job.kind for job in db.session.query(Job)]) == '["half"]'
    del jobs.HANDLERS["half"]


def test_a_claim_is_told_apart_from_an_earlier_one():
    assert Claimed(1, 1, "x", {}) != Claimed(1, 2, "x", {})


@unit_of_work
def enqueue(kind, **payload):
    jobs.enqueue(kind, **payload)
