"""Work of data requests that the worker does."""

from flask import current_app

from forum.core.db import db
from forum.core.jobs import handles
from forum.privacy import actions, queries
from forum.privacy.actions.asking import COPY


@handles(COPY)
def copy_data(request_id: int) -> None:
    """Make the copy that a request asks for; harmless to run twice."""
    actions.make_copy(request_id, current_app.extensions["storage"])


def alarm_requests() -> None:
    """Alarm the moderators of requests of which half of the time is over."""
    late = queries.half_over()
    db.session.rollback()
    for request_id in late:
        actions.alarm(request_id)
