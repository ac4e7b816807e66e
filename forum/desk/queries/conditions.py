"""Which cases are on a desk, and in which order: conditions that each meet an index."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from forum.accounts.models import User
from forum.config import settings
from forum.contests.lifecycle import OPEN as OPEN_CONTESTS
from forum.contests.models import Contest
from forum.contests.queries import is_contested
from forum.core.clock import local_date, utcnow
from forum.core.db import LARGEST_ID
from forum.desk.lifecycle import MINE, NOBODY, Show, Wanted
from forum.letters.lifecycle import Outcome, Publication, ResponseState
from forum.letters.models import Case, Letter
from forum.letters.policy import OPEN
from forum.responses.lifecycle import PROMISE_ANSWER_DAYS
from forum.responses.models import Response

TO_ANSWER = (ResponseState.AWAITING, ResponseState.ACKNOWLEDGED)
ENDINGS = tuple(one for one in Outcome if one is not Outcome.NONE)
MOST_RUNS = 120
_ANSWERING = timedelta(days=PROMISE_ANSWER_DAYS)


@dataclass(frozen=True)
class Order:
    """The column a list is ordered by, and its way: `kind` is d for a day, t for a moment."""

    column: Any
    kind: str
    descending: bool = False


def today() -> date:
    """The calendar day where the site is."""
    return local_date(utcnow(), settings().time_zone)


def order(show: Show) -> Order:
    """Return the order of a list: what is due first on top, of what is answered the newest."""
    if show in {Show.DUE, Show.OVERDUE, Show.ASKED}:
        return Order(Case.due_on, "d")
    if show is Show.PROMISED:
        return Order(Response.promise_due, "d")
    if show in {Show.ANSWERED, Show.RATED}:
        return Order(Case.answered_at, "t", descending=True)
    return Order(Case.started_at, "t", descending=True)


def merchants(who: User, wanted: Wanted) -> list[int]:
    """Return the businesses whose cases are shown; none that is not this person's."""
    mine = sorted(who.reading_ids)
    return [one for one in mine if one == wanted.merchant] if wanted.merchant else mine


def runs(who: User, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return conditions whose rows together are the list, each a stretch of one index in the order of the list.

    One for each business and state; a single one, without that order, when there would be too many.
    """
    axis, values = _axis(wanted.show)
    chosen = merchants(who, wanted)
    business: Any = Case.merchant_id
    if wanted.show in {Show.PROMISED, Show.CONTESTED} or wanted.agent not in {"", NOBODY}:
        business = Case.merchant_id + 0  # few: found by their promise, contest or agent, not among all cases of the business
    if not chosen:
        return []
    if len(chosen) * len(values or [None]) > MOST_RUNS:
        within = business.in_(chosen)
        return [within & axis.in_(values) if values else within]
    pairs = product(chosen, values or [None])
    return [(business == one) & (axis == value) if values else business == one for one, value in pairs]


def _axis(show: Show) -> tuple[Any, tuple[Any, ...]]:
    if show in {Show.DUE, Show.OVERDUE}:
        return Case.response, TO_ANSWER
    if show is Show.ASKED:
        return Case.response, (ResponseState.ASKED,)
    if show is Show.ANSWERED:
        return Case.outcome, (Outcome.NONE,)
    if show is Show.RATED:
        return Case.outcome, ENDINGS
    return None, ()


def on_desk(who: User) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of every case on a person's desk, beside its business: in print, and not their own letter."""
    return Letter.publication == Publication.PUBLISHED, Letter.visibility.in_(OPEN), Letter.author_id != who.id


def chosen(who: User, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions beside business and state: that the letter is on the desk, and everything a person chose.

    The letter is asked for, not joined: so no planner begins with the letters.
    """
    letter = [Letter.id == Case.letter_id, *on_desk(who)]
    if wanted.q:
        letter.append(_named(wanted.q))
    found: list[ColumnElement[bool]] = [order(wanted.show).column.is_not(None)]
    if wanted.category:
        found.append(Case.category == wanted.category)  # it stands in the index: no other row is looked up for it
    if wanted.show is Show.OVERDUE:
        found.append(Case.due_on < today())
    elif wanted.show is Show.ANSWERED:
        found.append(Case.response == ResponseState.ANSWERED)
    elif wanted.show is Show.PROMISED:
        found.append(is_next_promise())
    elif wanted.show is Show.CONTESTED:
        found += [Case.id.in_(select(Contest.case_id).where(Contest.state.in_(OPEN_CONTESTS))), is_contested(Case.id)]
    if wanted.agent:
        found.append(_in_hand(who, wanted.agent))
    return [*found, select(Letter.id).where(*letter).correlate(Case).exists()]


def _in_hand(who: User, agent: str) -> ColumnElement[bool]:
    if agent == NOBODY:
        return Case.agent_id.is_(None)
    return Case.agent_id == (who.id if agent == MINE else int(agent))


def _named(q: str) -> ColumnElement[bool]:
    """The words stand in the title, or it is exactly the number of the letter or of the case; private details are sealed."""
    found: ColumnElement[bool] = func.lower(Letter.title).contains(q.lower(), autoescape=True)
    number = q.removeprefix("#")
    if number.isascii() and number.isdigit() and int(number) <= LARGEST_ID:
        return or_(found, Letter.id == int(number), Case.id == int(number))
    return found


def open_promise(response: Any, day: date) -> ColumnElement[bool]:
    """Whether a response holds a promise that the business has not called done and nobody judged, its author still being asked."""
    return and_(
        response.promise_due >= day - _ANSWERING,
        response.promise_verdict.is_(None),
        response.promise_done_at.is_(None),
        response.hidden_at.is_(None),
    )


def is_next_promise() -> ColumnElement[bool]:
    """Whether the joined response is the case's first open promise, so that a case stands in the list once."""
    earlier = aliased(Response)
    before = or_(
        earlier.promise_due < Response.promise_due,
        and_(earlier.promise_due == Response.promise_due, earlier.id < Response.id),
    )
    day = today()
    return open_promise(Response, day) & ~exists().where(
        earlier.case_id == Response.case_id, open_promise(earlier, day), before
    ).correlate(Response)
