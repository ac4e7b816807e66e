"""Checking an order, carrying it out on everything at once, or refusing it."""

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Event, Kind, Role, record
from forum.moderation import actions as moderation
from forum.moderation.actions.explain import ensure_words
from forum.moderation.lifecycle import Reason, ThingKind
from forum.orders import policy, queries
from forum.orders.actions.mails import drop_unsent
from forum.orders.lifecycle import REFUSALS, OrderMove, OrderReason
from forum.orders.models import Order


@unit_of_work
def check(order: Order, *, by: User, seen: int | None = None) -> None:
    """Say that the order is genuine, as whoever called the authority back; raises NotAllowed, Stale or NotNow."""
    lock(order)
    ensure(policy.may_handle, by, queries.matter(by, order))
    ensure_fresh(order, seen)
    order.move(OrderMove.CHECK)
    order.checked_at, order.checked_by_id = utcnow(), by.id
    record(Kind.ORDER_CHECKED, by=by, role=Role.MODERATOR, about=order.about)


@unit_of_work
def carry_out(order: Order, *, by: User, message: str, seen: int | None = None) -> None:
    """Take everything that the order names from view, in this one unit of work; `message` goes to those whose it is.

    What is not shown anyway stays as it is, and answers 451 as well. Raises NotAllowed, Stale, NotNow or Invalid.
    """
    lock(order)
    matter = queries.matter(by, order)
    ensure(policy.may_handle, by, matter)
    ensure_fresh(order, seen)
    if not matter.things:
        raise NotNow("nothing_named")
    order.move(OrderMove.CARRY_OUT)
    _decide(order, by, message)
    targets = {one.about: one for one in order.targets}
    for thing in sorted(matter.things, key=lambda one: (one.letter.id, one.kind is ThingKind.LETTER, one.about)):
        lock(thing.letter)
        lock(thing.row)
        if thing.stands:
            moderation.hide(thing, by=by, reason=Reason.ORDER, message=order.message)
            targets[thing.about].took = True
        else:
            targets[thing.about].took = queries.holds(thing.about, beside=order.id)
    drop_unsent(matter.things)
    _tell(order, by, "upheld", order.ground)


@unit_of_work
def refuse(order: Order, *, by: User, reason: OrderReason | None, message: str, seen: int | None = None) -> None:
    """Do not carry the order out, for a closed reason and with words for the file; raises NotAllowed, Stale, NotNow or Invalid."""
    lock(order)
    ensure(policy.may_handle, by, queries.matter(by, order))
    ensure_fresh(order, seen)
    if reason not in REFUSALS:
        raise Invalid("reason_needed", field="reason")
    order.move(OrderMove.REFUSE)
    order.refusal = reason
    _decide(order, by, message)
    _tell(order, by, "dismissed", reason)


@unit_of_work
def alarm(order: Order) -> None:
    """Tell every moderator and administrator once that half of the time is over, and once that all of it is. Safe to run twice."""
    lock(order)
    now = utcnow()
    newest = db.session.scalar(
        select(func.max(Event.at)).where(Event.about == order.about, Event.kind == Kind.QUEUE_ALARM)
    )
    due = order.due_at if order.due_at <= now else order.half_at
    if not order.is_open or due > now or (newest is not None and newest >= due):
        return
    record(Kind.QUEUE_ALARM, by=None, role=Role.SYSTEM, about=order.about, over=order.due_at <= now)


def _decide(order: Order, by: User, message: str) -> None:
    order.message = ensure_words(message)
    order.decided_at, order.decided_by_id = utcnow(), by.id


def _tell(order: Order, by: User, decision: str, reason: OrderReason) -> None:
    record(
        Kind.ORDER_DECIDED,
        by=by,
        role=Role.MODERATOR,
        about=order.about,
        asked_by="authority",
        asked_at=order.received_at.isoformat(),
        reason=reason.value,
        decision=decision,
    )
