"""An account closed by its owner, or because its address was never confirmed."""

from datetime import timedelta

from sqlalchemy import exists, select

from forum.accounts.actions.factors import forget_factors
from forum.accounts.actions.sessions import end_sessions
from forum.accounts.lifecycle import CLOSED_NAME
from forum.accounts.links import forget_links, tell
from forum.accounts.models import LoginSession, User
from forum.accounts.policy import may_change
from forum.accounts.rights import Standing
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.events import Kind, Role, record

UNCONFIRMED_KEPT = timedelta(days=30)
MOST_AT_ONCE = 500


@unit_of_work
def close_account(user: User, *, by: User, withdraw: bool = False) -> None:
    """Close the account: name, address and password go, sessions end, bylines become a pseudonym.

    Other features react to the event: `data["withdraw"]` says whether the person's letters are withdrawn as well.
    """
    user = lock(user)
    ensure(may_change, by, user)
    tell(user, "account_closed", withdraw=withdraw, pseudonym=CLOSED_NAME)
    _close(user, Role.READER, withdraw=withdraw)


@unit_of_work
def close_unconfirmed() -> None:
    """Close accounts older than UNCONFIRMED_KEPT whose address was never confirmed, once nobody is signed in there.

    No mail tells of it, for it may be anybody's address.
    """
    before = utcnow() - UNCONFIRMED_KEPT
    used = exists().where(LoginSession.user_id == User.id)
    idle = select(User).where(User.confirmed_at.is_(None), User.closed_at.is_(None), User.created_at < before, ~used)
    for user in db.session.scalars(idle.order_by(User.id).limit(MOST_AT_ONCE).with_for_update(key_share=True)).all():
        _close(user, Role.SYSTEM, withdraw=False)


def _close(user: User, role: Role, *, withdraw: bool) -> None:
    record(Kind.ACCOUNT_CLOSED, by=user, role=role, about=f"user:{user.id}", withdraw=withdraw)
    user.name = CLOSED_NAME
    end_sessions(user)
    forget_factors(user)
    forget_links(user)
    user.email = user.password_hash = None
    user.standing, user.time_zone, user.unread = Standing.MEMBER, None, 0
    user.closed_at = utcnow()
