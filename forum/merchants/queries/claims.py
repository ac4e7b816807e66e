"""Claims on businesses, and objections to them."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Visitor
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Gone, Missing
from forum.core.secrecy import digest
from forum.merchants import size
from forum.merchants.domains import resembles
from forum.merchants.lifecycle import (
    OPEN_CLAIM_STATES,
    ClaimState,
    EndReason,
    ObjectionState,
)
from forum.merchants.models import (
    Claim,
    Merchant,
    Objection,
    Representative,
)
from forum.merchants.policy import may_object_to_claim
from forum.merchants.queries.voices import team_of

OPEN_CLAIMS = OPEN_CLAIM_STATES
MOST_RESEMBLING = 5
MOST_DOMAINS = 20_000


def open_claim(who: Visitor, merchant_id: int) -> Claim | None:
    """Return this person's undecided claim on a business, None without one."""
    if who.is_guest:
        return None
    return db.session.scalar(
        select(Claim)
        .where(Claim.user_id == who.id, Claim.merchant_id == merchant_id, Claim.state.in_(OPEN_CLAIMS))
        .options(joinedload(Claim.merchant))
    )


def refused_claim(who: Visitor, merchant_id: int) -> Claim | None:
    """Return this person's newest claim on a business when it was refused."""
    found = db.session.scalar(
        select(Claim).where(Claim.user_id == who.id, Claim.merchant_id == merchant_id).order_by(Claim.id.desc()).limit(1)
    )
    return found if found is not None and found.state is ClaimState.REFUSED else None


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
    """Return the claim that waits for this mailed link; raises Gone when it was used, ended or never was."""
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
        raise Gone("claim_link_over")
    return claim


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


def is_last_word(claim: Claim) -> bool:
    """Whether the claim is refused, and the person neither claimed again nor speaks for the business by now."""
    later = exists().where(Claim.merchant_id == claim.merchant_id, Claim.user_id == claim.user_id, Claim.id > claim.id)
    speaks = exists().where(
        Representative.merchant_id == claim.merchant_id,
        Representative.user_id == claim.user_id,
        Representative.ended_at.is_(None),
    )
    return claim.state is ClaimState.REFUSED and not db.session.scalar(select(later | speaks))


def is_last_of_proof(objection: Objection, voice: Representative) -> bool:
    """Whether nothing followed the decision on an objection to this proof: no other end, no other proof, no later objection of theirs."""
    if objection.state is ObjectionState.UPHELD:
        again = exists().where(
            Representative.merchant_id == voice.merchant_id,
            Representative.user_id == voice.user_id,
            Representative.id > voice.id,
        )
        merged = exists().where(Merchant.id == voice.merchant_id, Merchant.merged_into_id.is_not(None))
        return voice.end_reason is EndReason.OBJECTION and not db.session.scalar(select(again | merged))
    later = exists().where(
        Objection.representative_id == voice.id, Objection.user_id == objection.user_id, Objection.id > objection.id
    )
    return objection.state is ObjectionState.DISMISSED and voice.ended_at is None and not db.session.scalar(select(later))
