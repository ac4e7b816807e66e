"""What is asked about orders."""

from forum.orders.queries.lists import (
    Counted,
    alarming,
    counted,
    objections_for_the_desk,
    rows_for_the_desk,
    waiting_orders,
    waits,
)
from forum.orders.queries.one import blocked, files_of, holds, matter, order_by_id, order_for, people_of, thing_of

__all__ = [
    "Counted",
    "alarming",
    "blocked",
    "counted",
    "files_of",
    "holds",
    "matter",
    "objections_for_the_desk",
    "order_by_id",
    "order_for",
    "people_of",
    "rows_for_the_desk",
    "thing_of",
    "waiting_orders",
    "waits",
]
