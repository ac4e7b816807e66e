"""An account changed by its owner; the password was asked again before anything grave (`proof.reenter`)."""

from sqlalchemy.exc import IntegrityError

from forum.accounts import queries
from forum.accounts.actions.sessions import end_sessions
from forum.accounts.addresses import normal_email
from forum.accounts.lifecycle import TIME_ZONES
from forum.accounts.links import forget_links, mail_link, tell, use_up
from forum.accounts.models import LoginSession, MailedLink, Purpose, User
from forum.accounts.names import own_name
from forum.accounts.policy import may_change
from forum.config import settings
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid
from forum.core.events import Kind, Role, record
from forum.core.mailing import absolute


@unit_of_work
def update_profile(user: User, *, by: User, name: str, language: str, time_zone: str) -> None:
    """Set name, language and time zone; bylines of what was written stay. Raises Invalid at the field."""
    user = lock(user)
    ensure(may_change, by, user)
    if language not in settings().languages:
        raise Invalid(field="language")
    if time_zone not in TIME_ZONES:
        raise Invalid(field="time_zone")
    if name != user.name:
        user.name = own_name(name, user)
    user.language, user.time_zone = language, time_zone


@unit_of_work
def choose_language(user: User, *, by: User, language: str) -> None:
    """Set the language of pages and mails; raises Invalid for one that is not offered."""
    user = lock(user)
    ensure(may_change, by, user)
    if language not in settings().languages:
        raise Invalid(field="language")
    user.language = language


@unit_of_work
def rehash(user: User, *, password_hash: str) -> None:
    """Keep the same password with today's parameters."""
    lock(user).password_hash = password_hash


@unit_of_work
def change_password(user: User, *, by: User, password_hash: str, but: LoginSession | None = None) -> None:
    """Set a new password, end all sessions but this one, make mailed links worthless, and tell the person."""
    user = lock(user)
    ensure(may_change, by, user)
    user.password_hash = password_hash
    end_sessions(user, but=but)
    forget_links(user, Purpose.RESET, Purpose.CHANGE_EMAIL)
    record(Kind.PASSWORD_CHANGED, by=user, role=Role.READER, about=f"user:{user.id}")
    tell(user, "password_changed", url=absolute("/forgot-password"), at=utcnow())


@unit_of_work
def ask_email_change(user: User, *, by: User, email: str, mail: bool = True) -> None:
    """Mail a link to the new address and a notice to the old one; the owner of a known address is told instead.

    The caller shows the same page in both cases. `mail=False` spares the new address. Raises Invalid for a bad address
    or the present one.
    """
    user = lock(user)
    ensure(may_change, by, user)
    email = normal_email(email)
    if email == user.email:
        raise Invalid("email_same", field="email")
    forget_links(user, Purpose.CHANGE_EMAIL)
    owner = queries.user_by_email(email)
    if mail and owner is None:
        mail_link(user, Purpose.CHANGE_EMAIL, to=email, kind="change_email")
    elif mail and owner is not None:
        tell(owner, "known_address", url=absolute("/forgot-password"))
    tell(user, "change_email_asked", url=absolute("/settings/password"))


@unit_of_work
def confirm_email_change(link: MailedLink) -> User:
    """Make the address of the link the person's own, and tell the old one. Raises Gone, or Invalid("email_taken")."""
    user = use_up(link)
    old = user.email
    try:
        with db.session.begin_nested():
            user.email, user.confirmed_at = link.email, utcnow()
            db.session.flush()
    except IntegrityError as problem:
        raise Invalid("email_taken") from problem
    forget_links(user)
    record(Kind.EMAIL_CHANGED, by=user, role=Role.READER, about=f"user:{user.id}")
    tell(user, "email_changed", to=old, contact=settings().contact_email, at=utcnow())
    return user
