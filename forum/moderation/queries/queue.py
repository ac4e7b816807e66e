"""The queue: what waits for a moderator, oldest deadline first, each kind a page by key."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from forum.accounts.models import User
from forum.config import settings
from forum.core import paging
from forum.core.clock import add_working_days, local_date, utcnow
from forum.core.db import db
from forum.letters.clocks import calendar
from forum.letters.lifecycle import Publication, RevisionState
from forum.letters.models import Letter, Revision
from forum.letters.queries import lists
from forum.merchants.lifecycle import ClaimState
from forum.merchants.models import Claim, Merchant
from forum.moderation.lifecycle import ReportState, ThingKind
from forum.moderation.models import Report

ROWS = 25
REVIEW_WORKING_DAYS = 1
REPORT_HOURS = 48  # PRODUCT.md, clocks: decision on a reader's report


@dataclass(frozen=True)
class Waiting:
    """One thing that waits; `late` when its deadline is over, `alarm` after the hours of the settings."""

    kind: str  # letter, revision, claim or a ThingKind of a report
    id: int
    title: str
    by: str
    to: str
    since: datetime
    due: date
    late: bool
    alarm: bool
    number: int = 1  # reports on it


@dataclass(frozen=True)
class Counts:
    """How much waits of each kind."""

    letters: int
    revisions: int
    claims: int
    reports: int


def counts() -> Counts:
    """Return how much waits: one query."""
    row = db.session.execute(
        select(
            _number(select(Letter.id).where(Letter.publication == Publication.SUBMITTED)),
            _number(select(Revision.id).where(Revision.state == RevisionState.WAITING)),
            _number(select(Claim.id).where(Claim.state == ClaimState.WAITING_MODERATOR)),
            _number(select(Report.about).where(Report.state == ReportState.OPEN).distinct()),
        )
    ).one()
    return Counts(*row)


def waiting_letters(after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of submitted letters."""
    found = paging.page(
        select(*lists.COLUMNS).where(Letter.publication == Publication.SUBMITTED),
        keys=(Letter.submitted_at, Letter.id),
        kinds="ti",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.submitted_at, row.id),
    )
    items = [
        _waiting(
            "letter",
            row.id,
            row.title,
            row.submitted_at,
            _after_working_days(row.submitted_at),
            by=row.byline,
            to=", ".join(case.merchant for case in row.cases),
        )
        for row in lists.rows(found.items)
        if row.submitted_at is not None
    ]
    return paging.Page(items, found.next)


def waiting_revisions(after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of changes that authors propose for their published letters."""
    found = paging.page(
        select(Revision.id, Revision.made_at, Revision.why, Letter.title, Letter.byline)
        .join(Revision.letter)
        .where(Revision.state == RevisionState.WAITING),
        keys=(Revision.made_at, Revision.id),
        kinds="ti",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.made_at, row.id),
    )
    items = [
        _waiting(
            "revision", row.id, row.title, row.made_at, _after_working_days(row.made_at), by=row.byline, to=row.why
        )
        for row in found.items
    ]
    return paging.Page(items, found.next)


def waiting_claims(after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of claims of businesses that need a moderator."""
    found = paging.page(
        select(Claim.id, Claim.created_at, Claim.job_title, Merchant.name, User.name.label("person"))
        .join(Claim.merchant)
        .join(Claim.user)
        .where(Claim.state == ClaimState.WAITING_MODERATOR),
        keys=(Claim.created_at, Claim.id),
        kinds="ti",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.created_at, row.id),
    )
    items = [
        _waiting(
            "claim",
            row.id,
            row.name,
            row.created_at,
            _after_working_days(row.created_at),
            by=row.person,
            to=row.job_title,
        )
        for row in found.items
    ]
    return paging.Page(items, found.next)


def waiting_reports(after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of reported things, each once however many reported it."""
    groups = (
        select(
            Report.about,
            Report.letter_id,
            func.min(Report.id).label("first_id"),
            func.min(Report.created_at).label("since"),
            func.count().label("number"),
        )
        .where(Report.state == ReportState.OPEN)
        .group_by(Report.about, Report.letter_id)
        .subquery()
    )
    found = paging.page(
        select(groups, Letter.title, Letter.byline).join(Letter, Letter.id == groups.c.letter_id),
        keys=(groups.c.first_id,),
        kinds="i",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.first_id,),
    )
    items = []
    for row in found.items:
        kind, _, number = row.about.partition(":")
        due = _after_report_hours(row.since)
        items.append(
            _waiting(ThingKind(kind), int(number), row.title, row.since, due, by=row.byline, number=row.number)
        )
    return paging.Page(items, found.next)


def _number(query: Select[Any]) -> Any:
    return select(func.count()).select_from(query.subquery()).scalar_subquery()


def _after_working_days(since: datetime) -> date:
    return add_working_days(local_date(since, settings().time_zone), REVIEW_WORKING_DAYS, calendar())


def _after_report_hours(since: datetime) -> date:
    return local_date(since + timedelta(hours=REPORT_HOURS), settings().time_zone)


def _waiting(
    kind: str, row_id: int, title: str, since: datetime, due: date, *, by: str, to: str = "", number: int = 1
) -> Waiting:
    config, now = settings(), utcnow()
    return Waiting(
        kind=kind,
        id=row_id,
        title=title,
        by=by,
        to=to,
        since=since,
        due=due,
        late=local_date(now, config.time_zone) > due,
        alarm=now - since > timedelta(hours=config.review_alarm_hours),
        number=number,
    )
