"""Figures of the whole site, of a business and of a category: counted by the worker, kept in a row, read with one look-up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from time import monotonic
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, select

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.letters import categories
from forum.letters.models import Case, Letter
from forum.responses.models import Response
from forum.statistics import facts, tally, workdays
from forum.statistics.counted import Counted, shown
from forum.statistics.measures import Day
from forum.statistics.models import WHOLE_SITE, CaseFact, Figures, business, filed_under

MOST_COUNTED_NOW = 1_000
"""Letters over which figures that nobody kept are counted while a reader waits; beyond it the page says that they are on the way."""
REST = 20
_table: Any = Figures.__table__
_KEPT: Any = select(_table.c.data, _table.c.day, _table.c.waits, _table.c.counted_at).where(
    _table.c.subject == bindparam("subject")
)
_TIMELY = ("waiting", "promises_pending", "promises_due")
"""What the next day can change by itself."""


@dataclass(frozen=True)
class Difference:
    """A figure that was kept otherwise than it is counted."""

    subject: str
    kept: Any
    counted: Any


def of(subject: str) -> Counted:
    """Return the figures of a subject: what the worker counted last, else counted now."""
    kept = db.session.execute(_KEPT, {"subject": subject}).one_or_none()
    if kept is not None:
        return shown(subject, kept.data, kept.day, kept.counted_at)
    day = Day.today()
    data = slowly(subject, day, most=MOST_COUNTED_NOW)
    return shown(subject, data, day.date, on_the_way=data["letters_seen"] >= MOST_COUNTED_NOW)


def count(subject: str) -> None:
    """Count anew from the kept facts and keep; the counting reads, only the keeping writes."""
    began, day, start = utcnow(), Day.today(), monotonic()
    data = counted(subject, day)
    _keep(subject, data, day, began, took=round((monotonic() - start) * 1_000))


def rested_until(subject: str) -> datetime:
    """Return when a subject may be counted again: counting it takes one in REST of the worker's time at most."""
    found = db.session.execute(
        select(_table.c.counted_at, _table.c.took).where(_table.c.subject == subject)
    ).one_or_none()
    return utcnow() if found is None else found.counted_at + timedelta(milliseconds=found.took * REST)


def counted(subject: str, day: Day) -> dict[str, Any]:
    """Return the figures of a subject as of this day, as plain JSON, counted by the database over the kept facts."""
    groups = tally.groups(subject, day)
    return _whole(subject, groups, day)


def slowly(subject: str, day: Day, *, most: int | None = None) -> dict[str, Any]:
    """Return the same without any kept fact, case by case from the letters themselves: the reference, and the first look."""
    kind, _, value = subject.partition(":")
    tally.of_subject(subject)  # refuses what is none
    mine: ColumnElement[bool] = Case.started_at.is_not(None)
    if kind == "merchant":
        mine &= Case.merchant_id == int(value)
    elif kind == "category":
        mine &= Letter.category == value
    known: list[facts.Fact] = []
    seen = 0
    for letter_ids in facts.letters_of(mine, most=most):
        seen += len(letter_ids)
        known += [one for one in facts.derive(letter_ids) if kind != "merchant" or one.merchant_id == int(value)]
    responses: list[Any] = []
    ids = [one.case_id for one in known]
    for start in range(0, len(ids), facts.BATCH):
        responses += db.session.execute(
            select(
                Response.case_id, Response.promise_due, Response.promise_verdict, Response.copies, Response.counts
            ).where(Response.case_id.in_(ids[start : start + facts.BATCH]), Response.hidden_at.is_(None))
        ).all()
    return {**_whole(subject, tally.groups_of(known, responses, day), day), "letters_seen": seen}


def _whole(subject: str, groups: tally.Groups, day: Day) -> dict[str, Any]:
    data = tally.summed(groups, day)
    if subject == WHOLE_SITE:
        data["ground"] = _ground()
        data["waiting_letters"] = groups.waiting_letters
        data["categories"], data["silent"] = tally.by_category(), tally.silent()
    if subject.startswith("category:"):
        data["compared"] = tally.compared(subject.partition(":")[2], day)
    return data


