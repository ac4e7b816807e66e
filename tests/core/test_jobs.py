"""Jobs: written with their cause, run at least once, by one worker at a time."""

import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from forum.core import jobs
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.jobs import Job


@unit_of_work
def enqueue(kind="knock", **more):
    jobs.enqueue(kind, **more)


def row() -> Job:
    found = db.session.scalars(select(Job).execution_options(populate_existing=True)).one()
    db.session.rollback()
    return found


@unit_of_work
def end_leases() -> None:
    db.session.execute(update(Job).values(leased_until=utcnow() - timedelta(seconds=1)))


def test_a_job_is_taken_once_and_done(app):
    enqueue(letter_id=7)
    assert jobs.waiting()
    job = jobs.claim()
    assert (job.kind, job.payload, job.attempt) == ("knock", {"letter_id": 7}, 1)
    assert jobs.claim() is None
    assert not jobs.waiting()
    jobs.finish(job)
    assert row().done_at is not None
    end_leases()
    assert jobs.claim() is None


def test_a_rolled_back_cause_leaves_no_job(app):
    @unit_of_work
    def fails():
        jobs.enqueue("knock")
        raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert not jobs.waiting()


def test_a_job_waits_for_its_time_and_the_oldest_goes_first(app):
    enqueue("later", run_at=utcnow() + timedelta(minutes=5))
    enqueue("second", run_at=utcnow() - timedelta(minutes=1))
    enqueue("first", run_at=utcnow() - timedelta(minutes=2))
    assert [jobs.claim().kind, jobs.claim().kind, jobs.claim()] == ["first", "second", None]
    with time_machine.travel(utcnow() + timedelta(minutes=6), tick=False):
        assert {jobs.claim().kind for _ in range(3)} == {"first", "second", "later"}  # the leases ended too


def test_one_open_job_a_key(app):
    enqueue(dedupe="a")
    enqueue(dedupe="a")
    enqueue(dedupe="b")
    first = jobs.claim()
    enqueue(dedupe="a")
    assert jobs.claim().payload == {}
    assert jobs.claim() is None
    jobs.finish(first)
    enqueue(dedupe="a")
    assert jobs.claim() is not None


def test_a_double_key_does_not_break_the_transaction_around_it(app):
    @unit_of_work
    def twice():
        jobs.enqueue("one", dedupe="a")
        jobs.enqueue("two", dedupe="a")
        jobs.enqueue("three")

    twice()
    assert [jobs.claim().kind, jobs.claim().kind, jobs.claim()] == ["one", "three", None]


def test_a_dead_worker_s_job_is_taken_again_and_its_late_answer_counts_nothing(app):
    enqueue()
    dead = jobs.claim()
    end_leases()
    alive = jobs.claim()
    assert (alive.id, alive.attempt) == (dead.id, 2)
    jobs.finish(dead)
    jobs.fail(dead, "late")
    assert row().done_at is None
    assert row().error is None
    jobs.finish(alive)
    assert row().done_at is not None


def test_a_long_job_keeps_its_lease(app):
    enqueue()
    job = jobs.claim()
    with time_machine.travel(utcnow() + jobs.LEASE - timedelta(seconds=5), tick=False):
        jobs.renew(job)
    with time_machine.travel(utcnow() + jobs.LEASE + timedelta(seconds=5), tick=False):
        assert jobs.claim() is None


def test_renewing_takes_nothing_from_the_next_worker(app):
    enqueue()
    slow = jobs.claim()
    end_leases()
    taken = jobs.claim()
    before = row().leased_until
    jobs.renew(slow)
    assert row().leased_until == before
    jobs.finish(taken)
    jobs.renew(taken)
    assert row().leased_until is None


def test_a_failing_job_comes_back_later_each_time_and_is_given_up(app):
    enqueue()
    now, waits = utcnow(), []
    for _ in range(jobs.MOST_ATTEMPTS):
        with time_machine.travel(now, tick=False):
            job = jobs.claim()
            jobs.fail(job, "boom\x00" + "x" * 5_000)
            waits.append(row().run_at - now)
            now = row().run_at + timedelta(seconds=1)
    assert tuple(waits[:-1]) == jobs.BACKOFF
    assert row().dead_at is not None
    assert len(row().error) == jobs.LONGEST_ERROR_CHARACTERS
    assert "\x00" not in row().error
    with time_machine.travel(now + timedelta(days=30), tick=False):
        assert jobs.claim() is None
        jobs.prune()
    assert row().error.startswith("boom")


def test_a_job_that_kills_its_worker_is_given_up_and_the_next_one_runs(app):
    enqueue("deadly", run_at=utcnow() - timedelta(hours=1))
    for _ in range(jobs.MOST_ATTEMPTS):
        assert jobs.claim().kind == "deadly"
        end_leases()
    enqueue("harmless")
    assert jobs.claim().kind == "harmless"


def test_done_jobs_are_forgotten_after_a_week(app):
    enqueue()
    jobs.finish(jobs.claim())
    with time_machine.travel(utcnow() + timedelta(days=6), tick=False):
        jobs.prune()
    assert row()
    with time_machine.travel(utcnow() + timedelta(days=8), tick=False):
        jobs.prune()
    assert db.session.scalar(select(Job.id)) is None


def test_several_workers_run_each_job_once(committing_app):
    for number in range(60):
        enqueue(number=number)
    done, errors, lock = [], [], threading.Lock()

    def worker():
        try:
            while True:
                with committing_app.app_context():
                    job = jobs.claim()
                    if job is None:
                        return
                    with lock:
                        done.append(job.payload["number"])
                    jobs.finish(job)
        except BaseException as problem:
            errors.append(problem)
            raise

    threads = [threading.Thread(target=worker) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert sorted(done) == list(range(60))


def test_two_at_once_with_one_key_write_one_job(committing_app):
    ready, errors = threading.Barrier(4), []

    @unit_of_work
    def write(number):
        jobs.enqueue("knock", dedupe="same", number=number)

    def cause(number):
        try:
            with committing_app.app_context():
                ready.wait()
                write(number)
        except BaseException as problem:
            errors.append(problem)
            raise

    threads = [threading.Thread(target=cause, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(db.session.scalars(select(Job)).all()) == 1
