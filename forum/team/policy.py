"""Who may see and change the team of a business: pure functions of (who, thing)."""

from forum.accounts.models import Visitor
from forum.merchants.models import Merchant, Representative
from forum.merchants.policy import may_oversee
from forum.team.models import Invitation


def may_see_team(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may see who is in the team: its owners, and moderators who are not of it."""
    return may_invite(who, merchant) or may_oversee(who, merchant.id)


def may_invite(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may ask somebody into the team: an owner, who has a second factor once the business has answered."""
    return not who.is_guest and who.is_active and merchant.id in who.owned_ids


def may_cancel(who: Visitor, invitation: Invitation) -> bool:
    """Whether this person may take the invitation back."""
    return not who.is_guest and who.is_active and invitation.merchant_id in who.owned_ids


def may_accept(who: Visitor, invitation: Invitation) -> bool:
    """Whether this person may join by the mailed link: whoever holds it, with a confirmed address and not of the team yet."""
    return (
        not who.is_guest and who.is_active and who.is_confirmed and invitation.merchant_id not in who.merchant_ids
    )


def may_change_role(who: Visitor, voice: Representative) -> bool:
    """Whether this person may change what a member may do: an owner, or a moderator who is not of the team."""
    if who.is_guest or not who.is_active:
        return False
    return voice.merchant_id in who.owned_ids or may_oversee(who, voice.merchant_id)
