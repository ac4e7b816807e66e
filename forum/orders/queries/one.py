"""One order with what it is about, and which order keeps a thing from view."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.accounts.models import User, Visitor
from forum.accounts.rights import JUDGES
from forum.attachments.models import Attachment
from forum.core.blocking import Blocked, knows_orders
from forum.core.db import db
from forum.core.errors import Missing
from forum.moderation.lifecycle import ThingKind
from forum.moderation.models import Thing
from forum.moderation.queries.things import thing_for
from forum.orders import policy
from forum.orders.lifecycle import BLOCKING
from forum.orders.models import Order, Target
from forum.orders.policy import Matter


def order_by_id(order_id: int) -> Order:
    """Return an order with its targets; the caller asks who may see it. Raises Missing."""
    found = db.session.scalar(select(Order).where(Order.id == order_id).options(selectinload(Order.targets)))
    if found is None:
        raise Missing
    return found


def order_for(who: Visitor, order_id: int) -> Order:
    """Return an order that was carried out, for whose words it took away; raises Missing for everybody else."""
    found = order_by_id(order_id)
    if found.object_until is None or not policy.is_concerned(who, found):
        raise Missing
    return found


def thing_of(who: Visitor, about: str) -> Thing:
    """Return a target as this moderator sees it."""
    kind, _colon, number = about.partition(":")
    return thing_for(who, ThingKind(kind), int(number))


def matter(who: Visitor, order: Order) -> Matter:
    """Return the order with its things, as this moderator sees them; needs `order.targets`."""
    things = [thing_of(who, one.about) for one in order.targets]
    others = db.session.scalars(
        select(User).where(User.standing.in_(JUDGES), User.closed_at.is_(None), User.id != order.decided_by_id)
    )
    alone = order.decided_by_id is not None and not any(policy.may_handle(one, Matter(order, things)) for one in others)
    return Matter(order, things, alone)


def files_of(order_id: int) -> Sequence[Attachment]:
    """Return the documents of an order, for the moderators."""
    return db.session.scalars(
        select(Attachment).where(Attachment.order_id == order_id).order_by(Attachment.position)
    ).all()


def people_of(order: Order) -> dict[int, str]:
    """Return the names of those who did something about the order, for the moderators."""
    ids = (order.made_by_id, order.checked_by_id, order.decided_by_id, order.objected_by_id, order.settled_by_id)
    return {row.id: row.name for row in db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))}


def holds(about: str, *, beside: int = 0) -> bool:
    """Whether an order that was carried out keeps the thing from view, other than the one of the number `beside`."""
    found = (
        select(Target.id)
        .join(Order, Order.id == Target.order_id)
        .where(Target.about == about, Target.took, Order.state.in_(BLOCKING), Order.id != beside)
    )
    return db.session.scalar(found.limit(1)) is not None


@knows_orders
def blocked(about: str) -> Blocked | None:
    """Return by which order the thing is kept from view, the first of several."""
    row = db.session.execute(
        select(Order.id, Order.authority, Order.ground, Order.decided_at)
        .join(Target, Target.order_id == Order.id)
        .where(Target.about == about, Order.state.in_(BLOCKING))
        .order_by(Order.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else Blocked(row.id, row.authority, row.ground.value, row.decided_at)
