"""Who may claim a business and who may decide: pure functions of (who, thing)."""

from forum.accounts import conflict
from forum.accounts.conflict import Matter
from forum.accounts.models import Visitor
from forum.merchants.models import Claim, Merchant, Objection, Representative


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


def matter_of_claim(claim: Claim) -> Matter:
    """Return who has a part in a claim: who made it, and the team of the business."""
    return Matter(
        people=frozenset({claim.user_id}),
        merchants=frozenset({claim.merchant_id}),
        addresses=frozenset({claim.work_email or ""}),
        texts=(claim.statement,),
    )


def matter_of_objection(objection: Objection) -> Matter:
    """Return who has a part in an objection: who made it, whose proof it is, and the team of the business."""
    voice = objection.representative
    return Matter(
        people=frozenset({objection.user_id, None if voice is None else voice.user_id}),
        merchants=frozenset({objection.merchant_id}),
        texts=(objection.text,),
    )


def may_decide(who: Visitor, claim: Claim) -> bool:
    """Whether this moderator may decide the claim: not their own, and not of a business they speak for."""
    return conflict.may_judge(who, matter_of_claim(claim))


def may_end(who: Visitor, voice: Representative) -> bool:
    """Whether this person may end a representation: the person, an owner, or a moderator who is not of the team."""
    if who.is_guest:
        return False
    if voice.merchant_id in who.owned_ids:
        return True
    return who.id == voice.user_id or may_oversee(who, voice.merchant_id)


def may_oversee(who: Visitor, merchant_id: int) -> bool:
    """Whether this moderator may change something of a business and its team: not of one they speak for."""
    return conflict.may_judge(who, Matter(merchants=frozenset({merchant_id})))


def may_describe(who: Visitor, merchant: Merchant) -> bool:
    """Whether this moderator may set the business's domain and address."""
    return may_oversee(who, merchant.id)


def may_keep_contacts(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may register and remove the business's own contact addresses: an owner of its team."""
    return merchant.id in who.owned_ids


def may_remove_contact(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may remove a contact address: an owner of the business, or a moderator who is not of it."""
    return may_keep_contacts(who, merchant) or may_describe(who, merchant)


def may_bear_name(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may go by the name of the business."""
    return merchant.id in who.merchant_ids


def may_propose_name(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may propose other names of the business: an owner in its team."""
    return merchant.merged_into_id is None and merchant.id in who.owned_ids


def may_object(who: Visitor, voice: Representative) -> bool:
    """Whether this person may object to a proof that stands: anybody with a confirmed account but the one it is of."""
    return not who.is_guest and who.is_active and who.is_confirmed and voice.ended_at is None and who.id != voice.user_id


def may_object_to_claim(who: Visitor, claim: Claim) -> bool:
    """Whether this person may object to somebody's claim: an owner of the business, as long as it is not decided."""
    return claim.merchant_id in who.owned_ids and who.id != claim.user_id and claim.decided_at is None


def may_decide_objection(who: Visitor, objection: Objection) -> bool:
    """Whether this moderator may decide the objection: not their own, not on their own proof, nor of a business they speak for."""
    return conflict.may_judge(who, matter_of_objection(objection))
