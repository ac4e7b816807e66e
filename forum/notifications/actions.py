"""What people do with their notifications and their mails."""

from collections.abc import Collection

from sqlalchemy import delete, select, update

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import db, insert_once, lock, unit_of_work
from forum.merchants.actions import refuse_contact
from forum.merchants.models import Contact
from forum.notifications.choices import Choice
from forum.notifications.models import MailChoice, Notification
from forum.notifications.unsubscribe import WayOut, mark


@unit_of_work
def read(notification: Notification, *, by: User) -> None:
    """Mark one as read and count it; a second time changes nothing. Another person's stays as it is."""
    lock(by)
    fresh = db.session.execute(
        update(Notification)
        .where(Notification.id == notification.id, Notification.user_id == by.id, Notification.read_at.is_(None))
        .values(read_at=utcnow())
    )
    if fresh.rowcount:  # type: ignore[attr-defined]
        by.unread = max(0, by.unread - 1)


@unit_of_work
def read_all(*, by: User) -> None:
    """Mark everything as read."""
    lock(by)
    db.session.execute(
        update(Notification)
        .where(Notification.user_id == by.id, Notification.read_at.is_(None))
        .values(read_at=utcnow())
    )
    by.unread = 0


@unit_of_work
def choose(wanted: Collection[Choice], *, offered: Collection[Choice], by: User) -> None:
    """Keep which of the offered kinds of mail a person wants; what was not offered stays as it is."""
    lock(by)
    unwanted = set(offered) - set(wanted)
    db.session.execute(
        delete(MailChoice).where(MailChoice.user_id == by.id, MailChoice.kind.in_([one.value for one in offered]))
    )
    for choice in sorted(unwanted):
        insert_once(MailChoice, index_elements=["user_id", "kind"], user_id=by.id, kind=choice.value)


@unit_of_work
def unsubscribe(way: WayOut) -> None:
    """Switch a kind of mail off for a person, or all mail to a contact address of a business; twice is once."""
    if way.user_id is not None:
        if db.session.get(User, way.user_id) is not None:
            insert_once(MailChoice, index_elements=["user_id", "kind"], user_id=way.user_id, kind=way.choice.value)
        return
    whose = Contact.id == way.contact_id if way.contact_id is not None else Contact.merchant_id == way.merchant_id
    for contact in db.session.scalars(select(Contact).where(whose)).all():
        if mark(contact.email) == way.address:
            refuse_contact(contact)
