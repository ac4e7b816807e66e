"""What appeals enter elsewhere: their decisions, and their number in the queue of the desk."""

from sqlalchemy import select

from forum.appeals import entries, entries_of_requests
from forum.appeals.lifecycle import AppealState
from forum.appeals.models import Appeal
from forum.moderation.queries import queue

__all__ = ["entries", "entries_of_requests"]

queue.also_counts("appeals", lambda: select(Appeal.id).where(Appeal.state == AppealState.OPEN))
