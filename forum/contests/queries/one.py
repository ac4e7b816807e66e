"""One contest with its letter, and what is known around it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Visitor
from forum.attachments.models import Attachment
from forum.contests import policy
from forum.contests.lifecycle import DECIDED, OPEN, ContestState
from forum.contests.models import Contest
from forum.contests.policy import Dispute
from forum.core.access import lacks_second_factor
from forum.core.db import db
from forum.core.errors import Missing, SecondFactorNeeded
from forum.letters.models import Case, Letter, Question
from forum.moderation.queries.claims import critics_of
from forum.responses.models import Remedy, Response

WHOLE = (
    joinedload(Contest.letter).selectinload(Letter.cases).joinedload(Case.merchant),
    joinedload(Contest.case).joinedload(Case.merchant),
)


def contest_by_id(contest_id: int) -> Contest:
    """Return a contest with its letter, the letter's cases and its own; the caller asks who may see it. Raises Missing."""
    found = db.session.scalar(select(Contest).where(Contest.id == contest_id).options(*WHOLE))
    if found is None:
        raise Missing
    return found


def contest_for(who: Visitor, contest_id: int) -> Contest:
    """Return a contest for somebody who has a part in it, or a moderator; nobody else learns that it is there.

    Raises Missing, or SecondFactorNeeded where nothing else is missing.
    """
    found = contest_by_id(contest_id)
    if lacks_second_factor(policy.may_see, who, found):
        raise SecondFactorNeeded
    if found.state is ContestState.UNPROVEN or not policy.may_see(who, found):
        raise Missing
    return found


def dispute(contest: Contest) -> Dispute:
    """Return the contest with those who may not decide it for having written against the business."""
    return Dispute(contest, frozenset() if contest.case is None else critics_of(contest.case.merchant_id))


def files_of(contest: Contest) -> Sequence[Attachment]:
    """Return what both sides sent to prove what they say, for the moderators."""
    return db.session.scalars(
        select(Attachment).where(Attachment.contest_id == contest.id).order_by(Attachment.position, Attachment.id)
    ).all()


def open_on(letter_id: int) -> Sequence[Contest]:
    """Return the contests of a letter that are not decided, oldest first."""
    return db.session.scalars(
        select(Contest)
        .where(Contest.letter_id == letter_id, Contest.state.in_(OPEN))
        .options(joinedload(Contest.case).joinedload(Case.merchant))
        .order_by(Contest.filed_at, Contest.id)
    ).all()


def decided_on(letter_id: int) -> Sequence[Contest]:
    """Return the contests of a letter that were decided, newest first."""
    return db.session.scalars(
        select(Contest)
        .where(Contest.letter_id == letter_id, Contest.state.in_(DECIDED), Contest.ground.is_not(None))
        .order_by(Contest.ended_at.desc(), Contest.id.desc())
    ).all()


def not_customer_yet(case_id: int) -> str | None:
    """Return why this business cannot contest that the author is its customer, None when it can (ADR 26).

    First it says so in an official response, which asks the author (ADR 15): `say_it_first`, `author_is_asked` while that
    question is open, `deal_was_shown` when its answer named an order, a day or a receipt.
    """
    said = select(Response.id).where(
        Response.case_id == case_id, Response.remedy == Remedy.NOT_OUR_CUSTOMER, Response.hidden_at.is_(None)
    )
    if db.session.scalar(said.limit(1)) is None:
        return "say_it_first"
    asked = db.session.scalars(
        select(Question).where(Question.case_id == case_id, Question.proof_for_id.is_not(None)).order_by(Question.id)
    ).all()
    if any(one.resumed_at is None for one in asked):
        return "author_is_asked"
    return "deal_was_shown" if any(one.proof_given for one in asked) else None
