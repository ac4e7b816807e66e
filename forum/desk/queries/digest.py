"""What a person of a team should know on Monday morning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import db
from forum.desk.lifecycle import SOON
from forum.desk.queries import conditions
from forum.desk.queries.lists import DeskRow, rows_of
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Representative
from forum.responses.models import Response

A_WEEK = timedelta(days=7)
SHOWN_CASES = 10
MOST_SUMMED = 10_000


@dataclass(frozen=True)
class Digest:
    """The week of one person's businesses; `first` are the cases that are due first."""

    due: int  # from today until Sunday
    overdue: int
    new: int  # published in the last seven days
    promised: int  # open, their day past or within SOON
    unassigned: int
    first: Sequence[DeskRow]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.due or self.overdue or self.new or self.promised or self.unassigned)


def readers_of_digest() -> Sequence[User]:
    """Return the owners and agents of all businesses who can be written to."""
    acting = (
        select(Representative.id)
        .where(
            Representative.user_id == User.id,
            Representative.ended_at.is_(None),
            Representative.role != TeamRole.READER,
        )
        .exists()
    )
    return db.session.scalars(
        select(User)
        .where(acting, User.closed_at.is_(None), User.confirmed_at.is_not(None), User.email.is_not(None))
        .order_by(User.id)
    ).all()


def digest_of(who: User, today: date) -> Digest:
    """Return the figures of the businesses this person answers for, counted on the day `today`."""
    mine = Case.merchant_id.in_(who.answering_ids)
    open_ = Case.response.in_(conditions.TO_ANSWER)
    sunday = today + timedelta(days=6 - today.weekday())
    sums = db.session.execute(
        select(
            _sum(who, mine, open_, Case.due_on >= today, Case.due_on <= sunday),
            _sum(who, mine, open_, Case.due_on < today),
            _sum(who, mine, Case.started_at > utcnow() - A_WEEK),
            _promises(who, mine, today),
            _sum(who, mine, open_, Case.agent_id.is_(None)),
        )
    ).one()
    first = db.session.scalars(
        select(Case.id)
        .join(Letter, Letter.id == Case.letter_id)
        .where(mine, open_, *conditions.on_desk(who), Case.due_on <= sunday)
        .order_by(Case.due_on, Case.id)
        .limit(SHOWN_CASES)
    ).all()
    return Digest(*sums, first=rows_of(who, list(first)))


def _sum(who: User, *which: ColumnElement[bool]) -> ColumnElement[int]:
    rows = select(Case.id).join(Letter, Letter.id == Case.letter_id).where(*which, *conditions.on_desk(who))
    return select(func.count()).select_from(rows.limit(MOST_SUMMED).subquery()).scalar_subquery()


def _promises(who: User, mine: ColumnElement[bool], today: date) -> ColumnElement[int]:
    rows = (
        select(Response.id)
        .join(Case, Case.id == Response.case_id)
        .join(Letter, Letter.id == Case.letter_id)
        .where(mine, *conditions.on_desk(who), conditions.is_next_promise(), Response.promise_due <= today + SOON)
    )
    return select(func.count()).select_from(rows.limit(MOST_SUMMED).subquery()).scalar_subquery()
