"""The clock of orders, wound by the worker."""

from forum.core.clock import utcnow
from forum.core.db import db
from forum.orders import actions, queries


def wind() -> None:
    """Alarm at half time and when the time is over."""
    orders = queries.alarming(utcnow())
    db.session.rollback()
    for order_id in orders:
        actions.alarm(queries.order_by_id(order_id))
