"""Deciding who speaks for a business: on claims, on their documents, and on objections to a proof."""

from forum.accounts.models import User
from forum.attachments import actions as attachments
from forum.attachments.models import Attachment
from forum.core.access import ensure, ensure_fresh
from forum.core.db import lock, unit_of_work
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import ClaimReason, ObjectionState
from forum.merchants.models import Claim, Objection, Representative
from forum.moderation import policy
from forum.moderation.actions.explain import ensure_short, ensure_words
from forum.moderation.queries.claims import plea, protest


@unit_of_work
def decide_claim(
    claim: Claim,
    *,
    approve: bool,
    by: User,
    reason: ClaimReason | None = None,
    message: str = "",
    seen: int | None = None,
) -> Representative | None:
    """Let somebody speak for a business, or refuse with a reason of the closed list, and more words where it needs them.

    Returns the new voice; None for a refusal, and for the first of two approvals that a large business needs. `seen` is
    the version that was looked at. Raises NotAllowed, Stale, NotNow or Invalid.
    """
    lock(claim)
    ensure(policy.may_decide_claim, by, plea(claim))
    if claim.decided_at is not None:
        raise NotNow("already_decided")
    ensure_fresh(claim, seen)
    if approve:
        if not policy.may_approve_claim(by, plea(claim)):
            raise NotAllowed("second_moderator")
        return merchants.approve_claim(claim, by=by, message=ensure_short(message))
    if reason is None:
        raise Invalid("reason_needed", field="reason")
    merchants.refuse_claim(claim, by=by, reason=reason, message=ensure_short(message))
    return None


@unit_of_work
def open_document(file: Attachment, *, by: User, claim: Claim) -> None:
    """Write down that a moderator opens a document of a claim. Raises NotAllowed."""
    ensure(policy.may_open_documents, by, plea(claim))
    attachments.open_document(file, by=by, claim=claim)


@unit_of_work
def decide_objection(objection: Objection, *, uphold: bool, by: User, message: str, seen: int | None = None) -> None:
    """Withdraw a proof or keep it, with words to both sides. Raises NotAllowed, Stale, NotNow or Invalid."""
    lock(objection)
    ensure(policy.may_decide_objection, by, protest(objection))
    if objection.state is not ObjectionState.OPEN:
        raise NotNow("already_decided")
    merchants.decide_objection(objection, uphold=uphold, by=by, message=ensure_words(message), seen=seen)
