"""The second step of signing in, and a second factor given again before something grave."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, update

from forum.accounts import passkeys, queries, recovery, totp
from forum.accounts.actions.factors import SETTINGS
from forum.accounts.actions.sessions import open_session
from forum.accounts.links import tell
from forum.accounts.models import Ceremony, LoginSession, Passkey, PasskeyChallenge, SignInStep, User
from forum.accounts.policy import may_change
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Gone, Invalid
from forum.core.events import Kind, Role, record
from forum.core.mailing import absolute
from forum.core.secrecy import digest, new_token

STEP_LIVES = timedelta(minutes=10)
CHALLENGE_LIVES = timedelta(minutes=5)


@unit_of_work
def begin_step(user: User) -> str:
    """Remember that the password was right; returns the token with which the second step is taken. It is no session."""
    token = new_token()
    db.session.add(SignInStep(user_id=user.id, token_hash=digest(token), expires_at=utcnow() + STEP_LIVES))
    return token


@unit_of_work
def finish_step(step: SignInStep, *, address: str, device: str, replaces: str | None = None) -> str:
    """Open the session that the step was for, once; returns its token. Raises Gone("step_over")."""
    user, now = step.user, utcnow()
    over = step.expires_at <= now
    gone = db.session.execute(
        delete(SignInStep)
        .where(SignInStep.id == step.id)
        .returning(SignInStep.id)
        .execution_options(synchronize_session=False)
    ).first()
    if gone is None or over or not user.is_active:
        raise Gone("step_over")
    return open_session(user, address=address, device=device, replaces=replaces, second_factor_at=now)


@unit_of_work
def take_code(user: User, *, code: str) -> None:
    """Take a code of the app, or a recovery code, which is used up and told by mail. Raises Invalid("wrong_code").

    The caller counts the tries (`second.prove_code`).
    """
    user = lock(user)
    app = queries.authenticator_of(user.id)
    if app is not None:
        lock(app)
        counter = totp.matching_counter(app.secret, code, after=app.last_counter)
        if counter is not None:
            app.last_counter, app.used_at = counter, utcnow()
            return
    _use_recovery_code(user, code)


def _use_recovery_code(user: User, typed: str) -> None:
    code = recovery.normal_code(typed)
    kept = queries.recovery_code(recovery.code_hash(user.id, code)) if code else None
    if kept is not None:
        lock(kept)
    if kept is None or kept.user_id != user.id or kept.used_at is not None or not user.has_second_factor:
        raise Invalid("wrong_code", field="code")
    kept.used_at = utcnow()
    db.session.flush()
    left = queries.recovery_codes_left(user.id)
    record(Kind.RECOVERY_CODE_USED, by=user, role=Role.READER, about=f"user:{user.id}", left=left)
    tell(user, "second_factor", happened="used", what=str(left), named="", url=absolute(SETTINGS), at=utcnow())


@unit_of_work
def challenge_passkey(user: User, *, holder_hash: str, ceremony: Ceremony) -> dict[str, Any]:
    """Give a browser what it asks its passkeys with; one challenge at a time for each session or sign-in step."""
    known = [one.credential_id for one in queries.passkeys_of(user.id)]
    challenge, options = (
        passkeys.to_register(user, known) if ceremony is Ceremony.REGISTER else passkeys.to_sign_in(known)
    )
    db.session.execute(
        delete(PasskeyChallenge).where(
            PasskeyChallenge.holder_hash == holder_hash, PasskeyChallenge.ceremony == ceremony
        )
    )
    db.session.add(
        PasskeyChallenge(
            holder_hash=holder_hash, ceremony=ceremony, challenge=challenge, expires_at=utcnow() + CHALLENGE_LIVES
        )
    )
    return options


@unit_of_work
def take_challenge(holder_hash: str, ceremony: Ceremony) -> str | None:
    """Return the challenge that was given to this session or sign-in step, None without one; it is over, whatever comes of it."""
    found = queries.challenge_of(holder_hash, ceremony)
    if found is None:
        return None
    db.session.delete(found)
    return found.challenge if found.expires_at > utcnow() else None


@unit_of_work
def take_passkey(user: User, *, answer: str, challenge: str) -> Passkey:
    """Take the answer of one of the person's own passkeys to the challenge. Raises Invalid("bad_passkey").

    Its signature is checked within: a count that did not grow since the last time tells a copied key.
    """
    user = lock(user)
    passkey = queries.passkey_of(passkeys.credential_of(answer))
    if passkey is None or passkey.user_id != user.id:
        raise Invalid("bad_passkey")
    lock(passkey)
    passkey.sign_count, passkey.used_at = passkeys.signed(passkey, answer, challenge), utcnow()
    return passkey


@unit_of_work
def note_proof(user: User, *, by: User, session: LoginSession, second: bool) -> None:
    """Note that the password, or a second factor (`second`), was given again in this session."""
    ensure(may_change, by, user)
    column = "second_factor_at" if second else "authenticated_at"
    db.session.execute(update(LoginSession).where(LoginSession.id == session.id).values({column: utcnow()}))


@unit_of_work
def warn_of_guesses(user: User) -> None:
    """Mail that somebody knows the password and tries codes."""
    tell(user, "second_factor", happened="guessed", what="", named="", url=absolute("/settings/password"), at=utcnow())
