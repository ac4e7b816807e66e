"""Recurring work: handed out by the clock as jobs, to one worker of several."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from flask import current_app
from sqlalchemy import select, update

from forum.attachments.actions import sweeping
from forum.contests import jobs as contest_clocks
from forum.core import jobs
from forum.core.clock import utcnow
from forum.core.db import db, insert_once, unit_of_work
from forum.desk.actions.due import put_all_due
from forum.legal import jobs as legal_clocks
from forum.merchants.actions import recheck
from forum.moderation.jobs import look_again, look_for_bursts
from forum.notifications import alarms, digest, overdue, promises, reminders
from forum.notifications.models import Heartbeat, Tick
from forum.orders import jobs as order_clocks
from forum.privacy import retention
from forum.privacy.jobs import alarm_requests
from forum.responses.actions import lapse_outcome, lapse_question
from forum.responses.queries import lapsing_outcomes, lapsing_questions
from forum.statistics.actions import mark_old

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HEARTBEAT_KEPT = timedelta(days=1)


def lapse() -> None:
    """End questions and outcomes whose days are over."""
    for question_id in lapsing_questions():
        lapse_question(question_id)
    for case_id in lapsing_outcomes():
        lapse_outcome(case_id)


def desk_days() -> None:
    """Write anew by which day each open case is to be answered: settings and holidays may have changed."""
    put_all_due()


def remind() -> None:
    """Tell what the clock says: businesses of letters that wait, authors of what is late or about to lapse."""
    for tell in (reminders.remind_businesses, overdue.tell_authors, overdue.remind_of_questions):
        tell()


def retain() -> None:
    """Forget what was kept for long enough, by the table of `privacy.retention`; documents of claims at once from the storage as well."""
    if retention.run_all(current_app.extensions["storage"])["documents"]:
        sweep()


@unit_of_work
def _prune_heartbeats() -> None:
    for row in db.session.scalars(select(Heartbeat).where(Heartbeat.at < utcnow() - HEARTBEAT_KEPT)).all():
        db.session.delete(row)


retention.rule(
    "heartbeats",
    retention.Basis.SERVICE,
    lambda _storage: _prune_heartbeats(),
    "heartbeat",
    {"names of workers that are gone": HEARTBEAT_KEPT},
)


def refresh_figures() -> None:
    """Have those figures counted anew that changed with the day: a limit that passed, a promise that fell due, a month."""
    mark_old()


def recheck_proofs() -> None:
    """Look up anew what is due of the proofs that stand in the DNS."""
    recheck()


def sweep() -> None:
    """Remove stored files that no attachment names and that are older than a day."""
    for _part in sweeping.sweep(current_app.extensions["storage"]):
        pass


TICKS: dict[str, tuple[timedelta, Callable[[], None]]] = {
    "queue_alarm": (MINUTE, alarms.alarm_queue),
    "reminders": (15 * MINUTE, remind),
    "outcomes": (HOUR, reminders.ask_outcomes),
    "promises": (HOUR, promises.recall_promises),
    "lapses": (15 * MINUTE, lapse),
    "contests": (15 * MINUTE, contest_clocks.wind),
    "legal": (15 * MINUTE, legal_clocks.wind),
    "orders": (MINUTE, order_clocks.wind),
    "desk_days": (HOUR, desk_days),
    "desk_digest": (15 * MINUTE, digest.send_digests),
    "retention": (HOUR, retain),
    "data_requests": (15 * MINUTE, alarm_requests),
    "figures": (HOUR, refresh_figures),
    "sweep": (DAY, sweep),
    "rechecks": (HOUR, recheck_proofs),
    "ties": (DAY, look_again),
    "bursts": (HOUR, look_for_bursts),
}


def tick(name: str, every: timedelta, work: Callable[[], None]) -> None:
    """Let the clock hand out this work in every period; rooms above this one add theirs."""
    TICKS[name] = every, work
    jobs.handles(f"tick_{name}")(partial(work))


for _name, (_every, _work) in list(TICKS.items()):
    tick(_name, _every, _work)


def hand_out() -> int:
    """Write a job for all recurring work that is due; returns how many. A cheap look when nothing is."""
    now = utcnow()
    last = {row.name: row.at for row in db.session.execute(select(Tick.name, Tick.at))}
    db.session.rollback()
    due = {name: slot for name in TICKS if last.get(name, EPOCH) < (slot := _slot(name, now))}
    return sum(_claim(name, slot) for name, slot in due.items())


def _slot(name: str, now: datetime) -> datetime:
    """Return the beginning of the present period of a piece of work."""
    every = TICKS[name][0]
    return EPOCH + (now - EPOCH) // every * every


@unit_of_work
def _claim(name: str, slot: datetime) -> bool:
    won = insert_once(Tick, index_elements=["name"], name=name, at=slot)
    if not won:
        moved = db.session.execute(update(Tick).where(Tick.name == name, Tick.at < slot).values(at=slot))
        won = bool(moved.rowcount)  # type: ignore[attr-defined]
    if won:
        jobs.enqueue(f"tick_{name}", dedupe=f"tick_{name}")
    return won
