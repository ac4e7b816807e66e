"""Promises of a business: which are due, which are to be recalled, how many were kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from forum.config import settings
from forum.core.clock import local_date, utcnow
from forum.core.db import db
from forum.letters.lifecycle import Publication, Visibility
from forum.letters.models import Case, Letter
from forum.responses.lifecycle import PROMISE_ANSWER_DAYS, PromiseVerdict
from forum.responses.models import Response

BATCH = 200


def today() -> date:
    """Return the day it is where the site is read."""
    return local_date(utcnow(), settings().time_zone)


def promise_due() -> ColumnElement[bool]:
    """Return the condition on Case that its newest promise is due or past, and the author has not said what became of it."""
    return and_(Case.promise_due.is_not(None), Case.promise_due <= today(), Case.promise_verdict.is_(None))


def promise_open() -> ColumnElement[bool]:
    """Return the condition on Case that it holds a promise on which the author has not spoken, due or not."""
    return and_(Case.promise_due.is_not(None), Case.promise_verdict.is_(None))


@dataclass(frozen=True)
class PromiseCounts:
    """Promises of a business by what became of them."""

    pending: int
    due: int
    kept: int
    broken: int
    unconfirmed: int

    @property
    def judged(self) -> int:
        """How many the author spoke on: of these is the share that was kept."""
        return self.kept + self.broken


def states() -> dict[str, ColumnElement[bool]]:
    """Return the condition on Response of each PromiseState, as `lifecycle.promise_state` tells it."""
    day, silent = today(), Response.promise_verdict.is_(None)
    last = day - timedelta(days=PROMISE_ANSWER_DAYS)
    return {
        "pending": and_(silent, Response.promise_due > day),
        "due": and_(silent, Response.promise_due <= day, Response.promise_due >= last),
        "kept": Response.promise_verdict == PromiseVerdict.KEPT,
        "broken": Response.promise_verdict == PromiseVerdict.BROKEN,
        "unconfirmed": and_(silent, Response.promise_due < last),
    }


def promise_counts(merchant_id: int) -> PromiseCounts:
    """Return the promises of a business in public letters, hidden responses left out: one query."""
    row = db.session.execute(
        select(*(func.count(case((condition, 1))).label(name) for name, condition in states().items()))
        .select_from(Response)
        .join(Response.case)
        .join(Case.letter)
        .where(
            Case.merchant_id == merchant_id,
            Letter.visibility == Visibility.PUBLIC,
            Response.promise_due.is_not(None),
            Response.hidden_at.is_(None),
        )
    ).one()
    return PromiseCounts(row.pending, row.due, row.kept, row.broken, row.unconfirmed)


def to_recall(first: date, last: date, *, after: int = 0) -> Sequence[Any]:
    """Return promises for a day from `first` to `last` on which the author has not spoken, BATCH by id after `after`."""
    return db.session.execute(
        select(
            Response.id,
            Response.promise_due,
            Response.promise_done_at,
            Case.letter_id,
            Response.case_id,
            Case.merchant_id,
        )
        .join(Response.case)
        .join(Case.letter)
        .where(
            Response.id > after,
            Response.promise_due.between(first, last),
            Response.promise_verdict.is_(None),
            Response.hidden_at.is_(None),
            Letter.publication == Publication.PUBLISHED,
        )
        .order_by(Response.id)
        .limit(BATCH)
    ).all()
