"""Somebody objects to a proof or to a claim, and moderators decide."""

from forum.accounts.models import User
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.merchants import policy
from forum.merchants.actions.deciding import decide_one
from forum.merchants.actions.voices import end
from forum.merchants.lifecycle import EndReason, ObjectionMove, ObjectionReason, ObjectionState
from forum.merchants.models import Claim, Merchant, Objection, Representative
from forum.merchants.queries import objection_of
from forum.merchants.queries.claims import is_last_of_proof
from forum.merchants.team import forget_representations

OBJECTION_CHARACTERS = (20, 2_000)


@unit_of_work
def object_to_proof(voice: Representative, *, by: User, reason: ObjectionReason, text: str) -> Objection:
    """Object to a proof that stands; a person has one open objection to a proof, and sent again it is that one.

    Raises NotAllowed or Invalid.
    """
    lock(voice)
    ensure(policy.may_object, by, voice)
    return _object(
        objection_of(by, voice_id=voice.id),
        Objection(merchant_id=voice.merchant_id, representative_id=voice.id, user_id=by.id, reason=reason, text=text),
        by=by,
        role=Role.BUSINESS if voice.merchant_id in by.merchant_ids else Role.READER,
    )


@unit_of_work
def object_to_claim(claim: Claim, *, by: User, reason: ObjectionReason, text: str) -> Objection:
    """Object, as an owner, to a claim on the business; it is decided with the claim. Raises NotAllowed or Invalid."""
    lock(claim)
    ensure(policy.may_object_to_claim, by, claim)
    return _object(
        objection_of(by, claim_id=claim.id),
        Objection(merchant_id=claim.merchant_id, claim_id=claim.id, user_id=by.id, reason=reason, text=text),
        by=by,
        role=Role.BUSINESS,
    )


def _object(known: Objection | None, made: Objection, *, by: User, role: Role) -> Objection:
    if known is not None:
        return known
    if not OBJECTION_CHARACTERS[0] <= len(made.text) <= OBJECTION_CHARACTERS[1]:
        raise Invalid("objection_words", field="text", least=OBJECTION_CHARACTERS[0], most=OBJECTION_CHARACTERS[1])
    db.session.add(made)
    db.session.flush()
    record(
        Kind.OBJECTION_MADE,
        by=by,
        role=role,
        merchant_id=made.merchant_id,
        about=f"objection:{made.id}",
        reason=made.reason.value,
    )
    return made


@unit_of_work
def decide_objection(objection: Objection, *, uphold: bool, by: User, message: str, seen: int | None = None) -> None:
    """Withdraw the proof, which ends that the person speaks for the business, or keep it. Raises NotAllowed, Stale or NotNow."""
    lock(objection)
    ensure(policy.may_decide_objection, by, objection)
    ensure_fresh(objection, seen)
    if objection.claim_id is not None or objection.state is not ObjectionState.OPEN:
        raise NotNow("already_decided")
    decide_one(objection, ObjectionMove.UPHOLD if uphold else ObjectionMove.DISMISS, by=by, message=message)
    if uphold and objection.representative_id is not None:
        lock(db.session.get_one(Merchant, objection.merchant_id))
        voice = lock(db.session.get_one(Representative, objection.representative_id))
        end(voice, EndReason.OBJECTION, by=by, role=Role.MODERATOR)


@unit_of_work
def reopen_objection(objection: Objection, *, by: User, message: str = "") -> None:
    """Let a decided objection to a proof be decided once more; a proof that it withdrew stands meanwhile. Raises NotAllowed or NotNow."""
    lock(objection)
    ensure(policy.may_decide_objection, by, objection)
    lock(db.session.get_one(Merchant, objection.merchant_id))
    voice = lock(db.session.get_one(Representative, objection.representative_id or 0))
    if not is_last_of_proof(objection, voice):
        raise NotNow("decision_over")
    if objection.state is ObjectionState.UPHELD:
        voice.ended_at = voice.end_reason = None
        forget_representations(voice.user_id)
    objection.move(ObjectionMove.REOPEN)
    objection.decided_at = objection.decided_by_id = None
    objection.message, objection.reopened_at = "", utcnow()
    record(
        Kind.DECISION_REOPENED,
        by=by,
        role=Role.MODERATOR,
        merchant_id=objection.merchant_id,
        about=f"objection:{objection.id}",
        message=message,
    )
