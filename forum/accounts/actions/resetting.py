"""A forgotten password: asked for, mailed, set anew."""

from forum.accounts.actions.sessions import end_sessions
from forum.accounts.links import forget_links, mail_link, tell, use_up
from forum.accounts.models import MailedLink, Purpose, User
from forum.core.clock import utcnow
from forum.core.db import lock, unit_of_work
from forum.core.events import Kind, Role, record
from forum.core.jobs import enqueue
from forum.core.mailing import absolute

SEND_RESET = "send_reset"


@unit_of_work
def ask_reset(user_id: int | None, *, then: str | None = None) -> None:
    """Queue the mail with a link; the same one row is written for an unknown address, so that no time tells them apart."""
    enqueue(SEND_RESET, user_id=user_id or 0, then=then)


@unit_of_work
def send_reset(user: User, *, then: str | None = None) -> None:
    """Mail a link for a new password to an open account; it leads on to `then`."""
    user = lock(user)
    if user.is_active and user.email:
        mail_link(user, Purpose.RESET, to=user.email, kind="reset", then=then)


@unit_of_work
def reset_password(link: MailedLink, *, password_hash: str) -> User:
    """Set a new password, end every session and tell the person; the address counts as confirmed. Raises Gone."""
    user = use_up(link)
    user.password_hash = password_hash
    forget_links(user, Purpose.RESET, Purpose.CHANGE_EMAIL)
    end_sessions(user)
    if not user.is_confirmed:
        user.confirmed_at = utcnow()
        forget_links(user, Purpose.CONFIRM)
        record(Kind.EMAIL_CONFIRMED, by=user, role=Role.READER, about=f"user:{user.id}")
    record(Kind.PASSWORD_CHANGED, by=user, role=Role.READER, about=f"user:{user.id}")
    tell(user, "password_changed", url=absolute("/forgot-password"), at=utcnow())
    return user
