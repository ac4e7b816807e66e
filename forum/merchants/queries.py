"""Loading businesses, the claims on them and the people who speak for them."""

import re
import unicodedata
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Visitor
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.secrecy import digest
from forum.merchants.lifecycle import ClaimState, ContactState
from forum.merchants.models import LONGEST_MERCHANT_NAME_CHARACTERS, Claim, Contact, Merchant, Representative

OPEN_CLAIMS = (ClaimState.WAITING_EMAIL, ClaimState.WAITING_MODERATOR)


def key_of(name: str) -> str:
    """Return the name folded (NFKC, case, white space), so that one business has one row."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return re.sub(r"\s+", " ", folded).strip()[:LONGEST_MERCHANT_NAME_CHARACTERS]


def merchant_of_key(key: str) -> Merchant | None:
    """Return the business whose folded name this is, None when nobody named it yet."""
    return db.session.scalar(select(Merchant).where(Merchant.key == key))


def proven_merchant(name: str) -> Merchant | None:
    """Return the business of this name, however it is written, when it has a checked domain or somebody speaks for it."""
    spoken_for = exists().where(Representative.merchant_id == Merchant.id, Representative.ended_at.is_(None))
    return db.session.scalar(
        select(Merchant).where(Merchant.key == key_of(name), or_(Merchant.domain.is_not(None), spoken_for))
    )


def open_claim(who: Visitor, merchant_id: int) -> Claim | None:
    """Return this person's undecided claim on a business, None without one."""
    if who.is_guest:
        return None
    return db.session.scalar(
        select(Claim)
        .where(Claim.user_id == who.id, Claim.merchant_id == merchant_id, Claim.state.in_(OPEN_CLAIMS))
        .options(joinedload(Claim.merchant))
    )


def claims_of(who: Visitor) -> Sequence[Claim]:
    """Return this person's undecided claims with their businesses, oldest first."""
    return db.session.scalars(
        select(Claim)
        .where(Claim.user_id == who.id, Claim.state.in_(OPEN_CLAIMS))
        .options(joinedload(Claim.merchant))
        .order_by(Claim.id)
    ).all()


def claim_for(who: Visitor, claim_id: int) -> Claim:
    """Return a claim with its business and person; raises Missing for everybody but the claimant and moderators."""
    claim = db.session.scalar(
        select(Claim).where(Claim.id == claim_id).options(joinedload(Claim.merchant), joinedload(Claim.user))
    )
    if claim is None or not (who.is_moderator or (not who.is_guest and claim.user_id == who.id)):
        raise Missing
    return claim


def claim_of_token(token: str) -> Claim:
    """Return the claim that waits for this mailed link; raises Missing when it was used, ended or never was."""
    claim = db.session.scalar(
        select(Claim)
        .where(
            Claim.token_hash == digest(token),
            Claim.state == ClaimState.WAITING_EMAIL,
            Claim.expires_at > utcnow(),
        )
        .options(joinedload(Claim.merchant), joinedload(Claim.user))
    )
    if claim is None:
        raise Missing("claim_link_over")
    return claim


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


def voices_of(merchant: Merchant) -> Sequence[Representative]:
    """Return who speaks or spoke for a business, with their names, the newest proof first."""
    return db.session.scalars(
        select(Representative)
        .where(Representative.merchant_id == merchant.id)
        .options(joinedload(Representative.user))
        .order_by(Representative.ended_at.is_not(None), Representative.since.desc(), Representative.id.desc())
        .limit(100)
    ).all()


def representations_of(who: Visitor) -> Sequence[Representative]:
    """Return what this person speaks for at present, with the businesses, by name."""
    return db.session.scalars(
        select(Representative)
        .join(Representative.merchant)
        .where(Representative.user_id == who.id, Representative.ended_at.is_(None))
        .options(joinedload(Representative.merchant))
        .order_by(Merchant.key)
    ).all()


def merchant_of(merchant_id: int) -> Merchant:
    """Return a business that exists."""
    return db.session.get_one(Merchant, merchant_id)


def voice(voice_id: int) -> Representative:
    """Return a representation by its number; raises Missing."""
    found = db.session.get(Representative, voice_id)
    if found is None:
        raise Missing
    return found
