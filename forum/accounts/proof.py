"""Who knows the password: the same work and answer for every address, with waits that no stranger can put on another.

Wrong tries count for the account as seen from one network address. Many wrong tries for an account from all over the
world shorten the patience with each address, but never close the account: its owner's next address has its own tries,
and a device that is signed in stays so.
"""


from forum.accounts import queries
from forum.accounts.addresses import normal_email
from forum.accounts.models import LONGEST_EMAIL_CHARACTERS, LoginSession, User
from forum.accounts.passwords import hash_password, matches
from forum.accounts.strength import refuse_weak
from forum.core import limits, work
from forum.core.errors import Invalid
from forum.core.rates import LIMITS

TRIES_UNDER_ATTACK = 2


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
    attacked = limits.so_far("wrong-account", account) >= LIMITS["wrong-account"].number
    limits.refuse_reached("wrong-address", address)
    limits.allow("sign-in", f"{account}|{address}", most=TRIES_UNDER_ATTACK if attacked else None)
    found = queries.credentials(account)
    right = matches(found[1] if found else None, password)
    user = queries.person(found[0]) if found and right else None
    if user is None:
        limits.count("wrong-account", account)
        limits.count("wrong-address", address)
        raise Invalid("wrong_credentials")
    limits.forget("sign-in", f"{account}|{address}")
    return user


def reenter(session: LoginSession, user: User, password: str) -> None:
    """Check the password again before something grave; tries count for this sign-in alone.

    Raises Invalid("wrong_password") at the field `current_password`, TooMany beyond the tries.
    """
    who = str(session.id)
    limits.allow("re-entry", who)
    if not matches(user.password_hash, password):
        raise Invalid("wrong_password", field="current_password")
    limits.forget("re-entry", who)


def new_hash(password: str, *, email: str) -> str:
    """Return the hash of a new password; raises Invalid at the field `password` when it is weak."""
    refuse_weak(password, email=email)
    return hash_password(password)


def allow_sign_up(address: str, *, solution: str = "") -> None:
    """Count a sign-up from this network address; raises TooMany beyond FORUM_SIGN_UPS_PER_HOUR.

    While the browser's sum is asked for, one without its `solution` counts in a narrow limit besides: not everybody has a script.
    """
    if work.is_asked("sign-up-site") and not work.is_done(solution):
        limits.allow("sign-up-unproven", address)
    limits.allow("sign-up", address)
    limits.allow("sign-up-site", "")


def allow_forgot(address: str) -> None:
    """Count a request for a new password from this network address; raises TooMany beyond its limit."""
    limits.allow("forgot", address)


def may_mail(email: str, kind: str) -> bool:
    """Count a mail of this kind to the address; False beyond FORUM_MAILS_PER_HOUR, and then nothing may be sent.

    Each kind has its own count, so that nobody uses up another's mails for a forgotten password by signing up.
    """
    name = f"mail-{kind}"
    return limits.count(name, email)[0] <= LIMITS[name].number
