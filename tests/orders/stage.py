"""What the tests of orders share: an order about things, and the verbs in short."""

from datetime import timedelta
from typing import Any

from forum.core.clock import utcnow
from forum.core.db import db
from forum.orders import actions, queries
from forum.orders.actions import Entry
from forum.orders.lifecycle import AuthorityKind, Hours, OrderReason
from forum.orders.models import Order

AUTHORITY = "Kementerian Komunikasi dan Digital"
MESSAGE = "Diturunkan karena perintah kementerian; lihat pasal yang disebut."
OBJECTION = "Surat saya tentang barang yang tidak dikirim; tidak ada perjudian di dalamnya."


def entry(*addresses: str, **more: Any) -> Entry:
    """A letter of the ministry that names these addresses, received now."""
    return Entry(
        **{
            "kind": AuthorityKind.MINISTRY,
            "authority": AUTHORITY,
            "reference": "B-77/DJAI/2026",
            "hours": Hours.NORMAL,
            "received_at": utcnow() - timedelta(minutes=5),
            "ground": OrderReason.GAMBLING,
            "words": "Pasal 27 ayat (2).",
            "addresses": addresses,
            **more,
        }
    )


def again(order: Order) -> Order:
    """The order as the database has it."""
    db.session.expire_all()
    return queries.order_by_id(order.id)


def entered(by: Any, *addresses: str, **more: Any) -> Order:
    """An order that was entered."""
    return again(actions.enter(entry(*addresses, **more), by=by))


def carried_out(by: Any, *addresses: str, **more: Any) -> Order:
    """An order that was entered, checked and carried out by one moderator."""
    order = entered(by, *addresses, **more)
    actions.check(order, by=by)
    actions.carry_out(again(order), by=by, message=MESSAGE)
    return again(order)
