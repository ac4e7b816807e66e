"""Who hears of orders of authorities."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.accounts.models import User
from forum.core.db import db
from forum.notifications.audiences import Recipient, Why, moderators, person
from forum.notifications.subjects import Subject, about
from forum.orders.lifecycle import OrderState
from forum.orders.models import Order


def order_of(subject: Subject) -> Order | None:
    """Return the order of the event with its targets."""
    number = about(subject.event, "order") or 0
    return db.session.scalar(select(Order).where(Order.id == number).options(selectinload(Order.targets)))


def office(subject: Subject) -> list[Recipient]:
    """Every moderator and administrator, while it waits."""
    order = order_of(subject)
    if order is None or not order.is_open:
        return []
    return [one for user in moderators() for one in person(user, Why.MODERATOR)]


def judges(subject: Subject) -> list[Recipient]:
    """The moderators beside the one who carried it out, and that one where there is no other; while the objection waits."""
    order = order_of(subject)
    if order is None or order.state is not OrderState.OBJECTED:
        return []
    all_of = moderators()
    others = [user for user in all_of if user.id != order.decided_by_id] or all_of
    return [one for user in others for one in person(user, Why.MODERATOR)]


def concerned(subject: Subject) -> list[Recipient]:
    """Whose words or files it took away; nobody when it was refused."""
    order = order_of(subject)
    if order is None or order.refusal is not None:
        return []
    ids = sorted({one.person_id for one in order.targets if one.person_id is not None})
    return [one for user_id in ids for one in person(db.session.get(User, user_id), Why.WRITER)]
