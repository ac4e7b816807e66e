"""Who may claim a business and who may decide: pure functions of (who, thing)."""

from forum.accounts.models import Guest, Visitor
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Claim, Merchant, Representative


def may_claim(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may claim the business: a confirmed address is needed, and not to speak for it already.

    Nobody claims a business that was merged into another. One whose name passes for a proven one can be claimed, but not proved before
    a moderator clears the name (`reactions.nobody_proves_a_doubted_name`).
    """
    may = not who.is_guest and who.is_active and who.is_confirmed
    return may and merchant.merged_into_id is None and merchant.id not in who.merchant_ids


def may_confirm(who: Visitor, claim: Claim) -> bool:
    """Whether this person may confirm the link: the claimant alone, so that nobody lends a mailbox to somebody else's claim."""
    return not who.is_guest and who.id == claim.user_id


def may_decide(who: Visitor, claim: Claim) -> bool:
    """Whether this moderator may decide the claim: not their own, and not of a business they speak for."""
    return who.is_moderator and who.id != claim.user_id and claim.merchant_id not in who.merchant_ids


def may_end(who: Visitor, voice: Representative) -> bool:
    """Whether this person may end a representation: the representative, or a moderator who does not speak for the business."""
    if who.is_guest:
        return False
    return who.id == voice.user_id or (who.is_moderator and voice.merchant_id not in who.merchant_ids)


def may_describe(who: Visitor, merchant: Merchant) -> bool:
    """Whether this moderator may set the business's domain and address."""
    return who.is_moderator and merchant.id not in who.merchant_ids


def may_bear_name(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may go by the name of the business."""
    return merchant.id in who.merchant_ids


def may_propose_name(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may propose other names of the business: an owner in its team."""
    if isinstance(who, Guest) or merchant.merged_into_id is not None:
        return False
    return any(
        one.merchant_id == merchant.id and one.ended_at is None and one.role == TeamRole.OWNER
        for one in who.representations
    )
