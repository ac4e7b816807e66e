"""One question, response or draft for a person."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Visitor
from forum.core.db import db
from forum.core.errors import Missing, NotAllowed
from forum.letters.models import Question
from forum.letters.queries import case_for
from forum.responses.models import Response, ResponseDraft


def question_for(who: Visitor, question_id: int, rule: Callable[[Visitor, Any], bool] | None = None) -> Question:
    """Return a question with its case, letter and business; raises as `letters.queries.letter_for`."""
    question = db.session.get(Question, question_id)
    if question is None:
        raise Missing
    question.case = case_for(who, question.case_id)
    if rule is not None and not rule(who, question):
        raise NotAllowed
    return question


def response_of(case_id: int, response_id: int) -> Response | None:
    """Return a response of this case, None when there is no such one in it."""
    return db.session.scalar(select(Response).where(Response.id == response_id, Response.case_id == case_id))


def draft_of(who: Visitor, case_id: int) -> ResponseDraft | None:
    """Return what this person has written for this case and not yet published."""
    if who.is_guest:
        return None
    return db.session.scalar(
        select(ResponseDraft).where(ResponseDraft.case_id == case_id, ResponseDraft.author_id == who.id)
    )
