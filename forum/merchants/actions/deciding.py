"""Moderators decide on a claim: one, or two where many letters are about the business."""

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import NotAllowed, NotNow
from forum.core.events import Kind, Role, record
from forum.merchants import policy, size
from forum.merchants.actions.voices import becomes_voice
from forum.merchants.domains import proves
from forum.merchants.lifecycle import (
    ClaimMove,
    ClaimReason,
    ObjectionMove,
    ObjectionState,
    Proof,
    ProofCheck,
)
from forum.merchants.models import RECHECKED_EVERY, Claim, Merchant, Objection, Representative
from forum.merchants.queries.claims import is_last_word


@unit_of_work
def approve_claim(claim: Claim, *, by: User, message: str = "") -> Representative | None:
    """Make the claimant a voice of the business after a moderator's look; None where a second moderator has to look too.

    The words of the first go to the second, those of the second to the claimant. A domain that was proved and proposed
    becomes the registered one. Raises NotAllowed (code "second_moderator" for the first once more) or NotNow (code
    "claim_changed" when the business has another domain by now).
    """
    lock(claim)
    ensure(policy.may_decide, by, claim)
    merchant = lock(db.session.get_one(Merchant, claim.merchant_id))
    if claim.decided_at is None and size.needs_two_moderators(merchant.id):
        if claim.first_by_id is None:
            _saw_first(claim, by, message)
            return None
        if claim.first_by_id == by.id:
            raise NotAllowed("second_moderator")
    looked_at = ProofCheck.ONE_MODERATOR if claim.first_by_id is None else ProofCheck.TWO_MODERATORS
    claim.move(ClaimMove.APPROVE)
    claim.message = message
    proof = _proof_of(claim)
    if proof in {Proof.EMAIL, Proof.DNS}:
        _pair(claim, merchant, by)
    _close_objections(claim, ObjectionMove.DISMISS, by=by, message=message)
    return becomes_voice(claim, by=by, role=Role.MODERATOR, proof=proof, looked_at=looked_at)


def _saw_first(claim: Claim, by: User, note: str) -> None:
    claim.first_by_id, claim.first_at, claim.first_note = by.id, utcnow(), note
    claim.version += 1
    record(
        Kind.CLAIM_SEEN_FIRST,
        by=by,
        role=Role.MODERATOR,
        merchant_id=claim.merchant_id,
        about=f"claim:{claim.id}",
        note=note,
    )


def _proof_of(claim: Claim) -> Proof:
    """What the approval rests on: an address or a record that was never proved is none."""
    if claim.way in {Proof.EMAIL, Proof.DNS} and claim.proved_at is None:
        return Proof.MODERATOR
    return claim.way


def _pair(claim: Claim, merchant: Merchant, by: User) -> None:
    """Register the domain that was proposed with the claim, unless the business has one."""
    if merchant.domain is not None:
        fits = merchant.domain == claim.domain or (
            claim.way is Proof.EMAIL and proves(claim.work_email, merchant.domain)
        )
        if not fits:
            raise NotNow("claim_changed")
        return
    merchant.domain = claim.domain
    merchant.next_check_at, merchant.checked_at = utcnow() + RECHECKED_EVERY, None
    merchant.failing_since, merchant.failed_checks = None, 0
    record(
        Kind.MERCHANT_DESCRIBED,
        by=by,
        role=Role.MODERATOR,
        merchant_id=merchant.id,
        domain=merchant.domain,
    )


@unit_of_work
def refuse_claim(claim: Claim, *, by: User, reason: ClaimReason = ClaimReason.NOT_PROVED, message: str = "") -> None:
    """Refuse a claim, with words to the claimant; its link dies. Raises NotAllowed or NotNow."""
    lock(claim)
    ensure(policy.may_decide, by, claim)
    claim.move(ClaimMove.REFUSE)
    claim.message, claim.reason = message, reason
    claim.decided_at, claim.decided_by_id = utcnow(), by.id
    claim.token_hash = claim.expires_at = None
    _close_objections(claim, ObjectionMove.UPHOLD, by=by, message=message)
    record(
        Kind.CLAIM_REFUSED,
        by=by,
        role=Role.MODERATOR,
        merchant_id=claim.merchant_id,
        about=f"claim:{claim.id}",
        reason=reason.value,
        message=message,
    )


@unit_of_work
def reopen_claim(claim: Claim, *, by: User, message: str = "") -> None:
    """Let a moderator look once more at a refused claim; raises NotAllowed, or NotNow when the person claimed anew or has it."""
    lock(claim)
    ensure(policy.may_decide, by, claim)
    if not is_last_word(claim):
        raise NotNow(state=claim.state.value)
    claim.move(ClaimMove.REOPEN)
    claim.reason, claim.message, claim.decided_at, claim.decided_by_id = None, "", None, None
    record(
        Kind.CLAIM_REOPENED,
        by=by,
        role=Role.MODERATOR,
        merchant_id=claim.merchant_id,
        about=f"claim:{claim.id}",
        message=message,
    )


def _close_objections(claim: Claim, move: ObjectionMove, *, by: User, message: str) -> None:
    """The objections to a claim are decided with it."""
    for objection in db.session.scalars(
        select(Objection).where(Objection.claim_id == claim.id, Objection.state == ObjectionState.OPEN).with_for_update(key_share=True)
    ).all():
        decide_one(objection, move, by=by, message=message)


def decide_one(objection: Objection, move: ObjectionMove, *, by: User, message: str) -> None:
    """Write down the decision on a locked objection, in the present unit of work."""
    objection.move(move)
    objection.decided_at, objection.decided_by_id, objection.message = utcnow(), by.id, message
    record(
        Kind.OBJECTION_DECIDED,
        by=by,
        role=Role.MODERATOR,
        merchant_id=objection.merchant_id,
        about=f"objection:{objection.id}",
        decision=objection.state.value,
        reason=objection.reason.value,
        message=message,
        **({} if objection.claim_id is None else {"of_claim": True}),
    )
