"""The clocks of legal matters, wound by the worker."""

from datetime import timedelta

from forum.config import settings
from forum.core.clock import local_date, utcnow, working_days_between
from forum.core.db import db
from forum.legal import actions, queries
from forum.letters.clocks import calendar
from forum.people.actions import tell_those_due


def wind() -> None:
    """Alarm the moderators of notices whose day is near, and tell people what an order does not forbid any more."""
    config = settings()
    today = local_date(utcnow(), config.time_zone)
    free = config.legal_answer_days - config.legal_alarm_days  # working days that may pass before the alarm
    day = today
    while working_days_between(day, today, calendar()) < free:
        day -= timedelta(days=1)
    near = queries.near_due(day)
    db.session.rollback()
    for notice_id in near:
        actions.alarm(notice_id)
    tell_those_due()
