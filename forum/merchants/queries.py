"""Loading businesses, the claims on them and the people who speak for them."""

import re
import unicodedata
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Visitor
from forum.core import paging
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.secrecy import digest
from forum.merchants import size
from forum.merchants.domains import resembles
from forum.merchants.lifecycle import (
    OPEN_CLAIM_STATES,
    ClaimState,
    ContactState,
    NameKind,
    NameState,
    ObjectionState,
    TeamRole,
)
from forum.merchants.models import (
    LONGEST_MERCHANT_NAME_CHARACTERS,
    Claim,
    Contact,
    Merchant,
    MerchantName,
    Objection,
    Representative,
)
from forum.merchants.policy import may_object_to_claim

MOST_NAMES = 100
"""Other names a business can have; more are refused."""
MOST_MERGES_IN_A_ROW = 20
OPEN_CLAIMS = OPEN_CLAIM_STATES
PROOFS_A_PAGE = 25
MOST_RESEMBLING = 5
MOST_DOMAINS = 20_000


def key_of(name: str) -> str:
    """Return the name folded (NFKC, case, white space), so that one business has one row."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return re.sub(r"\s+", " ", folded).strip()[:LONGEST_MERCHANT_NAME_CHARACTERS]


def merchant_of_key(key: str, *, hold: bool = False) -> Merchant | None:
    """Return the business that has this folded name or another one so folded, None when nobody named it yet.

    With `hold` it cannot be merged into another one before the unit of work ends.
    """
    own = select(Merchant).where(Merchant.key == key, Merchant.merged_into_id.is_(None))
    other = (
        select(Merchant)
        .join(MerchantName, MerchantName.merchant_id == Merchant.id)
        .where(MerchantName.key == key, MerchantName.state == NameState.ACCEPTED)
    )
    for query in (own, other):
        if hold:
            query = query.with_for_update(read=True, key_share=True, of=Merchant).execution_options(populate_existing=True)
        found = db.session.scalar(query)
        if found is not None:
            return found
    return None


def proven() -> ColumnElement[bool]:
    """Return the condition that a business has a checked domain, or that somebody proved to speak for it."""
    spoken_for = exists().where(Representative.merchant_id == Merchant.id, Representative.ended_at.is_(None))
    return and_(Merchant.merged_into_id.is_(None), or_(Merchant.domain.is_not(None), spoken_for))


def is_proven(merchant_id: int) -> bool:
    """Whether a business has a checked domain or somebody who proved to speak for it."""
    return db.session.scalar(select(Merchant.id).where(Merchant.id == merchant_id, proven())) is not None


def proven_merchant(name: str) -> Merchant | None:
    """Return the business of this name, however it is written, when it has a checked domain or somebody speaks for it."""
    key = key_of(name)
    other = exists().where(
        MerchantName.merchant_id == Merchant.id, MerchantName.key == key, MerchantName.state == NameState.ACCEPTED
    )
    return db.session.scalar(select(Merchant).where(or_(Merchant.key == key, other), proven()).limit(1))


def other_names(merchant_id: int) -> Sequence[MerchantName]:
    """Return the accepted other names of a business, those that are shown first."""
    return db.session.scalars(
        select(MerchantName)
        .where(MerchantName.merchant_id == merchant_id, MerchantName.state == NameState.ACCEPTED)
        .order_by(MerchantName.kind == NameKind.MISSPELLING, MerchantName.key)
        .limit(MOST_NAMES)
    ).all()


def proposed_names(merchant_id: int) -> Sequence[MerchantName]:
    """Return the names that owners of the business proposed, with what became of them, the newest first."""
    return db.session.scalars(
        select(MerchantName)
        .where(MerchantName.merchant_id == merchant_id, MerchantName.proposed_by_id.is_not(None))
        .order_by(MerchantName.id.desc())
        .limit(MOST_NAMES)
    ).all()


def merchant_name(name_id: int) -> MerchantName:
    """Return another name by its number, with its business; raises Missing."""
    found = db.session.scalar(
        select(MerchantName).where(MerchantName.id == name_id).options(joinedload(MerchantName.merchant))
    )
    if found is None:
        raise Missing
    return found


def moved_to(merchant: Merchant) -> Merchant:
    """Return the business that this one is a part of by now: itself, when it was never merged."""
    for _step in range(MOST_MERGES_IN_A_ROW):
        if merchant.merged_into_id is None:
            break
        merchant = db.session.get_one(Merchant, merchant.merged_into_id)
    return merchant


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


def claim_on_mine(who: Visitor, claim_id: int) -> Claim:
    """Return an undecided claim, with its business and person, on a business whose owner asks; raises Missing for others."""
    found = db.session.scalar(
        select(Claim).where(Claim.id == claim_id).options(joinedload(Claim.merchant), joinedload(Claim.user))
    )
    if found is None or not may_object_to_claim(who, found):
        raise Missing
    return found


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


def proofs_of(merchant: Merchant, after: str | None = None) -> paging.Page[Representative]:
    """Return a page of who speaks or spoke for a business, with their names: those at present first, the newest proof first."""
    stands = case((Representative.ended_at.is_(None), 1), else_=0)
    found = paging.page(
        select(Representative)
        .where(Representative.merchant_id == merchant.id, Representative.role != TeamRole.READER)
        .options(joinedload(Representative.user)),
        keys=(stands, Representative.since, Representative.id),
        kinds="iti",
        after=after,
        size=PROOFS_A_PAGE,
        key_of=lambda row: (int(row[0].ended_at is None), row[0].since, row[0].id),
    )
    return paging.Page([row[0] for row in found.items], found.next)


def team_of(merchant_id: int) -> Sequence[Representative]:
    """Return who speaks for a business at present, with their accounts, the oldest proof first."""
    return db.session.scalars(
        select(Representative)
        .where(Representative.merchant_id == merchant_id, Representative.ended_at.is_(None))
        .options(joinedload(Representative.user))
        .order_by(Representative.since, Representative.id)
    ).all()


def rivals_of(claim: Claim) -> Sequence[Claim]:
    """Return the other open claims on the business whose time is not over, with their people, the oldest first."""
    return db.session.scalars(
        select(Claim)
        .where(
            Claim.merchant_id == claim.merchant_id,
            Claim.user_id != claim.user_id,
            Claim.state.in_(OPEN_CLAIMS),
            or_(Claim.expires_at.is_(None), Claim.expires_at > utcnow()),
        )
        .options(joinedload(Claim.user))
        .order_by(Claim.id)
        .limit(100)
    ).all()


def moderators_decide(claim: Claim, merchant: Merchant) -> bool:
    """Whether the proof is not enough alone: nobody paired the domain with the name yet, or it is about to be lost;
    somebody speaks for the business or claims it as well; or so many letters are about it that two moderators look.
    """
    return (
        claim.domain != merchant.domain
        or merchant.failing_since is not None
        or bool(team_of(merchant.id))
        or bool(rivals_of(claim))
        or size.needs_two_moderators(merchant.id)
    )


def resembling(domain: str, merchant_id: int) -> list[Merchant]:
    """Return other businesses whose registered domain is this one or could be taken for it; a few, by name."""
    rows = db.session.execute(
        select(Merchant.id, Merchant.domain)
        .where(Merchant.domain.is_not(None), Merchant.id != merchant_id)
        .order_by(Merchant.id)
        .limit(MOST_DOMAINS)
    )
    ids = [row.id for row in rows if row.domain == domain or resembles(domain, row.domain)][:MOST_RESEMBLING]
    return list(db.session.scalars(select(Merchant).where(Merchant.id.in_(ids)).order_by(Merchant.key))) if ids else []


def objection_of(who: Visitor, *, voice_id: int | None = None, claim_id: int | None = None) -> Objection | None:
    """Return this person's open objection to a proof or to a claim, None without one."""
    if who.is_guest:
        return None
    about = Objection.representative_id == voice_id if voice_id is not None else Objection.claim_id == claim_id
    return db.session.scalar(select(Objection).where(about, Objection.user_id == who.id, Objection.state == ObjectionState.OPEN))


def objections_to_claim(claim_id: int) -> Sequence[Objection]:
    """Return the objections to a claim with their people, the oldest first."""
    return db.session.scalars(
        select(Objection).where(Objection.claim_id == claim_id).options(joinedload(Objection.user)).order_by(Objection.id).limit(50)
    ).all()


def voice_of(merchant: Merchant, voice_id: int) -> Representative:
    """Return a proof of this business with its person; raises Missing."""
    found = db.session.scalar(
        select(Representative)
        .where(Representative.id == voice_id, Representative.merchant_id == merchant.id)
        .options(joinedload(Representative.user), joinedload(Representative.merchant))
    )
    if found is None:
        raise Missing
    return found


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
