"""An account closed by its owner."""

from forum.accounts.actions.sessions import end_sessions
from forum.accounts.lifecycle import CLOSED_NAME
from forum.accounts.links import forget_links, tell
from forum.accounts.models import Standing, User
from forum.accounts.policy import may_change
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import lock, unit_of_work
from forum.core.events import Kind, Role, record


@unit_of_work
def close_account(user: User, *, by: User, withdraw: bool = False) -> None:
    """Close the account: name, address and password go, sessions end, bylines become a pseudonym.

    Other features react to the event: `data["withdraw"]` says whether the person's letters are withdrawn as well.
    """
    user = lock(user)
    ensure(may_change, by, user)
    tell(user, "account_closed", withdraw=withdraw, pseudonym=CLOSED_NAME)
    record(Kind.ACCOUNT_CLOSED, by=user, role=Role.READER, about=f"user:{user.id}", withdraw=withdraw)
    end_sessions(user)
    forget_links(user)
    user.name, user.email, user.password_hash = CLOSED_NAME, None, None
    user.standing, user.time_zone, user.unread = Standing.MEMBER, None, 0
    user.closed_at = utcnow()
