"""Who holds a second factor: tries are few, whoever knows the password, and the owner is told of guesses."""

from datetime import timedelta

from forum.accounts import actions, demo, queries, totp
from forum.accounts.models import Ceremony, LoginSession, User
from forum.core import limits
from forum.core.clock import utcnow
from forum.core.errors import Invalid

GUESSES_TOLD = 5
RECENT = timedelta(minutes=10)


def prove_code(user: User, code: str) -> None:
    """Take a code of the app or a recovery code. Raises Invalid("wrong_code"), TooMany beyond the tries."""
    who = str(user.id)
    limits.refuse_reached("wrong-codes", who)
    limits.allow("second-factor", who)
    try:
        actions.take_code(user, code=code)
    except Invalid:
        wrong, _left = limits.count("wrong-codes", who)
        if wrong == GUESSES_TOLD:
            actions.warn_of_guesses(user)
        raise
    limits.forget("second-factor", who)


def prove_passkey(user: User, answer: str, *, holder_hash: str) -> None:
    """Take the answer of a passkey to the challenge of this sign-in step. Raises Invalid("bad_passkey")."""
    challenge = actions.take_challenge(holder_hash, Ceremony.SIGN_IN)
    if challenge is None:
        raise Invalid("bad_passkey")
    actions.take_passkey(user, answer=answer, challenge=challenge)


def add_passkey(user: User, session: LoginSession, *, name: str, answer: str) -> list[str]:
    """Add the passkey that the browser made for the challenge of this session; raises as `actions.add_passkey`."""
    challenge = actions.take_challenge(session.token_hash, Ceremony.REGISTER)
    if challenge is None:
        raise Invalid("bad_passkey")
    return actions.add_passkey(user, by=user, name=name, answer=answer, challenge=challenge, session=session)


def is_recent(session: LoginSession) -> bool:
    """Whether the password or a second factor was given in this session a short while ago."""
    last = max(session.authenticated_at, session.second_factor_at or session.authenticated_at)
    return utcnow() - last < RECENT


def code_of_the_demo(user: User) -> str | None:
    """Return the code that a demo account's app would show now; None outside the demo and for every other account."""
    secret = demo.secret_of(user)
    app = queries.authenticator_of(user.id) if secret else None
    if app is None or app.secret != secret:
        return None
    return totp.next_code(app.secret, after=app.last_counter)
