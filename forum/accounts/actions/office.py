"""Moderators appointed by the operator."""

from forum.accounts import queries
from forum.accounts.actions.opening import open_account
from forum.accounts.actions.sessions import end_sessions
from forum.accounts.addresses import normal_email
from forum.accounts.models import Standing, User
from forum.accounts.passwords import hash_password
from forum.accounts.strength import refuse_weak
from forum.core.clock import utcnow
from forum.core.db import unit_of_work
from forum.core.events import Kind, Role, record


@unit_of_work
def appoint_moderator(*, email: str, name: str, password: str) -> User:
    """Open a moderator's account, or raise the one with this address, whose name and password stay.

    For the operator's command only: it hashes inside the unit of work. Raises Invalid for a bad value.
    """
    user = queries.user_by_email(normal_email(email))
    if user is None:
        refuse_weak(password, email=normal_email(email))
        user = open_account(name=name, email=email, password_hash=hash_password(password), confirmed=True)
    user.standing = Standing.MODERATOR
    user.confirmed_at = user.confirmed_at or utcnow()
    end_sessions(user)  # a new role begins with a new sign-in
    record(Kind.MODERATOR_APPOINTED, by=None, role=Role.SYSTEM, about=f"user:{user.id}")
    return user
