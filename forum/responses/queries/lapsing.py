"""What time has ended: questions nobody answered, outcomes nobody gave."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db
from forum.letters.lifecycle import Outcome
from forum.letters.models import Case, Question

MOST_AT_ONCE = 500


def lapsing_questions() -> Sequence[int]:
    """Return the ids of open questions that are older than `settings.question_days`, oldest first, 500 at most."""
    before = utcnow() - timedelta(days=settings().question_days)
    return db.session.scalars(
        select(Question.id)
        .where(Question.resumed_at.is_(None), Question.asked_at <= before)
        .order_by(Question.id)
        .limit(MOST_AT_ONCE)
    ).all()


def lapsing_outcomes() -> Sequence[int]:
    """Return the ids of answered cases whose days to say the outcome are over, oldest first, 500 at most."""
    before = utcnow() - timedelta(days=settings().unconfirmed_days)
    return db.session.scalars(
        select(Case.id)
        .where(Case.outcome == Outcome.NONE, Case.answered_at <= before)
        .order_by(Case.answered_at)
        .limit(MOST_AT_ONCE)
    ).all()
