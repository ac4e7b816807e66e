"""Sign-ins begun and ended."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from forum.accounts.models import LoginSession, MailedLink, PasskeyChallenge, SignInStep, User
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.secrecy import digest, new_token

LONGEST_IDLE = timedelta(days=14)
LINKS_KEPT = timedelta(days=7)


@unit_of_work
def open_session(
    user: User,
    *,
    address: str,
    device: str,
    replaces: str | None = None,
    second_factor_at: datetime | None = None,
    authenticated_at: datetime | None = None,
) -> str:
    """Sign a person in on one device; ends the session whose token is `replaces`. Returns the new token.

    `authenticated_at` is when the password was given, now without it.
    """
    if replaces:
        db.session.execute(delete(LoginSession).where(LoginSession.token_hash == digest(replaces)))
    token = new_token()
    db.session.add(
        LoginSession(
            user_id=user.id,
            token_hash=digest(token),
            address=address[:45],
            device=device[:200],
            second_factor_at=second_factor_at,
            authenticated_at=authenticated_at or utcnow(),
        )
    )
    return token


@unit_of_work
def end_sessions(user: User, *, but: LoginSession | None = None, only: int | None = None) -> None:
    """End all sessions of a person, all but one, or only the one with this id; with all, sign-ins that are half done too."""
    if only is None:
        db.session.execute(delete(SignInStep).where(SignInStep.user_id == user.id))
    ended = delete(LoginSession).where(LoginSession.user_id == user.id)
    if but is not None:
        ended = ended.where(LoginSession.id != but.id)
    if only is not None:
        ended = ended.where(LoginSession.id == only)
    db.session.execute(ended)


@unit_of_work
def prune_sessions() -> None:
    """Forget sessions that are too old for anybody, sign-ins left half done, and mailed links that ended a week ago."""
    db.session.execute(delete(LoginSession).where(LoginSession.seen_at < utcnow() - LONGEST_IDLE))
    db.session.execute(delete(MailedLink).where(MailedLink.expires_at < utcnow() - LINKS_KEPT))
    for half_done in (SignInStep, PasskeyChallenge):
        db.session.execute(delete(half_done).where(half_done.expires_at < utcnow()))
