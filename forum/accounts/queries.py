"""People, their sign-ins and their mailed links, as pages and actions need them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import (
    Authenticator,
    Ceremony,
    LoginSession,
    MailedLink,
    Passkey,
    PasskeyChallenge,
    Purpose,
    RecoveryCode,
    SignInStep,
    User,
)
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.secrecy import digest

LONGEST_TOKEN_CHARACTERS = 200


def person(user_id: int) -> User | None:
    """Return the person with this id, closed or not."""
    return db.session.get(User, user_id)


def language_of(user_id: int | None) -> str | None:
    """Return the language of the person with this id, None where nobody is known."""
    return None if user_id is None else db.session.scalar(select(User.language).where(User.id == user_id))


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


def authenticator_of(user_id: int) -> Authenticator | None:
    """Return the person's app for codes."""
    return db.session.scalar(select(Authenticator).where(Authenticator.user_id == user_id))


def passkeys_of(user_id: int) -> Sequence[Passkey]:
    """Return the person's passkeys, oldest first; there are few (`passkeys.MOST_PASSKEYS`)."""
    return db.session.scalars(select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)).all()


def passkey_of(credential_id: str) -> Passkey | None:
    """Return the passkey with this id, whoever has it."""
    return db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def own_passkey(user: User, passkey_id: int) -> Passkey | None:
    """Return one of the person's passkeys by its number."""
    return db.session.scalar(select(Passkey).where(Passkey.id == passkey_id, Passkey.user_id == user.id))


def recovery_code(code_hash: str) -> RecoveryCode | None:
    """Return the recovery code with this hash, used or not."""
    return db.session.scalar(select(RecoveryCode).where(RecoveryCode.code_hash == code_hash))


def recovery_codes_left(user_id: int) -> int:
    """How many recovery codes the person can still use."""
    left = select(func.count(RecoveryCode.id)).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(left) or 0


def sign_in_step(token: str | None) -> SignInStep | None:
    """Return the sign-in step of this token with its person, None when it is over or never was."""
    if not token or len(token) > LONGEST_TOKEN_CHARACTERS:
        return None
    step = db.session.scalar(
        select(SignInStep)
        .where(SignInStep.token_hash == digest(token), SignInStep.expires_at > utcnow())
        .options(joinedload(SignInStep.user))
    )
    return step if step is not None and step.user.is_active else None


def challenge_of(holder_hash: str, ceremony: Ceremony) -> PasskeyChallenge | None:
    """Return the challenge given to this session or sign-in step, held until the unit of work ends."""
    return db.session.scalar(
        select(PasskeyChallenge)
        .where(PasskeyChallenge.holder_hash == holder_hash, PasskeyChallenge.ceremony == ceremony)
        .with_for_update(key_share=True)
    )
