"""Holding a case: its letter and itself, in this order everywhere, so that two units never wait for each other."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from forum.core.clock import utcnow
from forum.core.db import db, lock
from forum.letters.lifecycle import ResponseMove
from forum.letters.models import Case, Letter, Question
from forum.responses.guard import GuardStopped
from forum.responses.queries.private import private_places


def hold(case: Case) -> Letter:
    """Lock the letter and the case for this unit of work; returns the letter, newly read."""
    letter = lock(case.letter)
    lock(case)
    return letter


def guard_words(case: Case, letter: Letter, *, proven: bool = True, **texts: str) -> None:
    """Raise GuardStopped when one of these public texts holds something private, as `private_places` finds it."""
    found = private_places(case, letter, texts, proven=proven)
    if found:
        raise GuardStopped(field=found[0].field, kind=found[0].kind, found=tuple(found))


def open_questions(case: Case) -> Sequence[Question]:
    """Return the questions that the author has not answered and that have not lapsed; at most one of them stops the clock."""
    return db.session.scalars(
        select(Question).where(Question.case_id == case.id, Question.resumed_at.is_(None)).order_by(Question.id)
    ).all()


def answers(case: Case, at: datetime) -> None:
    """Let a response of this moment answer the case: a question that is open ends with it, the first answer keeps its date."""
    for standing in open_questions(case):
        standing.resumed_at = utcnow()
    case.move(ResponseMove.ANSWER)
    case.answered_at = at if case.answered_at is None else min(case.answered_at, at)
    case.uniform_at = None


def count_questions(case: Case) -> int:
    """How many questions were asked in this case."""
    return db.session.scalar(select(func.count(Question.id)).where(Question.case_id == case.id)) or 0
