"""Who may enter, check, carry out and refuse orders, object and settle: pure functions of (who, thing)."""

from collections.abc import Sequence
from dataclasses import dataclass

from forum.accounts.models import Visitor
from forum.core.access import kept_while_suspended
from forum.moderation.models import Thing
from forum.moderation.policy import may_decide_thing
from forum.orders.models import Order


@dataclass(frozen=True)
class Matter:
    """An order with the things it is about; `alone`: nobody else could decide on an objection."""

    order: Order
    things: Sequence[Thing]
    alone: bool = False


def may_enter(who: Visitor, _thing: object = None) -> bool:
    """Whether this person may enter an order and read all of them."""
    return who.is_moderator


def may_handle(who: Visitor, matter: Matter) -> bool:
    """Whether this moderator may check, carry out or refuse: nobody with a part in any of the things."""
    return who.is_moderator and all(may_decide_thing(who, thing) for thing in matter.things)


def may_settle(who: Visitor, matter: Matter) -> bool:
    """Whether this moderator may decide on the objection, or restore: another than who carried it out, where there is one."""
    return may_handle(who, matter) and (matter.alone or who.id != matter.order.decided_by_id)


@kept_while_suspended
def is_concerned(who: Visitor, order: Order) -> bool:
    """Whether words or a file of this person are a target; needs `order.targets`."""
    return not who.is_guest and any(one.person_id == who.id for one in order.targets)
