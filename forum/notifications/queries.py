"""A person's inbox and mail choices."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts.models import User
from forum.core import paging
from forum.core.db import db
from forum.core.errors import Missing
from forum.notifications.choices import GROUPS, Choice, Group
from forum.notifications.models import MailChoice, Notification
from forum.notifications.subjects import Subject, load

PAGE_ROWS = 20


@dataclass(frozen=True)
class Line:
    """One notification with what it is about."""

    id: int
    kind: str
    at: datetime
    read: bool
    subject: Subject


def inbox(who: User, after: str | None = None) -> paging.Page[Line]:
    """Return a person's notifications, newest first, as a page: a fixed number of queries."""
    page = paging.page(
        select(Notification).where(Notification.user_id == who.id).options(joinedload(Notification.event)),
        keys=(Notification.id,),
        kinds="i",
        after=after,
        size=PAGE_ROWS,
        key_of=lambda row: (row[0].id,),
    )
    found = [row[0] for row in page.items]
    subjects = load([one.event for one in found], who)
    return paging.Page([_line(one, subjects[one.event_id]) for one in found], page.next)


def _line(one: Notification, subject: Subject) -> Line:
    return Line(one.id, one.kind, one.created_at, one.read_at is not None, replace(subject, times=one.times))


def notification_for(who: User, notification_id: int) -> tuple[Notification, Line]:
    """Return one of a person's own notifications with its line; raises Missing for any other."""
    found = db.session.scalar(
        select(Notification)
        .where(Notification.id == notification_id, Notification.user_id == who.id)
        .options(joinedload(Notification.event))
    )
    if found is None:
        raise Missing
    return found, _line(found, load([found.event], who)[found.event_id])


def offered(who: User) -> dict[Group, tuple[Choice, ...]]:
    """Return the choices that concern this person: those of businesses and moderators only to them."""
    hidden = set()
    if not who.merchant_ids:
        hidden.add(Group.BUSINESS)
    if not who.is_moderator:
        hidden.add(Group.MODERATORS)
    return {group: choices for group, choices in GROUPS.items() if group not in hidden}


def unwanted(who: User) -> set[Choice]:
    """Return the kinds of mail this person has switched off."""
    kinds = db.session.scalars(select(MailChoice.kind).where(MailChoice.user_id == who.id))
    return {Choice(kind) for kind in kinds if kind in set(Choice)}
