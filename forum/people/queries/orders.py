"""Orders about identities: one with its documents, those about a person, what a hold kept of a closed account."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Visitor
from forum.attachments.models import Attachment
from forum.core.access import ensure
from forum.core.db import db
from forum.core.errors import Missing
from forum.letters.kept import KeptWords
from forum.people import policy
from forum.people.lifecycle import RequestKind
from forum.people.models import IdentityOrder, JointRequest


def order_for(who: Visitor, order_id: int) -> IdentityOrder:
    """Return an order with its person for a moderator who may handle it; raises Missing, NotAllowed or SecondFactorNeeded."""
    ensure(policy.may_open_people, who, None)
    found = db.session.scalar(
        select(IdentityOrder).where(IdentityOrder.id == order_id).options(joinedload(IdentityOrder.user))
    )
    if found is None:
        raise Missing
    ensure(policy.may_handle_order, who, found)
    return found


def orders_about(user_id: int) -> Sequence[IdentityOrder]:
    """Return the orders about a person, newest first."""
    return db.session.scalars(
        select(IdentityOrder).where(IdentityOrder.user_id == user_id).order_by(IdentityOrder.id.desc())
    ).all()


def told_to(user_id: int) -> Sequence[IdentityOrder]:
    """Return the orders by which somebody's identity was given out and of which they were told, newest first."""
    return [one for one in orders_about(user_id) if one.told_at is not None]


def documents_of(order_id: int) -> Sequence[Attachment]:
    """Return the documents of an order in order."""
    return db.session.scalars(
        select(Attachment).where(Attachment.identity_order_id == order_id).order_by(Attachment.position, Attachment.id)
    ).all()


def requests_on(order: IdentityOrder) -> list[JointRequest]:
    """Return what was asked on an order, newest first."""
    found = db.session.scalars(
        select(JointRequest)
        .where(JointRequest.kind == RequestKind.UNMASK, JointRequest.user_id == order.user_id)
        .order_by(JointRequest.id.desc())
    )
    return [one for one in found if one.data.get("order_id") == order.id]


def kept_identity(user_id: int) -> tuple[str, str] | None:
    """Return name and address that a hold kept when the account was closed, None when nothing did."""
    kept = db.session.scalar(
        select(KeptWords).where(KeptWords.about == f"user:{user_id}").order_by(KeptWords.id.desc()).limit(1)
    )
    return None if kept is None else (str(kept.words.get("name") or ""), str(kept.words.get("email") or ""))
