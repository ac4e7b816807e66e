"""Adding, testing, renewing and ending webhooks; sending again."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func, select

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, Missing, NotNow
from forum.core.events import Event, Kind, Role, record
from forum.core.secrecy import new_token
from forum.letters.queries import held_letters
from forum.merchants.models import Merchant
from forum.webhooks import payload, policy
from forum.webhooks.lifecycle import TEST, TYPES, DeliveryState, EndReason
from forum.webhooks.models import MOST_WEBHOOKS, Webhook, WebhookDelivery
from forum.webhooks.sending import new_secret
from forum.webhooks.targets import target_of

BOTH_SECRETS_SIGN: Final = timedelta(hours=24)
KEPT: Final = timedelta(days=30)
MOST_TESTS_WAITING: Final = 3


@unit_of_work
def add_webhook(merchant: Merchant, *, by: User, url: str, kinds: list[str], once: str | None = None) -> Webhook:
    """Let an address be told of the business's cases; `kinds` are values of TYPES, none means all.

    The same form sent again is the same webhook. Raises NotAllowed, or Invalid: "bad_url", "webhook_known" for an address
    that stands already, "webhooks_full" beyond MOST_WEBHOOKS, "bad_kind".
    """
    lock(merchant)
    ensure(policy.may_integrate, by, merchant)
    known = db.session.scalar(select(Webhook).where(Webhook.merchant_id == merchant.id, Webhook.once == once))
    if once is not None and known is not None:
        return known
    target_of(url)
    if not set(kinds) <= set(TYPES.values()):
        raise Invalid("bad_kind", field="kinds")
    standing = db.session.scalars(
        select(Webhook.url).where(Webhook.merchant_id == merchant.id, Webhook.ended_at.is_(None))
    ).all()
    if url in standing:
        raise Invalid("webhook_known", field="address")
    if len(standing) >= MOST_WEBHOOKS:
        raise Invalid("webhooks_full", field="address", most=MOST_WEBHOOKS)
    webhook = Webhook(
        merchant_id=merchant.id, url=url, secret=new_secret(), kinds=kinds, once=once, created_by_id=by.id
    )
    db.session.add(webhook)
    db.session.flush()
    record(Kind.WEBHOOK_ADDED, by=by, role=Role.BUSINESS, merchant_id=merchant.id, about=f"webhook:{webhook.id}")
    return webhook


@unit_of_work
def try_webhook(webhook: Webhook, *, by: User) -> WebhookDelivery:
    """Send a message of the kind "webhook.test". Raises NotAllowed, or NotNow when it ended or tests wait already."""
    _standing(webhook, by)
    waiting = db.session.scalar(
        select(func.count()).where(
            WebhookDelivery.webhook_id == webhook.id,
            WebhookDelivery.type == TEST,
            WebhookDelivery.state == DeliveryState.WAITING,
        )
    )
    if (waiting or 0) >= MOST_TESTS_WAITING:
        raise NotNow("tests_wait")
    now = utcnow()
    delivery = WebhookDelivery(
        webhook_id=webhook.id,
        key=f"msg_{new_token()[:32]}",
        type=TEST,
        body=payload.written(TEST, now, {"webhook_id": webhook.id}),
        created_at=now,
        next_at=now,
    )
    db.session.add(delivery)
    webhook.paused_until = None
    db.session.flush()
    return delivery


@unit_of_work
def send_again(delivery_id: int, *, by: User) -> int:
    """Send a message once more, under its own id, at once; returns the id of its webhook.

    Raises Missing, NotAllowed, or NotNow when its webhook ended.
    """
    delivery = db.session.get(WebhookDelivery, delivery_id, with_for_update={"key_share": True})
    if delivery is None:
        raise Missing
    webhook = db.session.get_one(Webhook, delivery.webhook_id)
    if not policy.may_manage(by, webhook):
        raise Missing
    _standing(webhook, by)
    delivery.state, delivery.next_at, delivery.leased_until = DeliveryState.WAITING, utcnow(), None
    delivery.attempts = 0
    webhook.paused_until = None
    return webhook.id


@unit_of_work
def renew_secret(webhook: Webhook, *, by: User) -> None:
    """Make a new secret; for a day both sign, so that nothing is refused meanwhile. Raises NotAllowed or NotNow."""
    _standing(webhook, by)
    webhook.former_secret, webhook.former_until = webhook.secret, utcnow() + BOTH_SECRETS_SIGN
    webhook.secret = new_secret()


@unit_of_work
def remove_webhook(webhook: Webhook, *, by: User) -> None:
    """End a webhook; what waits for it is given up. Ending it twice changes nothing. Raises NotAllowed."""
    lock(webhook)
    ensure(policy.may_manage, by, webhook)
    if webhook.ended_at is None:
        end_webhook(webhook, EndReason.REMOVED, by=by)


@unit_of_work
def end_webhook(webhook: Webhook, reason: EndReason, *, by: User | None) -> None:
    """End a webhook that its owner removed or its server refused; the caller has checked and locked it."""
    webhook.ended_at, webhook.ended_reason = utcnow(), reason
    for delivery in db.session.scalars(
        select(WebhookDelivery).where(
            WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.state == DeliveryState.WAITING
        )
    ):
        delivery.state = DeliveryState.GIVEN_UP
    record(
        Kind.WEBHOOK_ENDED,
        by=by,
        role=Role.SYSTEM if by is None else Role.BUSINESS,
        merchant_id=webhook.merchant_id,
        about=f"webhook:{webhook.id}",
        reason=reason.value,
    )


@unit_of_work
def prune_deliveries() -> None:
    """Forget what was sent or given up more than 30 days ago; not what was sent about held letters."""
    of_held = select(Event.id).where(Event.letter_id.in_(held_letters()))
    db.session.execute(
        delete(WebhookDelivery).where(
            WebhookDelivery.state != DeliveryState.WAITING, WebhookDelivery.created_at < utcnow() - KEPT,
            func.coalesce(WebhookDelivery.event_id.not_in(of_held), True),
        )
    )


def _standing(webhook: Webhook, by: User) -> None:
    lock(webhook)
    ensure(policy.may_manage, by, webhook)
    if webhook.ended_at is not None:
        raise NotNow("webhook_ended")
