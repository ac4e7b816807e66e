"""Accounts opened and their addresses confirmed."""

from sqlalchemy.exc import IntegrityError

from forum.accounts import queries
from forum.accounts.addresses import normal_email, normal_name
from forum.accounts.lifecycle import RULES_VERSION
from forum.accounts.links import forget_links, mail_link, tell, use_up
from forum.accounts.models import MailedLink, Purpose, User
from forum.accounts.names import own_name
from forum.accounts.policy import may_change
from forum.config import settings
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.core.mailing import absolute


@unit_of_work
def open_account(
    *, name: str, email: str, password_hash: str, language: str | None = None, confirmed: bool = False
) -> User:
    """Open an account whose holder is of age and consents to the present rules; no mail is sent.

    Raises Invalid: bad_name, two_alphabets, reserved_name, bad_email, email_taken.
    """
    now, offered = utcnow(), settings().languages
    user = User(
        name=normal_name(name),
        email=normal_email(email),
        password_hash=password_hash,
        language=language if language in offered else offered[0],
        confirmed_at=now if confirmed else None,
        adult_declared_at=now,
        rules_version=RULES_VERSION,
        rules_accepted_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
            db.session.flush()
    except IntegrityError as problem:  # two at once, or known
        raise Invalid("email_taken", field="email") from problem
    record(Kind.ACCOUNT_OPENED, by=user, role=Role.READER, about=f"user:{user.id}", rules=RULES_VERSION)
    if confirmed:
        record(Kind.EMAIL_CONFIRMED, by=user, role=Role.READER, about=f"user:{user.id}")
    return user


@unit_of_work
def sign_up(
    *,
    name: str,
    email: str,
    password_hash: str,
    language: str | None = None,
    mail: bool = True,
    then: str | None = None,
) -> User | None:
    """Open an account and mail the link that confirms it; None when the address is known, whose owner is told instead.

    The caller shows the same page in both cases. An account that was never confirmed is not taken over: its mail holds
    a link for a new password, so that whoever holds the mailbox decides. `mail=False` spares a known address; `then` is where
    the mailed link leads on to. Raises Invalid, at the name whether the address is known or not.
    """
    name = own_name(name)
    known = queries.user_by_email(normal_email(email))
    user = None
    if known is None:
        try:
            user = open_account(name=name, email=email, password_hash=password_hash, language=language)
        except Invalid as problem:
            if problem.code != "email_taken":
                raise
            known = queries.user_by_email(normal_email(email))
    if user is not None and user.email:
        mail_link(user, Purpose.CONFIRM, to=user.email, kind="confirm", then=then)
    elif known is not None and known.email and mail:
        if known.is_confirmed:
            tell(known, "known_address", url=absolute("/forgot-password"))
        else:
            mail_link(known, Purpose.RESET, to=known.email, kind="known_unconfirmed", then=then)
    return user


@unit_of_work
def resend_confirmation(user: User, *, by: User) -> None:
    """Mail the link once more; raises NotNow when the address is confirmed."""
    user = lock(user)
    ensure(may_change, by, user)
    if user.is_confirmed or user.email is None:
        raise NotNow("already_confirmed")
    mail_link(user, Purpose.CONFIRM, to=user.email, kind="confirm")


@unit_of_work
def confirm(link: MailedLink) -> User:
    """Confirm the address that the link was mailed to; raises Gone("link_over")."""
    user = use_up(link)
    forget_links(user, Purpose.CONFIRM)
    if not user.is_confirmed:
        user.confirmed_at = utcnow()
        record(Kind.EMAIL_CONFIRMED, by=user, role=Role.READER, about=f"user:{user.id}")
    return user
