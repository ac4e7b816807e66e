"""Receipt, questions to the author and their answers: everything that moves or stops the clock short of a response."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import User
from forum.attachments.receive import Received
from forum.config import settings
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.core.text import RENDERER, render
from forum.letters.lifecycle import RESPONSE_MOVES, Publication, ResponseMove, ResponseState
from forum.letters.models import DETAILS, LONGEST_DETAIL_CHARACTERS, MOST_QUESTIONS, Case, Letter, Question
from forum.letters.policy import may_represent
from forum.responses import policy
from forum.responses.actions.holding import count_questions, guard_words, hold
from forum.responses.actions.proof import keep_receipts, resume
from forum.responses.same_words import MOST_SAME, letters_asked, words_hash
from forum.responses.substance import asks_something


@unit_of_work
def note_opened(letter_id: int, *, by: User) -> int:
    """Write down that a proven representative opened the letter: once per case; returns how many cases that was."""
    cases = db.session.scalars(
        select(Case)
        .where(Case.letter_id == letter_id, Case.merchant_id.in_(by.merchant_ids), Case.opened_at.is_(None))
        .order_by(Case.id)
    ).all()
    if not cases:
        return 0
    letter = db.session.get_one(Letter, letter_id)
    noted = 0
    for case in cases:
        set_committed_value(case, "letter", letter)
        lock(case)
        if case.opened_at is None and letter.publication is Publication.PUBLISHED and may_represent(by, case):
            now = utcnow()
            begins = case.heard(now)
            case.opened_at = now
            record(
                Kind.CASE_OPENED,
                by=by,
                role=Role.BUSINESS,
                letter_id=letter_id,
                case_id=case.id,
                merchant_id=case.merchant_id,
                **begins,
            )
            noted += 1
    return noted


@unit_of_work
def acknowledge(case: Case, *, by: User, seen: int | None = None, others: int = 0) -> None:
    """Say that the business has received the letter; saying it twice changes nothing.

    `others` is how many letters are received in the same breath: the journey says so. The clock runs on in any case.
    Raises NotAllowed, Stale, or NotNow when it was asked or answered already.
    """
    letter = hold(case)
    ensure(policy.may_respond, by, case)
    if case.response is ResponseState.ACKNOWLEDGED:
        return
    ensure_fresh(case, seen)
    now = utcnow()
    begins = case.heard(now)
    case.move(ResponseMove.ACKNOWLEDGE)
    case.acknowledged_at = now
    marked: dict[str, Any] = {"others": others} if others else {}
    record(
        Kind.CASE_ACKNOWLEDGED,
        by=by,
        role=Role.BUSINESS,
        letter_id=letter.id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        **marked,
        **begins,
    )


@unit_of_work
def ask(case: Case, *, by: User, text: str, seen: int | None = None) -> Question:
    """Put a public question to the author; the clock of the business stands until the answer or `settings.question_days`.

    The same question sent twice is one. In words that more than MOST_SAME letters of the business got of late it is shown so,
    and neither stops the clock nor counts as receipt. Raises NotAllowed, Stale, NotNow, GuardStopped, or Invalid:
    "questions_used" beyond MOST_QUESTIONS, "no_question" when it asks nothing.
    """
    letter = hold(case)
    ensure(policy.may_ask, by, case)
    known = db.session.scalar(
        select(Question).where(Question.case_id == case.id, Question.resumed_at.is_(None), Question.text == text)
    )
    if known is not None and known.asked_by_id == by.id:
        return known
    ensure_fresh(case, seen)
    if count_questions(case) >= MOST_QUESTIONS:
        raise Invalid("questions_used", field="text", most=MOST_QUESTIONS)
    if not asks_something(text):
        raise Invalid("no_question", field="text")
    guard_words(case, letter, text=text)
    now, hashed = utcnow(), words_hash(text)
    case.heard(now)
    copies = letters_asked(case, hashed, now)
    if copies <= MOST_SAME:
        case.move(ResponseMove.ASK)
        case.acknowledged_at = case.acknowledged_at or now
    elif (case.response, ResponseMove.ASK) not in RESPONSE_MOVES:
        raise NotNow(state=case.response.value, move=ResponseMove.ASK.value)
    else:
        case.version += 1
    question = Question(
        case_id=case.id,
        asked_by_id=by.id,
        text=text,
        html=render(text),
        renderer=RENDERER,
        asked_at=now,
        words_hash=hashed,
        copies=copies,
        stops=copies <= MOST_SAME,
    )
    db.session.add(question)
    db.session.flush()
    record(
        Kind.CASE_ASKED,
        by=by,
        role=Role.BUSINESS,
        letter_id=letter.id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        about=f"question:{question.id}",
        stops=question.stops,
        copies=copies,
    )
    return question


@unit_of_work
def answer_question(
    question: Question,
    *,
    by: User,
    text: str,
    details: Mapping[str, str] | None = None,
    bought_on: date | None = None,
    receipts: Sequence[Received] = (),
) -> Question:
    """Give the author's public answer, and private details (keys of DETAILS) for the business alone; the clock runs on.

    `bought_on` and `receipts` (files that are stored) belong to the proof that "not our customer" asks for; any of
    them, or an order number, is one. An empty detail leaves the old one. The same answer sent twice is one. Raises NotAllowed, or NotNow when the
    question lapsed or was answered.
    """
    case = question.case
    letter = hold(case)
    set_committed_value(question, "case", case)
    ensure(policy.may_answer_question, by, question)
    lock(question)
    if question.resumed_at is not None:
        if question.answer == text:
            return question
        raise NotNow("question_over")
    question.answer, question.answer_html, question.renderer = text, render(text), RENDERER
    question.resumed_at = utcnow()
    given = {
        key: value[:LONGEST_DETAIL_CHARACTERS] for key, value in (details or {}).items() if value and key in DETAILS
    }
    if bought_on is not None and question.proof_for_id is not None:
        given["date"] = bought_on.isoformat()
    if given:
        case.details = {**(case.details or {}), **given}
    if question.proof_for_id is not None:
        keep_receipts(question, receipts, by=by)
    resume(case, question, proof=bool(given or receipts))
    record(
        Kind.QUESTION_ANSWERED,
        by=by,
        role=Role.AUTHOR,
        letter_id=letter.id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        about=f"question:{question.id}",
        stops=question.stops,
    )
    return question


@unit_of_work
def lapse_question(question_id: int) -> bool:
    """End a question that nobody answered in `settings.question_days`; returns whether it did. For the worker; safe to run twice."""
    question = db.session.get(Question, question_id)
    if question is None:
        return False
    case = db.session.get_one(Case, question.case_id)
    letter = db.session.get_one(Letter, case.letter_id)
    set_committed_value(case, "letter", letter)
    hold(case)
    lock(question)
    now = utcnow()
    over = question.asked_at + timedelta(days=settings().question_days)
    if question.resumed_at is not None or over > now or (question.stops and case.response is not ResponseState.ASKED):
        return False
    question.resumed_at = over
    resume(case, question, proof=False)
    record(
        Kind.QUESTION_LAPSED,
        by=None,
        role=Role.SYSTEM,
        letter_id=letter.id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        about=f"question:{question.id}",
        stops=question.stops,
    )
    return True
