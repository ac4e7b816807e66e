"""What readers reported, each thing once: by what its reports weigh, and what waits too long before all.

However many reports come in, they change the order and nothing else; of a storm the first ones count most.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import case, func, literal, select

from forum.accounts.models import Visitor
from forum.config import settings
from forum.core import paging
from forum.core.clock import local_date, utcnow
from forum.letters.models import Letter
from forum.moderation.lifecycle import ReportState, ThingKind
from forum.moderation.models import Report
from forum.moderation.queries.queue import ROWS, Waiting

FOR_EACH = 5
MOST_FOR_ALL = 50
"""What the number of reports adds at most: a hundred of them weigh no more than ten."""
OVERDUE = 1_000
"""What waits for a decision beyond its alarm goes before all that is fresh, whatever it weighs."""


def waiting_reports(who: Visitor, after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of reported things, each once however many reported it, the heaviest first."""
    config, now = settings(), utcnow()
    number, since = func.count(), func.min(func.coalesce(Report.reopened_at, Report.created_at))
    weight = (
        func.max(Report.weight)
        + case((number * FOR_EACH > MOST_FOR_ALL, MOST_FOR_ALL), else_=number * FOR_EACH)
        + case((since < now - timedelta(hours=config.report_alarm_hours), OVERDUE), else_=0)
    )
    groups = (
        select(
            Report.about,
            Report.letter_id,
            func.min(Report.id).label("first_id"),
            since.label("since"),
            number.label("number"),
            (literal(0) - weight).label("light"),  # ascends as reports weigh less
            func.max(case((Report.reporter_id == who.id, 1), else_=0)).label("own"),
        )
        .where(Report.state == ReportState.OPEN)
        .group_by(Report.about, Report.letter_id)
        .subquery()
    )
    found = paging.page(
        select(groups, Letter.title, Letter.byline).join(Letter, Letter.id == groups.c.letter_id),
        keys=(groups.c.light, groups.c.first_id),
        kinds="ii",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.light, row.first_id),
    )
    return paging.Page([_waiting(row) for row in found.items], found.next)


def _waiting(row: Any) -> Waiting:
    """What is decided within the hours of the settings, counted from the first report on it, or since it waits once more."""
    config, now = settings(), utcnow()
    kind, _, number = row.about.partition(":")
    due_at = row.since + timedelta(hours=config.report_hours)
    return Waiting(
        kind=ThingKind(kind),
        id=int(number),
        title=row.title,
        by=row.byline,
        to="",
        since=row.since,
        due=local_date(due_at, config.time_zone),
        late=now > due_at,
        alarm=now - row.since > timedelta(hours=config.report_alarm_hours),
        due_at=due_at,
        number=row.number,
        for_others=bool(row.own),
    )
