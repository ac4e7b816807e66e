"""Offices given and taken: the first of each by the operator's command, every other by two persons (forum/people)."""

from sqlalchemy import exists, select

from forum.accounts import queries
from forum.accounts.actions.opening import open_account
from forum.accounts.actions.sessions import end_sessions
from forum.accounts.addresses import normal_email
from forum.accounts.models import User
from forum.accounts.passwords import hash_password
from forum.accounts.rights import Standing
from forum.accounts.strength import refuse_weak
from forum.core.clock import utcnow
from forum.core.db import db, lock, turn, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record


@unit_of_work
def appoint_first(standing: Standing, *, email: str, name: str, password: str) -> User:
    """Appoint the first holder of an office: opens the account, or raises the one with this address, whose name and password stay.

    For the operator's command only: it hashes inside the unit of work. Raises NotNow("office_held") when somebody holds the
    office already, Invalid for a bad value.
    """
    turn("offices")
    if db.session.scalar(select(exists().where(User.standing == standing, User.closed_at.is_(None)))):
        raise NotNow("office_held")
    user = queries.user_by_email(normal_email(email))
    if user is None:
        refuse_weak(password, email=normal_email(email))
        user = open_account(name=name, email=email, password_hash=hash_password(password), confirmed=True)
    if user.standing is not Standing.MEMBER:
        raise NotNow("office_of_two")  # who holds one office does not get the other as well: two persons look at each other
    _give(user, standing)
    record(Kind.MODERATOR_APPOINTED, by=None, role=Role.SYSTEM, about=f"user:{user.id}", standing=standing.value)
    return user


@unit_of_work
def change_standing(user: User, *, by: User, second: User, standing: Standing) -> None:
    """Appoint or dismiss somebody, as `by` asked and `second` confirmed; they sign in anew.

    The caller has asked the rules (`forum.people`). Raises Invalid("same_standing"), NotNow("account_closed") or
    NotNow("last_administrator").
    """
    turn("offices")
    user = lock(user)
    if not user.is_active:
        raise NotNow("account_closed")
    if user.standing is standing:
        raise Invalid("same_standing", field="standing")
    before = user.standing
    if before is Standing.ADMINISTRATOR and not _another_administrator(user):
        raise NotNow("last_administrator")
    _give(user, standing)
    record(
        Kind.RIGHTS_CHANGED,
        by=by,
        role=Role.MODERATOR,
        about=f"user:{user.id}",
        before=before.value,
        standing=standing.value,
        second=second.id,
    )


def _give(user: User, standing: Standing) -> None:
    user.standing = standing
    user.confirmed_at = user.confirmed_at or utcnow()
    end_sessions(user)  # a new role begins with a new sign-in


def _another_administrator(user: User) -> bool:
    return bool(
        db.session.scalar(
            select(
                exists().where(User.standing == Standing.ADMINISTRATOR, User.closed_at.is_(None), User.id != user.id)
            )
        )
    )
