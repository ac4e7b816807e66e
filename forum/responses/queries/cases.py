"""A case as its page shows it: what was said, how far the clock ran, and what this person may do. One query for all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Visitor
from forum.config import settings
from forum.core.clock import days_used, local_date, utcnow, working_days_between
from forum.core.db import db
from forum.letters.clocks import Clock, calendar, clock
from forum.letters.lifecycle import Outcome, OutcomeMove, Publication, ResponseState, Untold
from forum.letters.models import Case, Letter, Question
from forum.letters.policy import is_author, may_see_details
from forum.letters.stamps import Stamp, case_stamp
from forum.merchants.lifecycle import Proof
from forum.responses import policy
from forum.responses.models import Remedy, Response

COLUMNS = (
    Response.id,
    Response.case_id,
    Response.signatory,
    Response.job_title,
    Response.proof,
    Response.proved_domain,
    Response.remedy,
    Response.promise,
    Response.promise_due,
    Response.html,
    Response.corrects_id,
    Response.created_at,
    Response.hidden_at,
    Response.hidden_reason,
)


@dataclass(frozen=True)
class ResponseView:
    """An official response. `html` is empty for those who may not read a hidden one."""

    id: int
    number: int  # 1 is the first of its case
    signatory: str
    job_title: str
    proof: Proof
    proved_domain: str | None
    remedy: Remedy
    promise: str
    promise_due: date | None
    promise_over: bool  # the day of the promise has passed
    html: str
    at: datetime
    corrects: int | None  # number of the response that this one corrects
    hidden_at: datetime | None
    hidden_reason: str | None
    readable: bool


@dataclass(frozen=True)
class QuestionView:
    """A question to the author and the answer, if any."""

    id: int
    html: str
    answer_html: str
    asked_at: datetime
    resumed_at: datetime | None
    may_answer: bool


@dataclass(frozen=True)
class CaseView:
    """Everything that the page of a letter shows of one case to one person."""

    id: int
    letter_id: int
    merchant: str
    merchant_slug: str
    version: int
    stamp: Stamp
    clock: Clock | None
    stops: tuple[tuple[int, int], ...]  # (working day on which the clock stood, how many working days)
    response: ResponseState
    outcome: Outcome
    outcome_at: datetime | None
    notified_at: datetime | None
    untold: Untold | None
    opened_at: datetime | None
    acknowledged_at: datetime | None
    answered_at: datetime | None
    published: bool
    responses: tuple[ResponseView, ...]
    questions: tuple[QuestionView, ...]
    details: dict[str, str]  # private; empty for those who may not see them
    is_author: bool
    may_offer: bool  # the link to respond is shown to everybody but the author
    may_respond: bool
    may_acknowledge: bool
    may_ask: bool
    may_conclude: bool
    moves: tuple[OutcomeMove, ...]


def case_views(who: Visitor, letter: Letter) -> list[CaseView]:
    """Return the cases of a letter in their order; one query for the responses of all of them.

    Needs `letter.cases` with `merchant` and `questions`, as `letters.queries.letter_for` loads them.
    """
    return _views(who, letter, letter.cases)


def case_view(who: Visitor, case: Case) -> CaseView:
    """Return one case; needs `case.letter`, `case.merchant` and `case.questions`."""
    return _views(who, case.letter, [case])[0]


def _views(who: Visitor, letter: Letter, cases: Sequence[Case]) -> list[CaseView]:
    given: dict[int, list[Any]] = defaultdict(list)
    answered = [case.id for case in cases if case.answered_at]
    if answered:
        for row in db.session.execute(select(*COLUMNS).where(Response.case_id.in_(answered)).order_by(Response.id)):
            given[row.case_id].append(row)
    return [_view(who, letter, case, given[case.id]) for case in cases]


def _view(who: Visitor, letter: Letter, case: Case, rows: Sequence[Any]) -> CaseView:
    now = utcnow()
    stops = [(question.asked_at, question.resumed_at) for question in case.questions]
    ticking = clock(letter.category, case.started_at, case.answered_at or now, stops) if case.started_at else None
    writes, open_to_all = is_author(who, letter), letter.publication is Publication.PUBLISHED
    voice = policy.may_respond(who, case)
    concludes = policy.may_conclude(who, case)
    untold = case.untold if case.notified_at is None else None
    return CaseView(
        id=case.id,
        letter_id=letter.id,
        merchant=case.merchant.name,
        merchant_slug=case.merchant.slug,
        version=case.version,
        stamp=case_stamp(case.response, case.outcome, ticking, untold),
        clock=ticking,
        stops=standing(case.started_at, case.answered_at or now, stops) if case.started_at else (),
        response=case.response,
        outcome=case.outcome,
        outcome_at=case.outcome_at,
        notified_at=case.notified_at,
        untold=untold,
        opened_at=case.opened_at,
        acknowledged_at=case.acknowledged_at,
        answered_at=case.answered_at,
        published=open_to_all,
        responses=tuple(_responses(rows, seen_by_all=who.is_moderator or voice)),
        questions=tuple(_question(who, case, question) for question in case.questions),
        details=dict(case.details or {}) if may_see_details(who, case) else {},
        is_author=writes,
        may_offer=open_to_all and not writes,
        may_respond=voice,
        may_acknowledge=voice and case.response is ResponseState.AWAITING,
        may_ask=voice and _can_ask(case),
        may_conclude=concludes,
        moves=tuple(policy.outcome_moves(case)) if concludes else (),
    )


def _can_ask(case: Case) -> bool:
    return case.response in {ResponseState.AWAITING, ResponseState.ACKNOWLEDGED} and policy.questions_left(case) > 0


def _responses(rows: Iterable[Any], *, seen_by_all: bool) -> Iterable[ResponseView]:
    today = local_date(utcnow(), settings().time_zone)
    numbers: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        numbers[row.id] = number
        readable = row.hidden_at is None or seen_by_all
        yield ResponseView(
            id=row.id,
            number=number,
            signatory=row.signatory,
            job_title=row.job_title,
            proof=row.proof,
            proved_domain=row.proved_domain,
            remedy=row.remedy,
            promise=row.promise if readable else "",
            promise_due=row.promise_due,
            promise_over=row.promise_due is not None and row.promise_due < today,
            html=row.html if readable else "",
            at=row.created_at,
            corrects=numbers.get(row.corrects_id),
            hidden_at=row.hidden_at,
            hidden_reason=row.hidden_reason,
            readable=readable,
        )


def _question(who: Visitor, case: Case, question: Question) -> QuestionView:
    return QuestionView(
        id=question.id,
        html=question.html,
        answer_html=question.answer_html,
        asked_at=question.asked_at,
        resumed_at=question.resumed_at,
        may_answer=question.resumed_at is None
        and is_author(who, case.letter)
        and case.letter.publication is Publication.PUBLISHED,
    )


def standing(
    started_at: datetime, until: datetime, stops: Iterable[tuple[datetime, datetime | None]]
) -> tuple[tuple[int, int], ...]:
    """Return for each stop the working day that had passed when the clock stood, and how many working days it stood."""
    zone, days = settings().time_zone, calendar()
    drawn: list[tuple[int, int]] = []
    before: list[tuple[datetime, datetime | None]] = []
    for asked_at, resumed_at in stops:
        first, last = local_date(asked_at, zone), local_date(min(resumed_at or until, until), zone)
        drawn.append((days_used(started_at, asked_at, before, zone, days), working_days_between(first, last, days)))
        before.append((asked_at, resumed_at))
    return tuple(drawn)
