"""Public figures of legal notices: how many came in by month, how they were answered."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import String, cast, func, select

from forum.core.db import db
from forum.legal.lifecycle import NoticeOutcome
from forum.legal.models import LegalNotice

MONTHS = 13


@dataclass(frozen=True)
class Figures:
    """How many notices came in; by month (newest first) and outcome, None while there is no answer. Nobody is named."""

    received: int
    months: Sequence[tuple[str, Mapping[NoticeOutcome | None, int]]]


def figures() -> Figures:
    """Count: one query."""
    month = func.substr(cast(LegalNotice.received_on, String), 1, 7)
    months: defaultdict[str, Counter[NoticeOutcome | None]] = defaultdict(Counter)
    query = select(month, LegalNotice.outcome, func.count()).group_by(month, LegalNotice.outcome)
    for when, outcome, number in db.session.execute(query):
        months[when][outcome] += number
    total = sum(counts.total() for counts in months.values())
    return Figures(total, [(when, months[when]) for when in sorted(months, reverse=True)[:MONTHS]])
