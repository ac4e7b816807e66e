"""Who may claim a business and who may decide: pure functions of (who, thing)."""

from forum.accounts.models import Visitor
from forum.merchants.models import Claim, Merchant, Representative


def may_claim(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may claim the business: a confirmed address is needed, and not to speak for it already."""
    return not who.is_guest and who.is_active and who.is_confirmed and merchant.id not in who.merchant_ids


def may_confirm(who: Visitor, claim: Claim) -> bool:
    """Whether this person may confirm the link: the claimant alone, so that nobody lends a mailbox to somebody else's claim."""
    return not who.is_guest and who.id == claim.user_id


def may_decide(who: Visitor, claim: Claim) -> bool:
    """Whether this moderator may decide the claim: not their own, and not of a business they speak for."""
    return who.is_moderator and who.id != claim.user_id and claim.merchant_id not in who.merchant_ids


def may_end(who: Visitor, voice: Representative) -> bool:
    """Whether this person may end a representation: the person, an owner, or a moderator who is not of the team."""
    if who.is_guest:
        return False
    if voice.merchant_id in who.owned_ids:
        return True
    return who.id == voice.user_id or (who.is_moderator and voice.merchant_id not in who.merchant_ids)


def may_describe(who: Visitor, merchant: Merchant) -> bool:
    """Whether this moderator may set the business's domain and address."""
    return who.is_moderator and merchant.id not in who.merchant_ids


def may_bear_name(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may go by the name of the business."""
    return merchant.id in who.merchant_ids
