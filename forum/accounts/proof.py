"""Who knows the password: the same work and answer for every address, with waits that no stranger can put on another.

Wrong tries count for the account as seen from one network address. Many wrong tries for an account from all over the
world shorten the patience with each address, but never close the account: its owner's next address has its own tries,
and a device that is signed in stays so.
"""

from datetime import timedelta

from forum.accounts import queries
from forum.accounts.addresses import normal_email
from forum.accounts.models import LONGEST_EMAIL_CHARACTERS, LoginSession, User
from forum.accounts.passwords import hash_password, matches
from forum.accounts.strength import refuse_weak
from forum.config import settings
from forum.core import limits
from forum.core.errors import Invalid, TooMany

WINDOW = timedelta(minutes=15)
TRIES = 5  # for one account from one network address
TRIES_UNDER_ATTACK = 2
ATTACKED_TRIES = 20  # wrong ones for one account from everywhere, in ATTACK_WINDOW
ATTACK_WINDOW = timedelta(hours=1)
WRONG_PER_ADDRESS = 100  # many people share one address on a mobile network
RESETS_PER_ADDRESS = 30
HOUR = timedelta(hours=1)


def _key(email: str) -> str:
    try:
        return normal_email(email)
    except Invalid:
        return email.strip().lower()[:LONGEST_EMAIL_CHARACTERS]


def prove(email: str, password: str, *, address: str) -> User:
    """Return the person whose address and password these are.

    Raises Invalid("wrong_credentials") in every other case after the same work, TooMany beyond the tries.
    """
    account = _key(email)
    attacked = limits.so_far("wrong-account", account) >= ATTACKED_TRIES
    if limits.so_far("wrong-address", address) >= WRONG_PER_ADDRESS:
        raise TooMany(retry_after=int(WINDOW.total_seconds()))
    limits.allow("sign-in", f"{account}|{address}", most=TRIES_UNDER_ATTACK if attacked else TRIES, window=WINDOW)
    found = queries.credentials(account)
    right = matches(found[1] if found else None, password)
    user = queries.person(found[0]) if found and right else None
    if user is None:
        limits.count("wrong-account", account, window=ATTACK_WINDOW)
        limits.count("wrong-address", address, window=WINDOW)
        raise Invalid("wrong_credentials")
    limits.forget("sign-in", f"{account}|{address}")
    return user


def reenter(session: LoginSession, user: User, password: str) -> None:
    """Check the password again before something grave; tries count for this sign-in alone.

    Raises Invalid("wrong_password") at the field `current_password`, TooMany beyond the tries.
    """
    who = str(session.id)
    limits.allow("re-entry", who, most=TRIES, window=WINDOW)
    if not matches(user.password_hash, password):
        raise Invalid("wrong_password", field="current_password")
    limits.forget("re-entry", who)


def new_hash(password: str, *, email: str) -> str:
    """Return the hash of a new password; raises Invalid at the field `password` when it is weak."""
    refuse_weak(password, email=email)
    return hash_password(password)


def allow_sign_up(address: str) -> None:
    """Count a sign-up from this network address; raises TooMany beyond FORUM_SIGN_UPS_PER_HOUR."""
    limits.allow("sign-up", address, most=settings().sign_ups_per_hour, window=HOUR)


def allow_forgot(address: str) -> None:
    """Count a request for a new password from this network address; raises TooMany beyond RESETS_PER_ADDRESS."""
    limits.allow("forgot", address, most=RESETS_PER_ADDRESS, window=HOUR)


def may_mail(email: str, kind: str) -> bool:
    """Count a mail of this kind to the address; False beyond FORUM_MAILS_PER_HOUR, and then nothing may be sent.

    Each kind has its own count, so that nobody uses up another's mails for a forgotten password by signing up.
    """
    return limits.count(f"mail-{kind}", email, window=HOUR)[0] <= settings().mails_per_hour
