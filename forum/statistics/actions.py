"""Having figures counted again where no event of a letter tells of the change."""

from datetime import datetime

from sqlalchemy import select

from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.jobs import enqueue
from forum.statistics import figures
from forum.statistics.models import WHOLE_SITE, CaseFact, business, filed_under
from forum.statistics.reactions import COUNT_FIGURES, REBUILD_FIGURES, derive_later, mark


@unit_of_work
def recount(merchant_id: int) -> None:
    """Have all facts of a business derived anew and its figures counted, with those of the site and of its categories.

    For what changes many of its cases at once: two businesses become one (call it for both), or copies of a response are
    told apart. It takes part in the unit of work of its caller, and the worker does the rest.
    """
    derive_later(merchant_id)


@unit_of_work
def mark_old() -> int:
    """Have those figures counted that time alone has changed since their day; returns how many. Safe to run twice.

    Where nothing was counted yet, or by other limits, holidays or another time zone, everything is derived and counted.
    """
    now = utcnow()
    if not figures.same_ground():
        enqueue(REBUILD_FIGURES, run_at=now, dedupe=REBUILD_FIGURES)
        return 0
    old = figures.old()
    for subject in old:
        enqueue(COUNT_FIGURES, run_at=now, dedupe=f"{COUNT_FIGURES}:{subject}:old", subject=subject)
    return len(old)


@unit_of_work
def mark_business(merchant_id: int) -> None:
    """Have the figures of everything counted that a business stands in: itself, its categories, the site."""
    filed = select(CaseFact.category).where(CaseFact.merchant_id == merchant_id).distinct()
    others = [business(merchant_id), *(filed_under(one) for one in db.session.scalars(filed))]
    mark([WHOLE_SITE, *sorted(others)])


@unit_of_work
def count_later(subject: str, at: datetime) -> None:
    """Have a subject counted at this moment, once."""
    enqueue(COUNT_FIGURES, run_at=at, dedupe=f"{COUNT_FIGURES}:{subject}:{at.isoformat()}", subject=subject)
