"""Work of accounts that the worker does."""

from forum.accounts import actions, proof, queries
from forum.accounts.actions.resetting import SEND_RESET
from forum.core.jobs import handles


@handles(SEND_RESET)
def send_reset(user_id: int, then: str | None = None) -> None:
    """Mail a link for a new password, unless the address got its mails of this hour; 0 stands for an unknown address."""
    user = queries.person(user_id) if user_id else None
    if user is not None and user.email and proof.may_mail(user.email, "reset"):
        actions.send_reset(user, then=then)
