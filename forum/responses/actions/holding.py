"""Holding a case: its letter and itself, in this order everywhere, so that two units never wait for each other."""

from collections.abc import Sequence

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.core.db import db, lock
from forum.letters.lifecycle import NameShown
from forum.letters.models import Case, Letter, Question
from forum.responses import guard


def hold(case: Case) -> Letter:
    """Lock the letter and the case for this unit of work; returns the letter, newly read."""
    letter = lock(case.letter)
    lock(case)
    return letter


def guard_words(case: Case, letter: Letter, **texts: str) -> None:
    """Raise GuardStopped when one of these public texts holds something private of the author or of the case."""
    author = db.session.execute(select(User.name, User.email).where(User.id == letter.author_id)).one()
    guard.check(
        texts,
        details=case.details,
        email=author.email,
        hidden_name=author.name if letter.name_shown is NameShown.INITIALS else None,
    )


def open_questions(case: Case) -> Sequence[Question]:
    """Return the questions that the author has not answered and that have not lapsed; at most one of them stops the clock."""
    return db.session.scalars(
        select(Question).where(Question.case_id == case.id, Question.resumed_at.is_(None)).order_by(Question.id)
    ).all()


def count_questions(case: Case) -> int:
    """How many questions were asked in this case."""
    return db.session.scalar(select(func.count(Question.id)).where(Question.case_id == case.id)) or 0
