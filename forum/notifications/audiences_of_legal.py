"""Who hears of legal matters: who wrote what a notice is about, who sent it, the moderators who may handle it, whose identity was given out."""

from forum.accounts.models import User
from forum.core.db import db
from forum.core.errors import Missing
from forum.legal import policy
from forum.legal.lifecycle import NoticeState
from forum.legal.models import LegalNotice
from forum.legal.queries import matter_of, notice_by_id
from forum.notifications.audiences import Recipient, Why, moderators, person
from forum.notifications.subjects import Subject, about


def notice_of(subject: Subject) -> LegalNotice | None:
    """Return the notice that an event is about, with what it is about."""
    try:
        return notice_by_id(about(subject.event, "legal_notice") or 0)
    except Missing:
        return None


def writer(subject: Subject) -> list[Recipient]:
    """Who wrote the letter or comment that came to be in a notice, or whose identity was given out."""
    return person(db.session.get(User, subject.event.data.get("user_id") or 0), Why.OWNER)


def writers(subject: Subject) -> list[Recipient]:
    """Everybody who wrote what a notice is about, each once."""
    notice = notice_of(subject)
    ids = sorted({one.person_id for one in notice.things if one.person_id is not None}) if notice is not None else []
    return [one for user_id in ids for one in person(db.session.get(User, user_id), Why.OWNER)]


def sender(subject: Subject) -> list[Recipient]:
    """Who sent the notice, or their counsel, by the address that they gave; answers go there in Indonesian."""
    notice = notice_of(subject)
    if notice is None or not notice.email:
        return []
    return [Recipient(Why.COUNSEL, None, notice.email, "id", notice.counsel or notice.name)]


def handlers(subject: Subject) -> list[Recipient]:
    """The moderators who may answer a notice, while it waits."""
    notice = notice_of(subject)
    if notice is None or notice.state is not NoticeState.RECEIVED:
        return []
    matter = matter_of(notice)
    return [one for user in moderators() if policy.may_handle(user, matter) for one in person(user, Why.MODERATOR)]
