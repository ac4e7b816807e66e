"""Legal notices: one with what it is about, those that wait, those that concern somebody."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, Select, String, case, cast, exists, func, select, type_coerce
from sqlalchemy.orm import joinedload, selectinload

from forum.accounts.conflict import Matter
from forum.accounts.models import User, Visitor
from forum.appeals.queries import judges
from forum.attachments.models import Attachment
from forum.config import settings
from forum.core import paging
from forum.core.access import ensure
from forum.core.clock import add_working_days, local_date, utcnow
from forum.core.db import UTCDateTime, db, is_sqlite
from forum.core.errors import Missing, NotAllowed
from forum.core.events import Event, Kind
from forum.legal import policy
from forum.legal.lifecycle import NoticeState
from forum.legal.models import LegalNotice, NoticeThing
from forum.letters.clocks import calendar
from forum.letters.models import Case, Letter
from forum.letters.policy import matter_of as matter_of_letter
from forum.merchants.models import Merchant
from forum.moderation.policy import may_open_desk
from forum.moderation.queries.claims import critics_of
from forum.moderation.queries.queue import ROWS, Waiting
from forum.moderation.queries.sources import columns

WHOLE = (
    joinedload(LegalNotice.merchant),
    selectinload(LegalNotice.things)
    .joinedload(NoticeThing.letter)
    .selectinload(Letter.cases)
    .joinedload(Case.merchant),
)


def notice_by_id(notice_id: int) -> LegalNotice:
    """Return a notice with all that it is about; the caller asks who may see it. Raises Missing."""
    found = db.session.scalar(
        select(LegalNotice).where(LegalNotice.id == notice_id).options(*WHOLE).execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing
    return found


def notice_for(who: Visitor, notice_id: int) -> LegalNotice:
    """Return a notice for a moderator without a part in it; raises NotAllowed, SecondFactorNeeded or Missing."""
    ensure(may_open_desk, who, None)
    found = notice_by_id(notice_id)
    matter = matter_of(found)
    if not policy.may_handle(who, matter):
        raise NotAllowed("another_handles" if any(policy.may_handle(one, matter) for one in judges()) else "nobody_handles")
    return found


def own_notice(who: Visitor, notice_id: int) -> LegalNotice:
    """Return a notice for somebody who wrote what it is about; nobody else learns that it is there. Raises Missing."""
    found = notice_by_id(notice_id)
    if not policy.is_concerned(who, persons_of(found)):
        raise Missing
    return found


def persons_of(notice: LegalNotice) -> frozenset[int]:
    """Return who wrote what a notice is about; needs `things`."""
    return frozenset(one.person_id for one in notice.things if one.person_id is not None)


def matter_of(notice: LegalNotice) -> Matter:
    """Return who has a part in a notice: also who sent it; needs `things` with their letters and cases."""
    return matter_of_letters([one.letter for one in notice.things], persons_of(notice), notice.merchant_id).also(
        addresses=frozenset({notice.email}), texts=(notice.name, notice.counsel)
    )


def matter_of_letters(
    letters: Collection[Letter], person_ids: Collection[int] = (), merchant_id: int | None = None
) -> Matter:
    """Return who has a part in a matter about these letters, before there is a notice; needs their cases."""
    matter = Matter(people=frozenset(person_ids))
    for letter in letters:
        found = matter_of_letter(letter)
        matter = matter.also(people=found.people, merchants=found.merchants, trades=found.trades, texts=found.texts)
    if merchant_id is None:
        return matter
    return matter.also(people=critics_of(merchant_id), merchants=frozenset({merchant_id}))


def waiting_ids() -> Select[int]:
    """Return the question which notices wait for an answer."""
    return select(LegalNotice.id).where(LegalNotice.state == NoticeState.RECEIVED)


def _first_title() -> ScalarSelect[str]:
    return (
        select(Letter.title)
        .join(NoticeThing, NoticeThing.letter_id == Letter.id)
        .where(NoticeThing.notice_id == LegalNotice.id)
        .order_by(NoticeThing.id)
        .limit(1)
        .scalar_subquery()
    )


def waiting(after: str | None, *, size: int, every: bool = False) -> paging.Page[Any]:
    """Return a page of notices, the first deadline first, with how many things each is about; `every`: answered and closed ones as well."""
    number = select(func.count()).where(NoticeThing.notice_id == LegalNotice.id).scalar_subquery()
    place = case((LegalNotice.state == NoticeState.RECEIVED, 0), else_=1)
    came = cast(LegalNotice.received_on, String)  # ISO: a cursor holds no days
    beside = (
        Merchant.name.label("business"),
        number.label("number"),
        _first_title().label("title"),
        place.label("place"),
        came.label("came"),
    )
    query = select(LegalNotice, *beside)
    query = query.outerjoin(Merchant, Merchant.id == LegalNotice.merchant_id)
    return paging.page(
        query if every else query.where(LegalNotice.state == NoticeState.RECEIVED),
        keys=(place, came, LegalNotice.id),
        kinds="isi",
        after=after,
        size=size,
        descending=False,
        key_of=lambda row: (row.place, row.came, row.LegalNotice.id),
    )


def rows_for_the_desk(who: Visitor) -> Select[Any]:
    """Return the notices that wait for an answer as rows of the one queue, from the morning of the day on which they came in."""
    day = cast(LegalNotice.received_on, String) + " 00:00:00"
    own = func.coalesce(LegalNotice.merchant_id, 0).in_(sorted(who.merchant_ids))
    rows = columns(
        number=LegalNotice.id,
        at=type_coerce(day, UTCDateTime) if is_sqlite() else cast(day + "+00", UTCDateTime),
        title=func.coalesce(_first_title(), ""),
        by=func.coalesce(Merchant.name, ""),
        to=LegalNotice.reference,
        since=LegalNotice.recorded_at,
        own=own,
    )
    query = select(*rows).outerjoin(Merchant, Merchant.id == LegalNotice.merchant_id)
    return query.where(LegalNotice.state == NoticeState.RECEIVED)


def waiting_notices(who: Visitor, after: str | None) -> paging.Page[Waiting]:
    """Return a page of the notices that wait for an answer, the first deadline first, as lines of the queue; `marks` are demands."""
    found, config = waiting(after, size=ROWS), settings()
    today = local_date(utcnow(), config.time_zone)
    near = add_working_days(today, config.legal_alarm_days, calendar())
    return paging.Page(
        [
            Waiting(
                kind="notice",
                id=row.LegalNotice.id,
                title=row.title or "",
                by=row.business or "",
                to=row.LegalNotice.reference,
                since=row.LegalNotice.recorded_at,
                due=row.LegalNotice.due,
                late=today > row.LegalNotice.due,
                alarm=near >= row.LegalNotice.due,
                marks=tuple(row.LegalNotice.demands),
                for_others=row.LegalNotice.merchant_id in who.merchant_ids,
            )
            for row in found.items
        ],
        found.next,
    )


def is_alarmed(notice: LegalNotice) -> bool:
    """Whether the moderators were alarmed of it."""
    told = select(Event.id).where(Event.about == notice.about, Event.kind == Kind.QUEUE_ALARM).limit(1)
    return db.session.scalar(told) is not None


def near_due(received_before: date) -> Sequence[int]:
    """Return the notices without an answer that came in before this day and were not alarmed of."""
    about = "legal_notice:" + cast(LegalNotice.id, String)
    told = exists().where(Event.about == about, Event.kind == Kind.QUEUE_ALARM)
    return db.session.scalars(
        select(LegalNotice.id)
        .where(LegalNotice.state == NoticeState.RECEIVED, LegalNotice.received_on <= received_before, ~told)
        .order_by(LegalNotice.id)
        .limit(200)
    ).all()


def concerning(user_id: int) -> Sequence[LegalNotice]:
    """Return the notices about what somebody wrote, newest first."""
    mine = select(NoticeThing.notice_id).where(NoticeThing.person_id == user_id)
    return db.session.scalars(
        select(LegalNotice).where(LegalNotice.id.in_(mine)).order_by(LegalNotice.id.desc()).limit(100)
    ).all()


def documents_of(notice_id: int) -> Sequence[Attachment]:
    """Return the documents of a notice in order."""
    return db.session.scalars(
        select(Attachment).where(Attachment.legal_notice_id == notice_id).order_by(Attachment.position, Attachment.id)
    ).all()


def history_of(notice: LegalNotice) -> Sequence[Any]:
    """Return what happened in a matter, oldest first, each with the name of the moderator."""
    return db.session.execute(
        select(Event, User.name)
        .outerjoin(User, User.id == Event.by_id)
        .where(Event.about == notice.about)
        .order_by(Event.id)
    ).all()
