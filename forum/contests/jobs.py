"""The clocks of contests, wound by the worker."""

from forum.contests import actions, queries
from forum.core.clock import utcnow
from forum.core.db import db


def wind() -> None:
    """Hand to the moderators what authors let pass, remind those in the last half of a deadline, and alarm moderators."""
    now = utcnow()
    late, soon, overdue = queries.author_late(now), queries.to_remind(now), queries.overdue(now)
    db.session.rollback()
    for contest_id in late:
        actions.lapse(queries.contest_by_id(contest_id))
    for contest_id in soon:
        actions.remind(queries.contest_by_id(contest_id))
    for contest_id in overdue:
        actions.alarm(queries.contest_by_id(contest_id))
