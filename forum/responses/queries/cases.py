"""A case as its page shows it: what was said, how far the clock ran, and what this person may do. Two queries for all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forum.accounts.models import Visitor
from forum.attachments.models import Attachment
from forum.config import settings
from forum.core.clock import days_used, local_date, utcnow, working_days_between
from forum.letters.clocks import Clock, calendar, clock
from forum.letters.lifecycle import Outcome, OutcomeMove, Publication, ResponseState
from forum.letters.models import Case, Letter, Question
from forum.letters.policy import is_author, may_moderate, may_see_details
from forum.letters.stamps import Stamp, case_stamp, notes_of
from forum.responses import policy
from forum.responses.queries.given import Part, ResponseView, response_views, rows_of


@dataclass(frozen=True)
class QuestionView:
    """A question to the author and the answer, if any."""

    id: int
    html: str
    answer_html: str
    proof_for: int | None  # the response "not our customer" for which a proof is asked
    proof_given: bool | None
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
    opened_at: datetime | None
    acknowledged_at: datetime | None
    answered_at: datetime | None
    uniform_at: datetime | None  # of the first response that moved nothing, while the case is not answered
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
    given, files = rows_of([case.id for case in cases if _may_hold_one(case)])
    return [_view(who, letter, case, given[case.id], files) for case in cases]


def _may_hold_one(case: Case) -> bool:
    """Whether the case has a response, as far as its own row tells: one that answered, moved nothing, or waits for a proof."""
    return bool(case.answered_at or case.uniform_at or any(one.proof_for_id for one in case.questions))


def _view(
    who: Visitor, letter: Letter, case: Case, rows: Sequence[Any], files: dict[int, list[Attachment]]
) -> CaseView:
    now = utcnow()
    stops = [(question.asked_at, question.resumed_at) for question in case.questions]
    ticking = clock(letter.category, case.started_at, case.answered_at or now, stops) if case.started_at else None
    writes, open_to_all = is_author(who, letter), letter.publication is Publication.PUBLISHED
    voice = policy.may_respond(who, case)
    concludes = policy.may_conclude(who, case)
    return CaseView(
        id=case.id,
        letter_id=letter.id,
        merchant=case.merchant.name,
        merchant_slug=case.merchant.slug,
        version=case.version,
        stamp=case_stamp(case.response, case.outcome, ticking, notes_of(case)),
        clock=ticking,
        stops=standing(case.started_at, case.answered_at or now, stops) if case.started_at else (),
        response=case.response,
        outcome=case.outcome,
        outcome_at=case.outcome_at,
        notified_at=case.notified_at,
        opened_at=case.opened_at,
        acknowledged_at=case.acknowledged_at,
        answered_at=case.answered_at,
        published=open_to_all,
        responses=tuple(response_views(case, rows, files, _part(who, letter, voice=voice))),
        uniform_at=case.uniform_at,
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


def _part(who: Visitor, letter: Letter, *, voice: bool) -> Part:
    open_to_all = letter.publication is Publication.PUBLISHED
    return Part(
        voice=voice,
        author=is_author(who, letter) and open_to_all,
        moderator=who.is_moderator,
        overrules=who.is_moderator and open_to_all and may_moderate(who, letter),
    )


def _can_ask(case: Case) -> bool:
    return case.response in {ResponseState.AWAITING, ResponseState.ACKNOWLEDGED} and policy.questions_left(case) > 0


def _question(who: Visitor, case: Case, question: Question) -> QuestionView:
    return QuestionView(
        id=question.id,
        html=question.html,
        answer_html=question.answer_html,
        proof_for=question.proof_for_id,
        proof_given=question.proof_given,
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
