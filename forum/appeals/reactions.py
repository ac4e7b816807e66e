"""What appeals enter elsewhere: their decisions, and their number in the queue of the desk."""

from sqlalchemy import select

from forum.appeals import entries, entries_of_requests
from forum.appeals.lifecycle import AppealState
from forum.appeals.models import Appeal
from forum.appeals.queries import rows_for_the_desk
from forum.config import settings
from forum.core.events import Kind
from forum.moderation.queries import queue
from forum.moderation.queries.deadlines import Within
from forum.moderation.queries.sources import Source, about, also_waits, page_of

__all__ = ["entries", "entries_of_requests"]

queue.also_counts("appeals", lambda: select(Appeal.id).where(Appeal.state == AppealState.OPEN))
also_waits(
    Source(
        "appeal",
        "appeals",
        rows_for_the_desk,
        Within(lambda: settings().appeal_decision_days * 24),
        page_of("appeals.judge", "appeal_id"),
        (Kind.APPEAL_DECIDED,),
        about("appeal"),
        lambda: settings().appeal_alarm_days * 24,
    )
)
