"""Who somebody is: their address, and the name behind initials; read with a reason, each time a row."""

from forum.accounts import actions as accounts
from forum.accounts.lifecycle import Private, ReadingReason
from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.db import unit_of_work
from forum.core.errors import Invalid, NotAllowed
from forum.people import policy
from forum.people.actions.requests import ask
from forum.people.lifecycle import RequestKind
from forum.people.models import IdentityOrder, JointRequest
from forum.people.queries.orders import kept_identity
from forum.people.queries.requests import allowed_by


@unit_of_work
def read_email(user: User, *, by: User, reason: ReadingReason | None) -> str:
    """Return the address of an account, with a row of who read it and why; empty of a closed account. Raises NotAllowed or Invalid."""
    ensure(policy.may_judge, by, user)
    accounts.read_private(Private.EMAIL, by=by, reason=reason, about=f"user:{user.id}")
    return user.email or ""


@unit_of_work
def ask_identity(order: IdentityOrder, *, by: User, why: str) -> JointRequest:
    """Ask that an identity be given out as ordered; another moderator confirms. Raises NotAllowed or Invalid."""
    ensure(policy.may_handle_order, by, order)
    if order.given_at is not None:
        raise Invalid("given_already", field="why")
    return ask(
        RequestKind.UNMASK, by=by, why=why, user_id=order.user_id, order_id=order.id, name=f"{order.name}, {order.reference}"
    )


@unit_of_work
def read_identity(order: IdentityOrder, *, by: User) -> tuple[str, str]:
    """Return name and address of whom an order is about, for the two who asked and confirmed, as long as the request lasted.

    Of an account that was closed meanwhile: what a legal hold kept, else the name it bears now. Raises NotAllowed("two_needed").
    """
    ensure(policy.may_handle_order, by, order)
    request = allowed_by(order, by.id)
    if request is None:
        raise NotAllowed("two_needed")
    about = f"user:{order.user_id}"
    accounts.read_private(Private.IDENTITY, by=by, reason=ReadingReason.ORDER, about=about, request_id=request.id)
    kept = None if order.user.is_active else kept_identity(order.user_id)
    return kept or (order.user.name, order.user.email or "")
