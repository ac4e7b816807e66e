"""Who may connect a business's own systems: pure functions of (who, thing)."""

from forum.accounts.models import Visitor
from forum.merchants.models import Merchant
from forum.webhooks.models import Webhook


def may_integrate(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may add and remove webhooks and tokens of the business: an owner who may act for it."""
    return merchant.id in who.owned_ids


def may_manage(who: Visitor, webhook: Webhook) -> bool:
    """Whether this person may look into a webhook, test it and end it."""
    return webhook.merchant_id in who.owned_ids
