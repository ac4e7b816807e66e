"""A claim is proved: by the mailed link or by a record in the DNS. What that proves by itself, and what moderators decide."""

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Gone, Invalid, NotNow
from forum.core.events import Role
from forum.core.secrecy import digest
from forum.merchants import lookups, policy
from forum.merchants.actions.claims import started
from forum.merchants.actions.voices import becomes_voice
from forum.merchants.domains import proves
from forum.merchants.lifecycle import ClaimMove, ClaimState, ProofCheck
from forum.merchants.models import Claim, Merchant, Representative
from forum.merchants.queries import moderators_decide


@unit_of_work
def confirm_claim(token: str, *, by: User) -> Representative | None:
    """Prove the work address by its mailed link; returns the new voice, or None where moderators have to decide as well.

    Raises NotAllowed for anybody but the claimant, Gone("claim_link_over") for a link that was used, replaced or is
    older than 24 hours. A business whose domain was changed meanwhile does not take it.
    """
    found = db.session.scalar(select(Claim).where(Claim.token_hash == digest(token)).with_for_update(key_share=True))
    if found is None or found.state is not ClaimState.WAITING_EMAIL or (found.expires_at or utcnow()) <= utcnow():
        raise Gone("claim_link_over")
    ensure(policy.may_confirm, by, found)
    merchant = lock(db.session.get_one(Merchant, found.merchant_id))
    if merchant.domain is not None and not proves(found.work_email, merchant.domain):
        raise Gone("claim_link_over")
    return _proved(found, merchant, ClaimMove.CONFIRM_EMAIL, by=by)


def check_record(claim: Claim, *, by: User) -> Representative | None:
    """Look the record of a claim up in the DNS; found, it proves the domain as the mailed link does an address.

    Takes lookups.LONGEST_LOOK_SECONDS at most, before the unit of work begins. Raises NotAllowed, NotNow, or
    Invalid("record_none" | "record_wrong" | "record_no_domain" | "record_silent").
    """
    ensure(policy.may_confirm, by, claim)
    domain, token = claim.domain, claim.record_token
    if claim.state is not ClaimState.WAITING_DNS or domain is None or token is None:
        raise NotNow(state=claim.state.value, move=ClaimMove.CONFIRM_DNS.value)
    found = lookups.look_for_record(domain, token)
    if found is not lookups.Look.FOUND:
        raise Invalid(f"record_{found.value}", domain=domain)
    return take_record(claim, domain, token, by=by)


@unit_of_work
def take_record(claim: Claim, domain: str, token: str, *, by: User) -> Representative | None:
    """Take the record of a claim as found; what was looked up is believed only of the claim as it was then."""
    lock(claim)
    if claim.state is not ClaimState.WAITING_DNS or (claim.domain, claim.record_token) != (domain, token):
        raise NotNow("claim_changed")
    if (claim.expires_at or utcnow()) <= utcnow():
        raise NotNow("claim_over")
    merchant = lock(db.session.get_one(Merchant, claim.merchant_id))
    if merchant.domain is not None and merchant.domain != domain:
        raise NotNow("claim_changed")
    return _proved(claim, merchant, ClaimMove.CONFIRM_DNS, by=by)


def _proved(claim: Claim, merchant: Merchant, move: ClaimMove, *, by: User) -> Representative | None:
    claim.proved_at = utcnow()
    claim.token_hash = claim.expires_at = None
    if moderators_decide(claim, merchant):
        claim.move(ClaimMove.HAND_TO_MODERATOR)
        started(claim, by=by, fresh=False)
        return None
    claim.move(move)
    return becomes_voice(claim, by=by, role=Role.BUSINESS, proof=claim.way, looked_at=ProofCheck.AUTOMATIC)
