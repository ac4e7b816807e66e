"""What data requests enter elsewhere: their number in the queue of the desk, and the files of the storage that they name."""

from forum.attachments.models import ALSO_NAMED
from forum.moderation.queries import queue
from forum.privacy import queries
from forum.privacy.models import DataRequest

queue.also_counts("data", queries.decisions)
if DataRequest.key not in ALSO_NAMED:
    ALSO_NAMED.append(DataRequest.key)
