"""One question, response or draft for a person."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import User, Visitor
from forum.core.access import ensure
from forum.core.db import db
from forum.core.errors import Missing
from forum.letters.models import Case, Question
from forum.letters.queries import case_for
from forum.responses.models import Response, ResponseDraft


def question_for(who: Visitor, question_id: int, rule: Callable[[Visitor, Any], bool] | None = None) -> Question:
    """Return a question with its case, letter and business; raises as `letters.queries.letter_for`."""
    question = db.session.get(Question, question_id)
    if question is None:
        raise Missing
    set_committed_value(question, "case", case_for(who, question.case_id))
    if rule is not None:
        ensure(rule, who, question)
    return question


def response_of(case_id: int, response_id: int) -> Response | None:
    """Return a response of this case, None when there is no such one in it."""
    return db.session.scalar(select(Response).where(Response.id == response_id, Response.case_id == case_id))


def response_for(who: Visitor, response_id: int, rule: Callable[[Visitor, Any], bool] | None = None) -> Response:
    """Return a response with its case, letter and business; raises as `letters.queries.letter_for`."""
    response = db.session.get(Response, response_id)
    if response is None:
        raise Missing
    set_committed_value(response, "case", case_for(who, response.case_id))
    if rule is not None:
        ensure(rule, who, response)
    return response


class Place(NamedTuple):
    """Where a response stands."""

    letter_id: int
    merchant_id: int
    hidden: bool


def place_of(response_id: int) -> Place | None:
    """Return where a response stands, None when there is none."""
    row = db.session.execute(
        select(Case.letter_id, Case.merchant_id, Response.hidden_at)
        .join(Response, Response.case_id == Case.id)
        .where(Response.id == response_id)
    ).one_or_none()
    return None if row is None else Place(row.letter_id, row.merchant_id, row.hidden_at is not None)


def draft_of(who: Visitor, case_id: int) -> ResponseDraft | None:
    """Return what this person has written for this case and not yet published."""
    if who.is_guest:
        return None
    return db.session.scalar(
        select(ResponseDraft).where(ResponseDraft.case_id == case_id, ResponseDraft.author_id == who.id)
    )


def kept_job_title(who: User, merchant_id: int) -> str:
    """Return the job title under which this person last wrote a response for the business, empty without one."""
    draft = db.session.scalar(
        select(ResponseDraft)
        .join(Case)
        .where(ResponseDraft.author_id == who.id, Case.merchant_id == merchant_id)
        .order_by(ResponseDraft.saved_at.desc())
        .limit(1)
    )
    return "" if draft is None else next(iter(draft.fields.get("job_title", [])), "")


def unopened(who: Visitor, letter_id: int) -> bool:
    """Whether this person speaks for a business that has not opened its published letter yet."""
    return bool(who.merchant_ids) and (
        db.session.scalar(
            select(Case.id)
            .where(
                Case.letter_id == letter_id,
                Case.merchant_id.in_(who.merchant_ids),
                Case.opened_at.is_(None),
                Case.started_at.is_not(None),
            )
            .limit(1)
        )
        is not None
    )
