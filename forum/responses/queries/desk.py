"""The desk of somebody who speaks for businesses: their cases, what is due first on top, as pages by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from forum.accounts.models import User
from forum.core import paging
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.text import slug
from forum.letters.clocks import Clock, clock
from forum.letters.lifecycle import Outcome, Publication, ResponseState
from forum.letters.models import Case, Letter
from forum.letters.policy import OPEN
from forum.letters.stamps import Stamp, case_stamp
from forum.responses.models import ResponseDraft
from forum.responses.policy import questions_left
from forum.responses.queries.cases import standing

PAGE_CASES = 20


class Tab(StrEnum):
    """Which cases the desk shows."""

    DUE = "due"
    ASKED = "asked"
    ANSWERED = "answered"
    RATED = "rated"


CONDITIONS: dict[Tab, ColumnElement[bool]] = {
    Tab.DUE: Case.response.in_((ResponseState.AWAITING, ResponseState.ACKNOWLEDGED)),
    Tab.ASKED: Case.response == ResponseState.ASKED,
    Tab.ANSWERED: (Case.response == ResponseState.ANSWERED) & (Case.outcome == Outcome.NONE),
    Tab.RATED: Case.outcome != Outcome.NONE,
}


@dataclass(frozen=True)
class DeskItem:
    """A case on the desk."""

    id: int
    version: int
    letter_id: int
    slug: str
    title: str
    excerpt: str
    byline: str
    place: str
    merchant: str
    stamp: Stamp
    clock: Clock
    stops: tuple[tuple[int, int], ...]
    details: dict[str, str]
    has_draft: bool
    may_respond: bool
    may_acknowledge: bool
    may_ask: bool
    answered: bool


def desk(who: User, tab: Tab, *, after: str | None = None) -> paging.Page[DeskItem]:
    """Return a page of the person's cases: waiting ones oldest first (due first), answered ones newest first.

    Four queries, however many cases.
    """
    late = tab in {Tab.ANSWERED, Tab.RATED}
    key: Any = Case.answered_at if late else Case.started_at
    found = paging.page(
        _cases(who)
        .where(CONDITIONS[tab], key.is_not(None))
        .options(contains_eager(Case.letter), joinedload(Case.merchant), selectinload(Case.questions)),
        keys=(key, Case.id),
        kinds="ti",
        after=after,
        size=PAGE_CASES,
        descending=late,
        key_of=lambda row: ((row.Case.answered_at if late else row.Case.started_at), row.Case.id),
    )
    cases = [row.Case for row in found.items]
    drafts = set(
        db.session.scalars(
            select(ResponseDraft.case_id).where(
                ResponseDraft.author_id == who.id, ResponseDraft.case_id.in_([one.id for one in cases])
            )
        )
    )
    return paging.Page(
        [_item(one, one.id in drafts, acts=one.merchant_id in who.answering_ids) for one in cases], found.next
    )


def counts(who: User) -> dict[Tab, int]:
    """Return how many cases each tab of the desk holds."""
    if not who.merchant_ids:
        return dict.fromkeys(Tab, 0)
    row = db.session.execute(
        select(*(func.count(case((condition, 1))) for condition in CONDITIONS.values()))
        .select_from(Case)
        .join(Case.letter)
        .where(*_mine(who))
    ).one()
    return dict(zip(CONDITIONS, row, strict=True))


def waiting_drafts(who: User) -> Sequence[ResponseDraft]:
    """Return what this person has written for businesses they do not speak for yet, with case, letter and business."""
    return db.session.scalars(
        select(ResponseDraft)
        .join(ResponseDraft.case)
        .join(Case.letter)
        .where(
            ResponseDraft.author_id == who.id,
            Case.merchant_id.not_in(who.merchant_ids),
            Letter.publication == Publication.PUBLISHED,
            Letter.visibility.in_(OPEN),
        )
        .options(contains_eager(ResponseDraft.case).options(contains_eager(Case.letter), joinedload(Case.merchant)))
        .order_by(ResponseDraft.id.desc())
        .limit(50)
    ).all()


def _cases(who: User) -> Select[Any]:
    return select(Case).join(Case.letter).where(*_mine(who))


def _mine(who: User) -> tuple[ColumnElement[bool], ...]:
    return (
        Case.merchant_id.in_(who.merchant_ids),
        Letter.publication == Publication.PUBLISHED,
        Letter.visibility.in_(OPEN),
        Letter.author_id != who.id,
    )


def _item(one: Case, has_draft: bool, *, acts: bool) -> DeskItem:
    letter, now = one.letter, utcnow()
    started = one.started_at or now
    stops = [(question.asked_at, question.resumed_at) for question in one.questions]
    until = one.answered_at or now
    ticking = clock(letter.category, started, until, stops)
    waiting = one.response in {ResponseState.AWAITING, ResponseState.ACKNOWLEDGED}
    return DeskItem(
        id=one.id,
        version=one.version,
        letter_id=letter.id,
        slug=slug(letter.title),
        title=letter.title,
        excerpt=letter.excerpt,
        byline=letter.byline,
        place=letter.place,
        merchant=one.merchant.name,
        stamp=case_stamp(one.response, one.outcome, ticking),
        clock=ticking,
        stops=standing(started, until, stops),
        details=dict(one.details or {}),
        has_draft=has_draft,
        may_respond=acts,
        may_acknowledge=acts and one.response is ResponseState.AWAITING,
        may_ask=acts and waiting and questions_left(one) > 0,
        answered=one.answered_at is not None,
    )
