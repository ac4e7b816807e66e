"""Loading webhooks and what was sent to them."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Visitor
from forum.core import paging
from forum.core.access import ensure
from forum.core.db import db
from forum.core.errors import Missing
from forum.merchants.models import Merchant
from forum.webhooks.models import Webhook, WebhookDelivery

PAGE_DELIVERIES = 30


def merchant_to_integrate(who: Visitor, slug: str, rule: Callable[[Visitor, Merchant], bool]) -> Merchant:
    """Return a business of this address. Raises Missing, or NotAllowed when the rule refuses."""
    merchant = db.session.scalar(select(Merchant).where(Merchant.slug == slug))
    if merchant is None:
        raise Missing
    ensure(rule, who, merchant)
    return merchant


def webhooks_of(merchant: Merchant) -> Sequence[Webhook]:
    """Return the webhooks of a business that still stand, oldest first; at most MOST_WEBHOOKS."""
    return db.session.scalars(
        select(Webhook).where(Webhook.merchant_id == merchant.id, Webhook.ended_at.is_(None)).order_by(Webhook.id)
    ).all()


def webhook_for(who: Visitor, webhook_id: int, rule: Callable[[Visitor, Webhook], bool]) -> Webhook:
    """Return a webhook with its business, also an ended one. Raises Missing for everybody whom the rule refuses."""
    found = db.session.scalar(select(Webhook).where(Webhook.id == webhook_id).options(joinedload(Webhook.merchant)))
    if found is None or not rule(who, found):
        raise Missing
    return found


def deliveries_of(webhook: Webhook, *, after: str | None = None) -> paging.Page[Any]:
    """Return what was sent to a webhook, newest first, as a page of rows."""
    return paging.page(
        select(
            WebhookDelivery.id,
            WebhookDelivery.key,
            WebhookDelivery.type,
            WebhookDelivery.state,
            WebhookDelivery.attempts,
            WebhookDelivery.status,
            WebhookDelivery.problem,
            WebhookDelivery.took_ms,
            WebhookDelivery.created_at,
            WebhookDelivery.tried_at,
            WebhookDelivery.next_at,
            WebhookDelivery.body,
        ).where(WebhookDelivery.webhook_id == webhook.id),
        keys=(WebhookDelivery.id,),
        kinds="i",
        after=after,
        size=PAGE_DELIVERIES,
        key_of=lambda row: (row.id,),
    )