@unit_of_work
def _keep(subject: str, data: dict[str, Any], day: Day, began: datetime, *, took: int = 0) -> None:
    """Keep what was counted, unless another worker began later and was quicker."""
    kept = db.session.get(Figures, subject, with_for_update={"key_share": True}, populate_existing=True)
    if kept is None:
        kept = Figures(subject=subject, counted_at=began)
        db.session.add(kept)
    elif kept.counted_at > began:
        return
    kept.data, kept.day, kept.counted_at, kept.took = data, day.date, began, took
    kept.waits = any(data["all"][name] for name in _TIMELY)


def _ground() -> str:
    """What facts depend on beside the letters: another one makes all of them wrong."""
    config = settings()
    rules = (config.answer_days, config.category_days, config.extra_holidays, config.time_zone.key)
    return sha256(repr(rules).encode()).hexdigest()[:12]


def same_ground() -> bool:
    """Whether the figures of the site were counted by the limits, holidays and time zone of now; True where nothing is to count."""
    kept = db.session.execute(_KEPT, {"subject": WHOLE_SITE}).one_or_none()
    if kept is None:
        return db.session.scalar(select(Case.id).where(Case.started_at.is_not(None)).limit(1)) is None
    return bool(kept.data.get("ground") == _ground())


def subjects() -> list[str]:
    """Return everything that has figures: the site, every category, every business that has a case."""
    known = db.session.scalars(select(Case.merchant_id).distinct().order_by(Case.merchant_id))
    return [WHOLE_SITE, *(filed_under(key) for key in categories.all_keys()), *(business(merchant_id) for merchant_id in known)]


def count_all() -> None:
    """Derive all facts and count every subject: after rows were written past the actions."""
    derive_all()
    for subject in subjects():
        count(subject)


def derive_all(merchant_id: int | None = None) -> list[Difference]:
    """Derive the facts of every case (of a business) anew and keep them; returns those that were kept otherwise."""
    mine = Case.merchant_id == merchant_id if merchant_id is not None else Case.id > 0
    found: list[Difference] = []
    for letter_ids in facts.letters_of(mine):
        found += _derive(letter_ids)
    return found


@unit_of_work
def _derive(letter_ids: list[int]) -> list[Difference]:
    before = {one.case_id: one for one in facts.kept(CaseFact.letter_id.in_(letter_ids))}
    now = facts.derive(letter_ids)
    still = {one.case_id for one in now}
    facts.keep(letter_ids, now)
    found = [
        Difference(f"case:{one.case_id}", before.get(one.case_id), one) for one in now if before.get(one.case_id) != one
    ]
    return found + [Difference(f"case:{case_id}", one, None) for case_id, one in before.items() if case_id not in still]


def recount() -> list[Difference]:
    """Derive all facts and count every subject anew; returns what was kept otherwise and is right now.

    Figures that were not kept yet, and those of an earlier day that time alone has changed, are no difference.
    """
    day, found = Day.today(), derive_all()
    known = subjects()
    for subject in known:
        kept = db.session.execute(_KEPT, {"subject": subject}).one_or_none()
        count(subject)
        if kept is None or not (kept.day == day.date or _stands(kept, day)):
            continue
        right = db.session.execute(_KEPT, {"subject": subject}).one()
        found += [Difference(f"{subject} {name}", *two) for name, *two in differing(kept.data, right.data)]
    _forget(known)
    return found


def _stands(kept: Any, day: Day) -> bool:
    """Whether figures of an earlier day are those of this day, when nothing happened."""
    return not kept.waits and workdays.month(kept.day) == workdays.month(day.date)


@unit_of_work
def _forget(known: list[str]) -> None:
    """Drop the figures of what is no subject any more."""
    for subject in set(db.session.scalars(select(Figures.subject))) - set(known):
        db.session.execute(delete(Figures).where(Figures.subject == subject))


def old() -> list[str]:
    """Return the subjects whose figures were counted on an earlier day and are others today."""
    day = workdays.today()
    return list(
        db.session.scalars(
            select(Figures.subject)
            .where(Figures.day < day, Figures.waits | (Figures.day < day.replace(day=1)))
            .order_by(Figures.subject)
        )
    )


def differing(kept: Any, counted: Any, name: str = "") -> list[tuple[str, Any, Any]]:
    """Return each figure of two counts that is not the same: (its path, kept, counted)."""
    if isinstance(kept, dict) and isinstance(counted, dict):
        return [
            one
            for key in sorted(kept.keys() | counted.keys())
            for one in differing(kept.get(key), counted.get(key), f"{name}.{key}" if name else key)
        ]
    return [] if kept == counted else [(name, kept, counted)]
