"""A case as its page shows it: what was said, how far the clock ran, and what this person may do. Two queries for all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from forum.accounts.models import Visitor
from forum.attachments.models import Attachment
from forum.core.clock import utcnow
from forum.letters.clocks import Clock, clock
from forum.letters.lifecycle import Outcome, OutcomeMove, Publication, ResponseState, Untold
from forum.letters.models import Case, Letter, Question
from forum.letters.policy import is_author, may_moderate, may_see_details
from forum.letters.stamps import Stamp, case_stamp, notes_of
from forum.responses import policy
from forum.responses.lifecycle import PromiseVerdict, ground_of
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
    stops: bool = True
    copies: int = 1  # letters of the business that were asked in the same words


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
    waits: bool  # its days to answer, for the business to be told
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
    category: str = ""
    overdue: bool = False  # past the days to answer, without an answer that counts
    pack_ready: bool = False  # there is a ground for the author's hand-over pack


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
    ticking = clock_of(case, letter, case.answered_at or now) if case.started_at else None
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
        stamp=case_stamp(case.response, case.outcome, ticking, replace(notes_of(case), untold=untold)),
        clock=ticking,
        stops=drawn(ticking) if ticking else (),
        response=case.response,
        outcome=case.outcome,
        outcome_at=case.outcome_at,
        notified_at=case.notified_at,
        untold=untold,
        waits=case.waits,
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
        category=letter.category,
        overdue=ticking is not None and ticking.is_late and case.response is not ResponseState.ANSWERED and not case.waits,
        pack_ready=ticking is not None
        and ground_of(
            case.response,
            case.outcome,
            late=ticking.is_late,
            broken=any(row.promise_verdict is PromiseVerdict.BROKEN and row.hidden_at is None for row in rows),
            untold=case.waits,
        )
        is not None,
    )


def clock_of(case: Case, letter: Letter, until: datetime) -> Clock:
    """Return the clock of a started case; needs `case.questions`."""
    if case.started_at is None:
        raise ValueError("the clock of an unpublished letter")
    return clock(
        letter.category,
        case.started_at,
        until,
        [(question.asked_at, question.resumed_at) for question in case.questions if question.stops],
        acknowledged_at=case.acknowledged_at,
        away=letter.absences,
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
        stops=question.stops,
        copies=question.copies,
    )


def drawn(ticking: Clock) -> tuple[tuple[int, int], ...]:
    """Return the stops of a clock as its bar draws them: (working day on which it stood, how many working days)."""
    return tuple((stop.at, stop.days) for stop in ticking.stops)
