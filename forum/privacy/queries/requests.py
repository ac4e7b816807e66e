"""Data requests: one by its number, those of a person, those that wait for a moderator or alarm."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, String, case, cast, exists, func, literal, select

from forum.accounts.models import User, Visitor
from forum.config import settings
from forum.core import paging
from forum.core.clock import local_date, utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.events import Event, Kind
from forum.moderation.queries.queue import ROWS, Waiting
from forum.moderation.queries.sources import columns
from forum.people.lifecycle import RequestKind
from forum.people.models import JointRequest
from forum.privacy.lifecycle import DataKind, DataState
from forum.privacy.models import DataRequest

MOST_AT_ONCE = 200
MOST_SHOWN = 50


def request_by_id(request_id: int) -> DataRequest:
    """Return one; who may see it is asked by the caller. Raises Missing."""
    found = db.session.get(DataRequest, request_id)
    if found is None:
        raise Missing
    return found


def of_account(user: User, request_id: int) -> DataRequest:
    """Return one of this person's own; raises Missing."""
    found = request_by_id(request_id)
    if found.user_id != user.id:
        raise Missing
    return found


def mine(user: User) -> Sequence[DataRequest]:
    """Return what this person asked, newest first; MOST_SHOWN at most."""
    asked = select(DataRequest).where(DataRequest.user_id == user.id).order_by(DataRequest.id.desc())
    return db.session.scalars(asked.limit(MOST_SHOWN)).all()


def decisions() -> Select[Any]:
    """Return the question which requests wait for a moderator: copies are made by the worker."""
    return select(DataRequest.id).where(DataRequest.state == DataState.WAITING, DataRequest.kind != DataKind.ACCESS)


def rows_for_the_desk(who: Visitor) -> Select[Any]:
    """Return those that wait for a moderator as rows of the one queue; whose own it is, another decides."""
    mark = case((DataRequest.everything, "erase_everything"), else_=DataRequest.kind)
    own = func.coalesce(DataRequest.user_id, 0) == who.id
    rows = select(*columns(number=DataRequest.id, at=DataRequest.proved_at, title=literal(""), by=literal(""), mark=mark, own=own))
    return rows.where(DataRequest.state == DataState.WAITING, DataRequest.kind != DataKind.ACCESS)


def number_waiting() -> int:
    """Return how many wait for a moderator."""
    return db.session.scalar(select(func.count()).select_from(decisions().subquery())) or 0


def waiting_requests(who: User, after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of those that wait for a moderator, the first deadline first; whose own it is, another decides."""
    found = paging.page(
        select(DataRequest).where(DataRequest.state == DataState.WAITING, DataRequest.kind != DataKind.ACCESS),
        keys=(DataRequest.proved_at, DataRequest.id),
        kinds="ti",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row[0].proved_at, row[0].id),
    )
    return paging.Page([_waiting(row[0], who) for row in found.items], found.next)


def _waiting(one: DataRequest, who: User) -> Waiting:
    now = utcnow()
    since, due_at = one.proved_at or one.made_at, one.due_at or now
    return Waiting(
        kind="data_request",
        id=one.id,
        title="",
        by="",
        to="",
        since=since,
        due=local_date(due_at, settings().time_zone),
        late=now > due_at,
        alarm=now - since > (due_at - since) / 2,
        due_at=due_at,
        marks=("erase_everything" if one.everything else one.kind.value,),
        for_others=one.user_id == who.id,
    )


def half_over() -> Sequence[int]:
    """Return the requests that have waited for half of their time, copies as well, and of which nobody was told yet."""
    before = utcnow() - timedelta(hours=settings().data_request_hours) / 2
    told = exists().where(Event.about == "data_request:" + cast(DataRequest.id, String), Event.kind == Kind.QUEUE_ALARM)
    late = select(DataRequest.id).where(DataRequest.state == DataState.WAITING, DataRequest.proved_at <= before, ~told)
    return db.session.scalars(late.order_by(DataRequest.id).limit(MOST_AT_ONCE)).all()


def attend(request: DataRequest) -> JointRequest | None:
    """Return the newest demand of two persons that this request led to, None while nobody asked."""
    asked = (
        select(JointRequest)
        .where(JointRequest.kind == RequestKind.ERASE)
        .order_by(JointRequest.id.desc())
        .limit(MOST_AT_ONCE)
    )
    if request.user_id is not None:
        asked = asked.where(JointRequest.user_id == request.user_id)
    return next((one for one in db.session.scalars(asked) if one.data.get("data_request") == request.id), None)
