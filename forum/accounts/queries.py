"""People, their sign-ins and their mailed links, as pages and actions need them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts.models import LoginSession, MailedLink, Purpose, User
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.secrecy import digest

LONGEST_TOKEN_CHARACTERS = 200


def person(user_id: int) -> User | None:
    """Return the person with this id, closed or not."""
    return db.session.get(User, user_id)


def user_by_email(email: str) -> User | None:
    """Return the person with this address (as `normal_email` gives it)."""
    return db.session.scalar(select(User).where(User.email == email))


def credentials(email: str) -> tuple[int, str] | None:
    """Return (id, password hash) of the open account with this address; one query whether it exists or not."""
    row = db.session.execute(
        select(User.id, User.password_hash).where(
            User.email == email, User.closed_at.is_(None), User.password_hash.is_not(None)
        )
    ).one_or_none()
    return None if row is None or row.password_hash is None else (row.id, row.password_hash)


def link_for(token: str, purpose: Purpose) -> MailedLink | None:
    """Return the mailed link of this token with its person, used or not; None for anything unknown."""
    if len(token) > LONGEST_TOKEN_CHARACTERS:
        return None
    return db.session.scalar(
        select(MailedLink)
        .where(MailedLink.token_hash == digest(token), MailedLink.purpose == purpose)
        .options(joinedload(MailedLink.user))
    )


def is_alive(link: MailedLink | None) -> bool:
    """Whether the link can still be used: not used, not too old, its account open."""
    return link is not None and link.used_at is None and link.expires_at > utcnow() and link.user.is_active


def sessions_of(user: User) -> Sequence[LoginSession]:
    """Return the person's sign-ins, the one seen last first; at most 100."""
    return db.session.scalars(
        select(LoginSession)
        .where(LoginSession.user_id == user.id)
        .order_by(LoginSession.seen_at.desc(), LoginSession.id.desc())
        .limit(100)
    ).all()


def session_of(user: User, session_id: int) -> LoginSession | None:
    """Return one of the person's sign-ins."""
    return db.session.scalar(select(LoginSession).where(LoginSession.id == session_id, LoginSession.user_id == user.id))
