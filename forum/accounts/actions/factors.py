"""Second factors of an account: added, removed, renewed. Each change is told by mail at once."""

from sqlalchemy import delete, select, update

from forum.accounts import passkeys, queries, recovery, totp
from forum.accounts.actions.sessions import end_sessions
from forum.accounts.addresses import normal_email
from forum.accounts.links import tell
from forum.accounts.models import (
    LONGEST_PASSKEY_NAME_CHARACTERS,
    Authenticator,
    LoginSession,
    Passkey,
    RecoveryCode,
    User,
)
from forum.accounts.policy import may_change, may_remove_passkey
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, Missing, NotNow
from forum.core.events import Kind, Role, record
from forum.core.mailing import absolute

SETTINGS = "/settings/second-factor"


@unit_of_work
def add_authenticator(
    user: User, *, by: User, secret: str, code: str, session: LoginSession | None = None
) -> list[str]:
    """Take the app that shows right codes for this secret as a second factor of the person.

    Returns the first recovery codes, none when there were factors already: they are shown once. Other devices are signed
    out with the first factor. Raises NotNow("authenticator_there"), or Invalid("wrong_code") at the field `code`.
    """
    user = lock(user)
    ensure(may_change, by, user)
    if queries.authenticator_of(user.id) is not None:
        raise NotNow("authenticator_there")
    counter = totp.matching_counter(secret, code, after=0)
    if counter is None:
        raise Invalid("wrong_code", field="code")
    db.session.add(Authenticator(user_id=user.id, secret=secret, last_counter=counter))
    return _added(user, session, "app")


@unit_of_work
def add_passkey(
    user: User, *, by: User, name: str, answer: str, challenge: str, session: LoginSession | None = None
) -> list[str]:
    """Take a passkey that the browser made for this challenge; returns recovery codes as `add_authenticator`.

    Raises Invalid("bad_passkey"), at the field `name` for a bad name, NotNow beyond passkeys.MOST_PASSKEYS.
    """
    user = lock(user)
    ensure(may_change, by, user)
    if not 0 < len(name) <= LONGEST_PASSKEY_NAME_CHARACTERS:
        raise Invalid("length", field="name", least=1, most=LONGEST_PASSKEY_NAME_CHARACTERS)
    if len(queries.passkeys_of(user.id)) >= passkeys.MOST_PASSKEYS:
        raise NotNow("too_many_passkeys", most=passkeys.MOST_PASSKEYS)
    made = passkeys.made(answer, challenge)
    if queries.passkey_of(made.credential_id) is not None:
        raise Invalid("bad_passkey")
    db.session.add(
        Passkey(
            user_id=user.id,
            name=name,
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
        )
    )
    return _added(user, session, "passkey", name)


def _added(user: User, session: LoginSession | None, what: str, name: str = "") -> list[str]:
    now, codes = utcnow(), []
    if session is not None:
        db.session.execute(update(LoginSession).where(LoginSession.id == session.id).values(second_factor_at=now))
    if user.second_factor_since is None:
        user.second_factor_since = now
        end_sessions(user, but=session)
        codes = _fresh_codes(user)
    db.session.flush()
    record(Kind.SECOND_FACTOR_ADDED, by=user, role=Role.READER, about=f"user:{user.id}", what=what)
    tell(user, "second_factor", happened="added", what=what, named=name, url=absolute(SETTINGS), at=now)
    return codes


@unit_of_work
def remove_authenticator(user: User, *, by: User) -> None:
    """Remove the app; with the last factor the recovery codes go as well. Raises NotNow when there is none."""
    user = lock(user)
    ensure(may_change, by, user)
    found = queries.authenticator_of(user.id)
    if found is None:
        raise NotNow("factor_gone")
    db.session.delete(found)
    _removed(user, "app")


@unit_of_work
def remove_passkey(passkey: Passkey, *, by: User) -> None:
    """Remove a passkey; with the last factor the recovery codes go as well. Raises NotAllowed for somebody else's."""
    ensure(may_remove_passkey, by, passkey)
    user = lock(by)
    name = passkey.name
    db.session.delete(lock(passkey))
    _removed(user, "passkey", name)


def _removed(user: User, what: str, name: str = "") -> None:
    db.session.flush()
    if queries.authenticator_of(user.id) is None and not queries.passkeys_of(user.id):
        user.second_factor_since = None
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    record(Kind.SECOND_FACTOR_REMOVED, by=user, role=Role.READER, about=f"user:{user.id}", what=what)
    tell(user, "second_factor", happened="removed", what=what, named=name, url=absolute(SETTINGS), at=utcnow())


@unit_of_work
def renew_codes(user: User, *, by: User) -> list[str]:
    """Make new recovery codes, the old ones worthless; returns them, to be shown once. Raises NotNow without a factor."""
    user = lock(user)
    ensure(may_change, by, user)
    if not user.has_second_factor:
        raise NotNow("factor_gone")
    codes = _fresh_codes(user)
    record(Kind.RECOVERY_CODES_RENEWED, by=user, role=Role.READER, about=f"user:{user.id}")
    tell(user, "second_factor", happened="renewed", what="", named="", url=absolute(SETTINGS), at=utcnow())
    return codes


def _fresh_codes(user: User) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = recovery.new_codes()
    db.session.add_all(
        [
            RecoveryCode(user_id=user.id, code_hash=recovery.code_hash(user.id, recovery.normal_code(code)))
            for code in codes
        ]
    )
    return codes


@unit_of_work
def reset_second_factor(*, email: str) -> User:
    """Take every second factor from the account with this address and sign it out everywhere; it is told by mail.

    For the operator's command alone, once it is known who asks. Raises Missing without such an account.
    """
    user = queries.user_by_email(normal_email(email))
    if user is None:
        raise Missing
    lock(user)
    forget_factors(user)
    end_sessions(user)
    record(Kind.SECOND_FACTOR_RESET, by=None, role=Role.SYSTEM, about=f"user:{user.id}")
    tell(user, "second_factor", happened="reset", what="", named="", url=absolute(SETTINGS), at=utcnow())
    return user


def forget_factors(user: User) -> None:
    """Delete every second factor and recovery code of the person."""
    for table in (Authenticator, Passkey, RecoveryCode):
        for row in db.session.scalars(select(table).where(table.user_id == user.id)).all():
            db.session.delete(row)
    user.second_factor_since = None
