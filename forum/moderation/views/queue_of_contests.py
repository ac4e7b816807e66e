"""Contests and rights of reply as lines of the queue; their rooms lie above and beside this one, so a view looks them up."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from forum.accounts.models import Visitor
from forum.config import settings
from forum.contests import queries as contests
from forum.core.clock import local_date, utcnow
from forum.core.paging import Page
from forum.moderation.queries.queue import ROWS, Waiting
from forum.reply import queries as replies


def waiting_contests(who: Visitor, after: str | None) -> Page[Waiting]:
    """Return a page of contests, the first deadline first; whose own it is, another moderator decides."""
    found = contests.waiting(after, size=ROWS)
    hours = settings().contest_hours
    return Page(
        [
            _waiting(
                "contest",
                row.id,
                row.title,
                row.since,
                hours,
                by=row.business or _("A person named in the letter"),
                to=row.ground.value,
                marks=("hides",) if row.hides else (),
                for_others=row.by_id == who.id or row.merchant_id in who.merchant_ids,
            )
            for row in found.items
        ],
        found.next,
    )


def waiting_replies(after: str | None) -> Page[Waiting]:
    """Return a page of rights of reply, the longest waiting first."""
    found = replies.waiting(after, size=ROWS)
    hours = settings().reply_hours
    return Page(
        [_waiting("reply", row.id, row.title, row.proved_at, hours, by=row.byline) for row in found.items], found.next
    )


def _waiting(
    kind: str,
    row_id: int,
    title: str,
    since: datetime,
    hours: int,
    *,
    by: str,
    to: str = "",
    marks: tuple[str, ...] = (),
    for_others: bool = False,
) -> Waiting:
    now, due_at = utcnow(), since + timedelta(hours=hours)
    return Waiting(
        kind=kind,
        id=row_id,
        title=title,
        by=by,
        to=to,
        since=since,
        due=local_date(due_at, settings().time_zone),
        late=now > due_at,
        alarm=now > due_at,
        due_at=due_at,
        marks=marks,
        for_others=for_others,
    )
