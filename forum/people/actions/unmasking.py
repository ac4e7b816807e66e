"""Who somebody is: their address, and the name behind initials; read with a reason, each time a row."""

from forum.accounts import actions as accounts
from forum.accounts.lifecycle import Private, ReadingReason
from forum.accounts.models import User
from forum.core.db import unit_of_work
from forum.core.errors import NotAllowed
from forum.people.queries.requests import allowed_by


@unit_of_work
def read_email(user: User, *, by: User, reason: ReadingReason | None) -> str:
    """Return the address of an account, with a row of who read it and why; empty of a closed account."""
    accounts.read_private(Private.EMAIL, by=by, reason=reason, about=f"user:{user.id}")
    return user.email or ""


@unit_of_work
def read_identity(user: User, *, by: User, reason: ReadingReason | None) -> tuple[str, str]:
    """Return name and address, for the two who asked and confirmed, as long as the request lasted. Raises NotAllowed("two_needed")."""
    request = allowed_by(user.id, by.id)
    if request is None:
        raise NotAllowed("two_needed")
    accounts.read_private(Private.IDENTITY, by=by, reason=reason, about=f"user:{user.id}", request_id=request.id)
    return user.name, user.email or ""
