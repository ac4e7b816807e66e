"""What data requests enter elsewhere: their number in the queue of the desk, and the files of the storage that they name."""

from forum.attachments.models import ALSO_NAMED
from forum.config import settings
from forum.moderation.queries import queue
from forum.moderation.queries.deadlines import Within
from forum.moderation.queries.sources import Source, about, also_waits, page_of
from forum.privacy import queries
from forum.privacy.models import DataRequest

queue.also_counts("data", queries.decisions)
also_waits(
    Source(
        "data",
        "data",
        queries.rows_for_the_desk,
        Within(lambda: settings().data_request_hours),
        page_of("privacy.review", "request_id"),
        (),  # what is done with one stands in the processing log, not among the events
        about("data"),
        lambda: settings().data_request_hours // 2,
    )
)
if DataRequest.key not in ALSO_NAMED:
    ALSO_NAMED.append(DataRequest.key)
