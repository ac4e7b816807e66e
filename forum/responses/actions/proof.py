"""The author is asked for one proof before a response "not our customer" can answer the case (ADR 0015)."""

from collections.abc import Sequence

from forum.accounts.models import User
from forum.attachments import actions as attachments
from forum.attachments.receive import Received
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Kind, Role, record
from forum.core.text import RENDERER
from forum.letters.lifecycle import ResponseMove, ResponseState
from forum.letters.models import MOST_QUESTIONS, Case, Question
from forum.responses.actions.holding import answers, count_questions, open_questions
from forum.responses.models import Remedy, Response


def asks_for_proof(case: Case, response: Response) -> bool:
    """Whether this response puts a question instead of answering: the author has not been asked twice, nor answered before."""
    return (
        response.remedy is Remedy.NOT_OUR_CUSTOMER
        and case.response is not ResponseState.ANSWERED
        and count_questions(case) < MOST_QUESTIONS
    )


def ask_for_proof(case: Case, response: Response, *, by: User | None) -> Question:
    """Put the structured question of such a response to the author: the clock stands until the answer or its days are over.

    It is one of the two that a case bears. It has no words of its own: the page says what is asked for.
    """
    now = utcnow()
    for standing in open_questions(case):
        standing.resumed_at = now
        if standing.stops:
            case.move(ResponseMove.RESUME)
    case.move(ResponseMove.ASK)
    case.acknowledged_at = case.acknowledged_at or now
    question = Question(
        case_id=case.id,
        asked_by_id=None if by is None else by.id,
        text="",
        html="",
        renderer=RENDERER,
        asked_at=now,
        proof_for_id=response.id,
    )
    db.session.add(question)
    db.session.flush()
    return question


def resume(case: Case, question: Question, *, proof: bool) -> None:
    """Let the clock run on after a question.

    Without a proof the response "not our customer" stands, and answers the case from its own moment; with one the business
    owes another answer.
    """
    if question.proof_for_id is None:
        if question.stops and case.response is ResponseState.ASKED:
            case.move(ResponseMove.RESUME)
        else:
            case.version += 1
        return
    question.proof_given = proof
    response = db.session.get_one(Response, question.proof_for_id)
    if proof or response.hidden_at is not None:
        case.move(ResponseMove.RESUME)
        return
    answers(case, response.created_at)
    record(
        Kind.RESPONSE_STANDS,
        by=None,
        role=Role.SYSTEM,
        letter_id=case.letter_id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        about=f"response:{response.id}",
    )


def keep_receipts(question: Question, receipts: Sequence[Received], *, by: User) -> None:
    """Let the files of an answer stand with the letter, for the business that asked and the moderators alone."""
    for received in receipts:
        attachments.attach(received, by=by, letter_id=question.case.letter_id, case_id=question.case_id)
