"""Loading businesses, the claims on them and the people who speak for them."""

import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Visitor
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.secrecy import digest
from forum.merchants.lifecycle import ClaimState, TeamRole
from forum.merchants.models import LONGEST_MERCHANT_NAME_CHARACTERS, Claim, Merchant, Representative

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


def voices_of(merchant: Merchant) -> Sequence[Representative]:
    """Return who speaks or spoke for a business, with their names, the newest proof first; readers speak for nobody."""
    return db.session.scalars(
        select(Representative)
        .where(Representative.merchant_id == merchant.id, Representative.role != TeamRole.READER)
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
