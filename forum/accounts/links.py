"""Links that are mailed: made, sent and used up inside the unit of work of the action that needs them."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import delete

from forum.accounts.lifecycle import CHANGE_EMAIL_LIVES, CONFIRM_LIVES, RESET_LIVES
from forum.accounts.models import MailedLink, Purpose, User
from forum.core import mail
from forum.core.clock import utcnow
from forum.core.db import db, lock
from forum.core.errors import Gone
from forum.core.mailing import absolute, compose
from forum.core.secrecy import digest, new_token

LIVES: dict[Purpose, timedelta] = {
    Purpose.CONFIRM: CONFIRM_LIVES,
    Purpose.RESET: RESET_LIVES,
    Purpose.CHANGE_EMAIL: CHANGE_EMAIL_LIVES,
}
PATHS = {
    Purpose.CONFIRM: "/confirm/{}",
    Purpose.RESET: "/reset-password/{}",
    Purpose.CHANGE_EMAIL: "/confirm-email/{}",
}


def tell(user: User, kind: str, *, to: str | None = None, **facts: Any) -> None:
    """Write a mail to the person, or to an address `to` that is theirs or may become so."""
    receiver = to or user.email
    if receiver is None:
        return
    subject, text, html = compose(kind, user.language, name=user.name, **facts)
    mail.send(receiver, kind=kind, subject=subject, text=text, html=html, user_id=user.id)


def mail_link(user: User, purpose: Purpose, *, to: str, kind: str, then: str | None = None, **facts: Any) -> None:
    """Make a single-use link of 256 random bits, keep its hash, and mail it to the address.

    `then`: the path of this site that the person was on the way to; the link leads on there.
    """
    token, until = new_token(), utcnow() + LIVES[purpose]
    db.session.add(MailedLink(user_id=user.id, purpose=purpose, token_hash=digest(token), email=to, expires_at=until))
    path = PATHS[purpose].format(token) + (f"?{urlencode({'next': then})}" if then else "")
    tell(user, kind, to=to, url=absolute(path), until=until, **facts)


def use_up(link: MailedLink) -> User:
    """Use the link now and return its person, both held; raises Gone("link_over") when it was used or is too old."""
    user = lock(link.user)
    lock(link)
    if link.used_at is not None or link.expires_at <= utcnow() or not user.is_active:
        raise Gone("link_over")
    link.used_at = utcnow()
    return user


def forget_links(user: User, *purposes: Purpose, but: MailedLink | None = None) -> None:
    """Make the person's open links of these purposes (all when none is named) worthless."""
    gone = delete(MailedLink).where(MailedLink.user_id == user.id, MailedLink.used_at.is_(None))
    if purposes:
        gone = gone.where(MailedLink.purpose.in_(purposes))
    if but is not None:
        gone = gone.where(MailedLink.id != but.id)
    db.session.execute(gone)
