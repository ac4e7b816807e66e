"""Who may connect a business's own systems: pure functions of (who, thing)."""

from forum.accounts.models import Guest, Visitor
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Merchant
from forum.webhooks.models import Webhook


def may_integrate(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may add and remove webhooks and tokens of the business: an owner who may act for it."""
    return _owns(who, merchant.id)


def may_manage(who: Visitor, webhook: Webhook) -> bool:
    """Whether this person may look into a webhook, test it and end it."""
    return _owns(who, webhook.merchant_id)


def _owns(who: Visitor, merchant_id: int) -> bool:
    if isinstance(who, Guest) or merchant_id not in who.answering_ids:
        return False
    return any(
        one.merchant_id == merchant_id and one.role is TeamRole.OWNER and one.ended_at is None
        for one in who.representations
    )
