"""Somebody becomes the voice of a business, and ceases to be it."""

from sqlalchemy import select

from forum.accounts.actions import end_sessions
from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.events import Kind, Role, record
from forum.merchants import policy
from forum.merchants.domains import domain_of
from forum.merchants.lifecycle import EndReason, Proof, ProofCheck
from forum.merchants.models import RECHECKED_EVERY, Claim, Merchant, Representative
from forum.merchants.team import ensure_an_owner_stays, forget_representations


def becomes_voice(claim: Claim, *, by: User, role: Role, proof: Proof, looked_at: ProofCheck) -> Representative:
    """Make the claimant of a claim that was just approved a voice of the business, in the present unit of work."""
    now = utcnow()
    claim.decided_at, claim.decided_by_id = now, by.id
    claim.token_hash = claim.expires_at = None
    voice = db.session.scalar(
        select(Representative).where(
            Representative.merchant_id == claim.merchant_id,
            Representative.user_id == claim.user_id,
            Representative.ended_at.is_(None),
        )
    )
    if voice is None:
        voice = Representative(merchant_id=claim.merchant_id, user_id=claim.user_id)
        db.session.add(voice)
    voice.job_title, voice.proof, voice.looked_at, voice.since = claim.job_title, proof, looked_at, now
    voice.proved_domain = _domain(claim, proof)
    voice.document = claim.document if proof is Proof.DOCUMENT else None
    voice.record_token = claim.record_token if proof is Proof.DNS else None
    voice.next_check_at, voice.checked_at = now + RECHECKED_EVERY, None
    voice.failing_since, voice.failed_checks = None, 0
    db.session.flush()
    forget_representations(claim.user_id)
    record(
        Kind.CLAIM_APPROVED,
        by=by,
        role=role,
        merchant_id=claim.merchant_id,
        about=f"claim:{claim.id}",
        proof=proof.value,
        looked_at=looked_at.value,
        voice_id=voice.id,
        message=claim.message,
    )
    return voice


def _domain(claim: Claim, proof: Proof) -> str | None:
    if proof is Proof.EMAIL:
        return domain_of(claim.work_email)
    return claim.domain if proof is Proof.DNS else None


@unit_of_work
def end_representation(voice: Representative, *, by: User) -> None:
    """End that a person is of a business's team; what was signed stays. Ending it twice changes nothing.

    Whoever was ended by another is signed out everywhere. Raises NotAllowed, or NotNow("last_owner") when a team would be
    left without an owner, unless a moderator ends it.
    """
    lock(db.session.get_one(Merchant, voice.merchant_id))
    lock(voice)
    ensure(policy.may_end, by, voice)
    if voice.ended_at is not None:
        return
    own, by_team = by.id == voice.user_id, voice.merchant_id in by.merchant_ids
    if by_team:
        ensure_an_owner_stays(voice)
    if not own:
        end_sessions(db.session.get_one(User, voice.user_id))
    reason = EndReason.LEFT if own else EndReason.OWNER if by_team else EndReason.MODERATOR
    end(voice, reason, by=by, role=Role.BUSINESS if by_team else Role.MODERATOR)


def end(voice: Representative, reason: EndReason, *, by: User | None, role: Role) -> None:
    """End a representation that is locked, in the present unit of work; twice changes nothing."""
    if voice.ended_at is not None:
        return
    voice.ended_at, voice.end_reason = utcnow(), reason
    record(
        Kind.REPRESENTATIVE_ENDED,
        by=by,
        role=role,
        merchant_id=voice.merchant_id,
        about=f"representative:{voice.id}",
        reason=reason.value,
    )
    forget_representations(voice.user_id)
