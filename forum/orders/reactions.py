"""The number of orders in the queue of the desk; what an order took away comes back by the order alone."""

from forum.core.errors import NotNow
from forum.core.events import Event, Kind, on
from forum.moderation.queries import queue
from forum.orders import queries

queue.also_counts("orders", queries.waits)


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
