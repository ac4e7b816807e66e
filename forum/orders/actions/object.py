"""The counter-notice of those concerned, and how it ends."""

from forum.accounts.models import User
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.moderation import actions as moderation
from forum.moderation.actions.explain import ensure_words
from forum.orders import policy, queries
from forum.orders.lifecycle import LIFTS, OrderMove, OrderReason
from forum.orders.models import OBJECTION_CHARACTERS, Order


@unit_of_work
def object_to(order: Order, *, by: User, text: str) -> None:
    """Object to what an order took away, within the days of the settings, once.

    Raises NotAllowed, NotNow("objection_late"), NotNow when somebody objected already, or Invalid.
    """
    lock(order)
    ensure(policy.is_concerned, by, order)
    text, (least, most) = text.strip(), OBJECTION_CHARACTERS
    if not least <= len(text) <= most:
        raise Invalid("words_needed", field="text", length=len(text), least=least, most=most)
    if order.object_until is None or order.object_until < utcnow():
        raise NotNow("objection_late")
    order.move(OrderMove.OBJECT)
    order.objection, order.objected_at, order.objected_by_id = text, utcnow(), by.id
    record(Kind.ORDER_OBJECTED, by=by, role=Role.AUTHOR, about=order.about)


@unit_of_work
def settle(order: Order, *, by: User, end: OrderReason | None, message: str, seen: int | None = None) -> None:
    """Put everything back (the authority withdrew, a court lifted it, it was our mistake), or let it stay away after an objection.

    By another moderator than who carried it out. What another order names as well stays away. Raises NotAllowed, Stale, NotNow
    or Invalid.
    """
    lock(order)
    matter = queries.matter(by, order)
    ensure(policy.may_settle, by, matter)
    ensure_fresh(order, seen)
    if end is None or end not in (*LIFTS, OrderReason.ORDER_HOLDS):
        raise Invalid("reason_needed", field="end")
    restores = end in LIFTS
    since = order.objected_at or order.received_at
    order.move(OrderMove.RESTORE if restores else OrderMove.UPHOLD)
    order.answer = ensure_words(message)
    order.end, order.settled_at, order.settled_by_id = end, utcnow(), by.id
    db.session.flush()
    took = {one.about for one in order.targets if one.took}
    for thing in sorted(matter.things, key=lambda one: (one.letter.id, one.about)) if restores else ():
        lock(thing.letter)
        lock(thing.row)
        if thing.about in took and thing.was_taken and not queries.holds(thing.about, beside=order.id):
            moderation.restore(thing, by=by, message=order.answer)
    record(
        Kind.ORDER_SETTLED,
        by=by,
        role=Role.MODERATOR,
        about=order.about,
        asked_by="author" if order.objected_at is not None else "authority",
        asked_at=since.isoformat(),
        reason=end.value,
        decision=("upheld" if order.objected_at is not None else "restored") if restores else "dismissed",
    )
