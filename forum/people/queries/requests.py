"""Requests that need two persons."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.people.lifecycle import RequestKind, RequestState
from forum.people.models import IdentityOrder, JointRequest

SHOWN = 50


@dataclass(frozen=True)
class Asked:
    """A request with the names of those it takes: who asked, whom it is about, who decided."""

    request: JointRequest
    asker: str
    whom: str | None
    decider: str | None


def asked() -> list[Asked]:
    """Return the newest requests, those that wait first."""
    asker, whom, decider = aliased(User), aliased(User), aliased(User)
    rows = db.session.execute(
        select(JointRequest, asker.name, whom.name, decider.name)
        .join(asker, asker.id == JointRequest.asked_by_id)
        .outerjoin(whom, whom.id == JointRequest.user_id)
        .outerjoin(decider, decider.id == JointRequest.decided_by_id)
        .order_by(JointRequest.id.desc())
        .limit(SHOWN)
    )
    found = [Asked(*row) for row in rows]
    return sorted(found, key=lambda one: (not one.request.waits, -one.request.id))


def request_by_id(request_id: int) -> JointRequest:
    """Return a request; raises Missing."""
    found = db.session.get(JointRequest, request_id)
    if found is None:
        raise Missing
    return found


def allowed_by(order: IdentityOrder, by_id: int) -> JointRequest | None:
    """Return the confirmed request that lets this person read the identity that is ordered now."""
    found = db.session.scalars(
        select(JointRequest)
        .where(
            JointRequest.kind == RequestKind.UNMASK,
            JointRequest.state == RequestState.CONFIRMED,
            JointRequest.user_id == order.user_id,
        )
        .order_by(JointRequest.id.desc())
    )
    mine = (one for one in found if one.data.get("order_id") == order.id)
    return next((one for one in mine if by_id in {one.asked_by_id, one.decided_by_id} and one.ends_at > utcnow()), None)


def waiting_about(user_id: int) -> list[JointRequest]:
    """Return what waits for a second person about somebody."""
    found = db.session.scalars(
        select(JointRequest)
        .where(JointRequest.user_id == user_id, JointRequest.state == RequestState.OPEN)
        .order_by(JointRequest.id)
    )
    return [one for one in found if one.waits]
