"""Whether the same question is put to many: the words without case, signs and figures, counted per business."""

import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import func, select

from forum.core.db import db
from forum.letters.models import Case, Question
from forum.responses.numerals import fold

SAME_WINDOW: Final = timedelta(days=30)
MOST_SAME: Final = 5
"""Letters of a business that may get the same question within SAME_WINDOW; from the next on it does not stop the clock."""
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")


def words_hash(text: str) -> str:
    """Return the hash of a question's words as they are read: case, signs and spaces do not matter, any figure is like any other."""
    folded = fold(text).shown.casefold()
    words = ("0" if word.isdigit() else word for word in _WORD.findall(folded))
    return sha256(" ".join(words).encode()).hexdigest()


def letters_asked(case: Case, hashed: str, now: datetime) -> int:
    """Return how many letters the business of this case has asked in these words within SAME_WINDOW, this one included."""
    others = (
        select(func.count(Case.letter_id.distinct()))
        .join(Question, Question.case_id == Case.id)
        .where(
            Question.words_hash == hashed,
            Question.asked_at > now - SAME_WINDOW,
            Case.merchant_id == case.merchant_id,
            Case.letter_id != case.letter_id,
        )
    )
    return (db.session.scalar(others) or 0) + 1
