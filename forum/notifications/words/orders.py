"""What people are told of orders of authorities."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.core import formats
from forum.notifications.audiences_of_orders import order_of
from forum.notifications.subjects import Subject, about
from forum.notifications.words.form import Words, path
from forum.orders.words import reason_words

CLOSED = {"order_carried_out", "order_settled"}
"""They name no letter, so they stay true when it is gone."""


def _desk(s: Subject, line: str, *more: str) -> Words:
    order = order_of(s)
    if order is None:
        return Words(line, path=path("moderation.orders"), button=_("Open it on the desk"))
    said = (
        _("Authority: %(name)s, number %(reference)s.", name=order.authority, reference=order.reference),
        _("To be carried out by %(moment)s.", moment=formats.moment(order.due_at)),
    )
    return Words(line, (*said, *more), path=path("orders.desk", order_id=order.id), button=_("Open it on the desk"))


def _own(s: Subject, line: str, *more: str, quote: str) -> Words:
    order = order_of(s)
    if order is None:
        return Words(line, path=path("orders.where"), button=_("See the order"))
    said = (
        _("Authority: %(name)s, number %(reference)s.", name=order.authority, reference=order.reference),
        _("Legal ground: %(ground)s.", ground=reason_words(order.ground)),
    )
    button = _("See the order") if about(s.event, "order") else ""
    return Words(line, (*said, *more), quote=quote, path=path("orders.one", order_id=order.id), button=button)


def _received(s: Subject) -> Words:
    return _desk(s, _("An authority orders something to be taken down."))


def _alarm(s: Subject) -> Words:
    if s.event.data.get("over"):
        return _desk(s, _("The time to carry out an order of an authority is over."))
    return _desk(s, _("Half of the time to carry out an order of an authority is over."))


def _objected(s: Subject) -> Words:
    return _desk(s, _("Somebody concerned objects to an order that was carried out; please decide."))


def _carried_out(s: Subject) -> Words:
    order = order_of(s)
    until = "" if order is None else formats.moment(order.object_until)
    return _own(
        s,
        _("An authority ordered us to take down what you wrote."),
        _("You may object until %(moment)s; another editor decides then.", moment=until),
        quote="" if order is None else order.message,
    )


def _settled(s: Subject) -> Words:
    order = order_of(s)
    end = _("How it ended: %(end)s.", end=reason_words(s.data("reason")))
    restored = s.data("decision") != "dismissed"
    line = _("What an authority ordered us to take down is shown again.") if restored else _("The objection to the order was refused.")
    return _own(s, line, end, quote="" if order is None else order.answer)


WORDS: dict[str, Callable[[Subject], Words]] = {
    "order_received": _received,
    "order_alarm": _alarm,
    "order_objected": _objected,
    "order_carried_out": _carried_out,
    "order_settled": _settled,
}
