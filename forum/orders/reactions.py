"""The number of orders in the queue of the desk; what an order took away comes back by the order alone."""

from forum.config import settings
from forum.core.errors import NotNow
from forum.core.events import Event, Kind, on
from forum.moderation.queries import queue
from forum.moderation.queries.deadlines import Within
from forum.moderation.queries.sources import Source, about, also_waits, page_of
from forum.orders import queries

queue.also_counts("orders", queries.waits)
also_waits(
    Source(
        "order",
        "orders",
        queries.rows_for_the_desk,
        Within(lambda: 0),  # the row says itself by when
        page_of("orders.desk", "order_id"),
        (Kind.ORDER_DECIDED,),
        about("order"),
        lambda: 0,
    )
)
also_waits(
    Source(
        "order_objection",
        "orders",
        queries.objections_for_the_desk,
        Within(lambda: settings().appeal_decision_days * 24),
        page_of("orders.desk", "order_id"),
        (Kind.ORDER_SETTLED,),
        about("order"),
    )
)


@on(
    Kind.LETTER_REINSTATED,
    Kind.COMMENT_RESTORED,
    Kind.RESPONSE_RESTORED,
    Kind.ATTACHMENT_RESTORED,
    Kind.REPLY_RESTORED,
)
def stay_away(happened: Event) -> None:
    """Nobody puts back what an order keeps from view; raises NotNow("under_order"), which undoes it."""
    if queries.holds(happened.about or f"letter:{happened.letter_id}"):
        raise NotNow("under_order")
