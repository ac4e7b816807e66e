"""The addresses that are told of letters about a business."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload

from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.events import Event, Kind, Role
from forum.core.secrecy import digest
from forum.merchants.lifecycle import (
    ContactState,
)
from forum.merchants.models import (
    Contact,
    Merchant,
    Representative,
)


def count_contacts(merchant_id: int) -> int:
    """How many contact addresses a business has, without those that were removed."""
    return (
        db.session.scalar(
            select(func.count(Contact.id)).where(Contact.merchant_id == merchant_id, Contact.state != ContactState.REMOVED)
        )
        or 0
    )


def contacts_of(merchant_id: int) -> Sequence[Contact]:
    """Return the contact addresses of a business, without those that were removed, oldest first."""
    return db.session.scalars(
        select(Contact)
        .where(Contact.merchant_id == merchant_id, Contact.state != ContactState.REMOVED)
        .order_by(Contact.id)
    ).all()


def contact_of_token(token: str) -> Contact | None:
    """Return the address that waits for this mailed link, with its business; None when the link works no more."""
    return db.session.scalar(
        select(Contact)
        .where(
            Contact.token_hash == digest(token), Contact.state == ContactState.WAITING, Contact.expires_at > utcnow()
        )
        .options(joinedload(Contact.merchant))
    )


def contact(contact_id: int) -> Contact:
    """Return a contact address with its business; raises Missing."""
    found = db.session.scalar(select(Contact).where(Contact.id == contact_id).options(joinedload(Contact.merchant)))
    if found is None:
        raise Missing
    return found


def ended_contacts(merchant_ids: Collection[int]) -> dict[int, ContactState]:
    """Return of each business with addresses that get no mail any more why: refused by somebody there, else failed."""
    found: dict[int, ContactState] = {}
    for row in db.session.execute(
        select(Contact.merchant_id, Contact.state).where(
            Contact.merchant_id.in_(merchant_ids), Contact.state.in_((ContactState.FAILED, ContactState.REFUSED))
        )
    ):
        if row.state is ContactState.REFUSED or row.merchant_id not in found:
            found[row.merchant_id] = row.state
    return found


def declines(merchant_id: int) -> bool:
    """Whether the business itself ended the last address of it that it had confirmed or knew of: it wants no mail.

    An address that a moderator found since then does not change that, one that the business confirms does.
    """
    last = db.session.scalar(
        select(Event.kind)
        .where(
            Event.merchant_id == merchant_id,
            Event.kind.in_((Kind.CONTACT_WORKS, Kind.CONTACT_ENDED)),
            Event.role == Role.BUSINESS,
        )
        .order_by(Event.id.desc())
        .limit(1)
    )
    return last is Kind.CONTACT_ENDED


def working_contacts(merchant_ids: Collection[int]) -> Sequence[Contact]:
    """Return the addresses of these businesses that get mail, oldest first."""
    return db.session.scalars(
        select(Contact)
        .where(Contact.merchant_id.in_(merchant_ids), Contact.state == ContactState.WORKING)
        .order_by(Contact.id)
    ).all()


def reachable() -> ColumnElement[bool]:
    """Return the condition that somebody can be told for a business: a working address, or a person of its team."""
    return exists().where(Contact.merchant_id == Merchant.id, Contact.state == ContactState.WORKING) | exists().where(
        Representative.merchant_id == Merchant.id, Representative.ended_at.is_(None)
    )
