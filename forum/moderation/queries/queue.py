"""The queue: what waits for a moderator, oldest deadline first, each kind a page by key."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import aliased

from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.config import settings
from forum.core import paging
from forum.core.clock import add_working_days, local_date, utcnow
from forum.core.db import db
from forum.letters.clocks import calendar
from forum.letters.lifecycle import Publication, RevisionState
from forum.letters.models import Letter, Revision
from forum.merchants.lifecycle import ClaimState, NameState, ObjectionState
from forum.merchants.models import Claim, Merchant, MerchantName, Objection
from forum.moderation.lifecycle import ReportState
from forum.moderation.models import Report
from forum.moderation.queries import files
from forum.moderation.queries.addresses import untold_businesses
from forum.reply.lifecycle import ReplyState
from forum.reply.models import Reply
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink
from forum.responses.queries import mailed

ROWS = 25
OPEN_OBJECTIONS = (Objection.state == ObjectionState.OPEN, Objection.claim_id.is_(None))
"""Those to a proof; those to a claim are decided with it."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits; `late` when its deadline is over, `alarm` after the hours of the settings.

    The deadline is the day `due`, or for what is counted in hours the moment `due_at`.
    """

    kind: str  # letter, revision, claim or a ThingKind of a report
    id: int
    title: str
    by: str
    to: str
    since: datetime
    due: date
    late: bool
    alarm: bool
    due_at: datetime | None = None
    number: int = 1  # reports on it, or near-equal ones
    marks: tuple[str, ...] = ()  # what it is besides, by name
    hits: tuple[str, ...] = ()  # words and links of the lists that stand in it
    for_others: bool = False  # who looks reported it, or wrote against the business: another moderator decides
    item: str = ""  # its name in the one queue, `letter:5`
    endpoint: str = ""  # of its page, with
    arguments: dict[str, Any] = field(default_factory=dict)
    place: str = ""  # the cursor behind it
    held_by: str = ""  # the moderator who has it in hand
    is_mine: bool = False  # that is who looks
    held_until: datetime | None = None
    spam: bool = False  # can be rejected with others as advertising


@dataclass(frozen=True)
class Counts:
    """How much waits of each kind."""

    letters: int
    revisions: int
    claims: int
    reports: int
    names: int
    objections: int
    answers: int
    addresses: int
    files: int
    held: int
    replies: int
    others: dict[str, int] = field(default_factory=dict)  # of rooms above this one, by the name of their tab

    @property
    def everything(self) -> int:
        """How much waits in all; businesses that nobody can tell are no item of the one queue."""
        numbers: list[int] = [getattr(self, one.name) for one in fields(self) if one.name not in {"others", "addresses"}]
        return sum(numbers) + sum(self.others.values())


_others: dict[str, Callable[[], Select[Any]]] = {}


def also_counts(name: str, waiting: Callable[[], Select[Any]]) -> None:
    """Let a room above this one count what waits behind its tab, in the same query."""
    _others[name] = waiting


def counts() -> Counts:
    """Return how much waits: one query."""
    row = db.session.execute(
        select(
            _number(select(Letter.id).where(Letter.publication == Publication.SUBMITTED)),
            _number(select(Revision.id).where(Revision.state == RevisionState.WAITING)),
            _number(select(Claim.id).where(Claim.state == ClaimState.WAITING_MODERATOR)),
            _number(select(Report.about).where(Report.state == ReportState.OPEN).distinct()),
            _number(_doubted()) + _number(_proposed()),
            _number(select(Objection.id).where(*OPEN_OBJECTIONS)),
            _number(select(AnswerLink.id).where(AnswerLink.state == LinkState.WAITING)),
            _number(untold_businesses()),
            _number(files.to_look_at()),
            _number(select(Comment.id).where(Comment.state == CommentState.HELD)),
            _number(select(Reply.id).where(Reply.state == ReplyState.WAITING)),
            *(_number(waiting()) for waiting in _others.values()),
        )
    ).one()
    own = len(row) - len(_others)
    return replace(Counts(*row[:own]), others=dict(zip(_others, row[own:], strict=True)))


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
    items = [in_working_days("revision", row.id, row.title, row.made_at, by=row.byline, to=row.why) for row in found.items]
    return paging.Page(items, found.next)


def waiting_names(after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of names of businesses: those that pass for a proven one's, and those that owners proposed."""
    both = _doubted().union_all(_proposed()).subquery()
    found = paging.page(
        select(both),
        keys=(both.c.since, both.c.kind, both.c.row_id),
        kinds="tii",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.since, row.kind, row.row_id),
    )
    items = [
        in_working_days("proposed" if row.kind else "doubted", row.merchant_id, row.name, row.since, by=row.of, to="")
        for row in found.items
    ]
    return paging.Page(items, found.next)


def waiting_answers(after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of official responses that came by mail from addresses that prove nothing."""
    found = mailed.waiting_answers(after)
    items = [
        in_working_days("answer", link.id, title, link.waits_since, by=business, to="")
        for link, title, business in found.items
        if link.waits_since is not None
    ]
    return paging.Page(items, found.next)


def waiting_files(after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of the files that more people see than when their letter was reviewed."""
    found = files.widened_files(after, size=ROWS)
    items = [
        in_working_days("file", row.id, row.title, row.look_since, by=row.byline, to=row.name, marks=(row.audience.value,))
        for row in found.items
    ]
    return paging.Page(items, found.next)


def _doubted() -> Select[*tuple[Any, ...]]:
    like = aliased(Merchant)
    return (
        select(
            Merchant.suspect_since.label("since"),
            literal(0).label("kind"),
            Merchant.id.label("row_id"),
            Merchant.id.label("merchant_id"),
            Merchant.name.label("name"),
            like.name.label("of"),
        )
        .join(like, like.id == Merchant.suspect_of_id)
        .where(Merchant.suspect_of_id.is_not(None), Merchant.merged_into_id.is_(None))
    )


def _proposed() -> Select[*tuple[Any, ...]]:
    return (
        select(MerchantName.created_at, literal(1), MerchantName.id, MerchantName.merchant_id, MerchantName.name, Merchant.name)
        .join(MerchantName.merchant)
        .where(MerchantName.state == NameState.PROPOSED, Merchant.merged_into_id.is_(None))
    )


def _number(query: Select[Any]) -> Any:
    return select(func.count()).select_from(query.subquery()).scalar_subquery()


def in_working_days(
    kind: str,
    row_id: int,
    title: str,
    since: datetime,
    *,
    by: str,
    to: str,
    for_others: bool = False,
    marks: tuple[str, ...] = (),
    number: int = 1,
    hits: tuple[str, ...] = (),
) -> Waiting:
    """What is reviewed within the working days of the settings."""
    config, now = settings(), utcnow()
    due = add_working_days(local_date(since, config.time_zone), config.review_days, calendar())
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
        for_others=for_others,
        number=number,
        marks=marks,
        hits=hits,
    )
