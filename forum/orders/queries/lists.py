"""Orders as lists: those that wait, those to alarm of, and their public count."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import Select, String, and_, cast, exists, func, literal, or_, select

from forum.accounts.models import Visitor
from forum.config import settings
from forum.core import paging
from forum.core.clock import local_date, utcnow
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.moderation.queries.queue import ROWS, Waiting
from forum.moderation.queries.sources import columns
from forum.orders.lifecycle import OPEN, OrderReason, OrderState
from forum.orders.models import Order

MOST_AT_ONCE = 500
WAITS = (*OPEN, OrderState.OBJECTED)


def waits() -> Select[int]:
    """Return the question which orders wait for a moderator."""
    return select(Order.id).where(Order.state.in_(WAITS))


def waiting_orders(who: Visitor, after: str | None) -> paging.Page[Waiting]:
    """Return a page of the orders that wait, the first deadline first; an objection stands by the deadline its order had."""
    found = paging.page(
        select(Order).where(Order.state.in_(WAITS)),
        keys=(Order.due_at, Order.id),
        kinds="ti",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.Order.due_at, row.Order.id),
    )
    return paging.Page([_waiting(who, row.Order) for row in found.items], found.next)


def rows_for_the_desk(who: Visitor) -> Select[Any]:
    """Return the orders to be carried out as rows of the one queue, by the deadline that each has; its alarm counts from half time."""
    return _rows(who, Order.due_at, Order.received_at, Order.half_at).where(Order.state.in_(OPEN))


def objections_for_the_desk(who: Visitor) -> Select[Any]:
    """Return the objections that wait, as rows of the one queue; another than who carried the order out decides."""
    return _rows(who, Order.objected_at, Order.objected_at, Order.objected_at).where(Order.state == OrderState.OBJECTED)


def _rows(who: Visitor, at: Any, since: Any, unseen: Any) -> Select[Any]:
    objected = Order.state == OrderState.OBJECTED
    title = Order.authority + " · " + Order.reference
    own = and_(objected, func.coalesce(Order.decided_by_id, 0) == who.id)
    return select(*columns(number=Order.id, at=at, title=title, by=literal(""), to=Order.ground, since=since, unseen=unseen, own=own))


def _waiting(who: Visitor, order: Order) -> Waiting:
    now, objected_at = utcnow(), order.objected_at if order.state is OrderState.OBJECTED else None
    due_at = order.due_at if objected_at is None else objected_at + timedelta(days=settings().appeal_decision_days)
    return Waiting(
        kind="order" if objected_at is None else "order_objection",
        id=order.id,
        title=f"{order.authority} · {order.reference}",
        by="",
        to=order.ground.value,
        since=objected_at or order.received_at,
        due=local_date(due_at, settings().time_zone),
        late=due_at <= now,
        alarm=objected_at is None and order.half_at <= now,
        due_at=due_at,
        for_others=objected_at is not None and order.decided_by_id == who.id,
    )


def alarming(now: datetime) -> Sequence[int]:
    """Return the open orders whose time is half or wholly over, and of which moderators were not told so; MOST_AT_ONCE at most."""
    told = exists().where(Event.about == "order:" + cast(Order.id, String), Event.kind == Kind.QUEUE_ALARM)
    return db.session.scalars(
        select(Order.id)
        .where(
            Order.state.in_(OPEN),
            or_(
                and_(Order.half_at <= now, ~told),
                and_(Order.due_at <= now, ~told.where(Event.at >= Order.due_at)),
            ),
        )
        .order_by(Order.due_at)
        .limit(MOST_AT_ONCE)
    ).all()


@dataclass(frozen=True)
class Counted:
    """Orders of one authority on one ground: how many came, were carried out and refused, and half took at most how long."""

    authority: str
    ground: OrderReason
    received: int
    carried_out: int
    refused: int
    median: timedelta | None


def counted() -> list[Counted]:
    """Return the orders by authority and ground, most first; they are few, and their times are compared here."""
    groups: defaultdict[tuple[str, OrderReason], list[Any]] = defaultdict(list)
    found = select(Order.authority, Order.ground, Order.refusal, Order.received_at, Order.decided_at)
    for row in db.session.execute(found.order_by(func.lower(Order.authority), Order.id)):
        groups[row.authority, row.ground].append(row)
    rows = [_counted(authority, ground, orders) for (authority, ground), orders in groups.items()]
    return sorted(rows, key=lambda one: -one.received)


def _counted(authority: str, ground: OrderReason, orders: Sequence[Any]) -> Counted:
    decided = [one for one in orders if one.decided_at is not None]
    refused = sum(one.refusal is not None for one in decided)
    took = [(one.decided_at - one.received_at).total_seconds() for one in decided]
    half = timedelta(seconds=median(took)) if took else None
    return Counted(authority, ground, len(orders), len(decided) - refused, refused, half)
