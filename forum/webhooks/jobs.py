"""Delivering: one message at a time in a line of its own, so that a slow server holds up neither mail nor jobs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select, update

from forum.core import jobs
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid
from forum.privacy import retention
from forum.webhooks import sending
from forum.webhooks.actions import KEPT, end_webhook, prune_deliveries
from forum.webhooks.lifecycle import FAILING_FOR, RETRIES, DeliveryState, EndReason
from forum.webhooks.models import Webhook, WebhookDelivery
from forum.webhooks.targets import Unreachable, target_of

LEASE: Final = timedelta(seconds=60)
GONE: Final = 410
retention.rule(
    "deliveries",
    retention.Basis.SERVICE,
    lambda _storage: prune_deliveries(),
    "webhook_delivery",
    {"messages to the systems of businesses": KEPT},
)


@dataclass(frozen=True)
class _Claimed:
    """A message in the hands of one worker; `attempt` tells it from an earlier claim whose lease ended."""

    id: int
    attempt: int
    webhook_id: int
    key: str
    body: str
    url: str
    secrets: tuple[str, ...]


@jobs.lane("webhooks")
def deliver_next() -> float | None:
    """Hand over the next message that is due; returns 0 when there may be more, None when there was none."""
    if not _waiting():
        return None
    message = _claim()
    if message is None:
        return None
    _send(message)
    return 0


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        WebhookDelivery.state == DeliveryState.WAITING,
        WebhookDelivery.next_at <= now,
        or_(WebhookDelivery.leased_until.is_(None), WebhookDelivery.leased_until < now),
        or_(Webhook.paused_until.is_(None), Webhook.paused_until <= now),
    )


def _waiting() -> bool:
    found = db.session.scalar(
        select(WebhookDelivery.id).join(WebhookDelivery.webhook).where(*_due(utcnow())).limit(1)
    )
    db.session.rollback()
    return found is not None


@unit_of_work
def _claim() -> _Claimed | None:
    """Take the oldest message of the webhook that waited longest for its turn."""
    now = utcnow()
    found = db.session.scalar(
        select(WebhookDelivery)
        .join(WebhookDelivery.webhook)
        .where(*_due(now))
        .order_by(Webhook.tried_at.is_not(None), Webhook.tried_at, WebhookDelivery.next_at, WebhookDelivery.id)
        .limit(1)
        .with_for_update(key_share=True, skip_locked=True, of=WebhookDelivery)
        .execution_options(populate_existing=True)
    )
    if found is None:
        return None
    webhook = db.session.get_one(Webhook, found.webhook_id)
    webhook.tried_at = found.tried_at = now
    found.leased_until = now + LEASE
    found.attempts += 1
    former = webhook.former_secret if webhook.former_until is not None and webhook.former_until > now else None
    signing = (webhook.secret, former) if former else (webhook.secret,)
    return _Claimed(found.id, found.attempts, webhook.id, found.key, found.body, webhook.url, signing)


def _send(message: _Claimed) -> None:
    headers = sending.headers([*message.secrets], message.key, int(utcnow().timestamp()), message.body)
    try:
        answer = sending.post(target_of(message.url), message.body, headers)
    except (Unreachable, Invalid) as problem:
        _note(message, None, problem.code)
    else:
        good = 200 <= answer.status < 300
        _note(message, answer, None if good else "redirect" if 300 <= answer.status < 400 else "refused")


@unit_of_work
def _note(message: _Claimed, answer: sending.Answer | None, problem: str | None) -> None:
    """Write down how a try ended, unless its lease ended and another worker took the message."""
    now = utcnow()
    values: dict[str, Any] = {
        "leased_until": None,
        "status": answer.status if answer else None,
        "took_ms": answer.took_ms if answer else None,
        "problem": problem,
    }
    if problem is None:
        values["state"] = DeliveryState.DELIVERED
    elif message.attempt > len(RETRIES):
        values["state"] = DeliveryState.GIVEN_UP
    else:
        values["next_at"] = now + RETRIES[message.attempt - 1]
    held = db.session.execute(
        update(WebhookDelivery)
        .where(
            WebhookDelivery.id == message.id,
            WebhookDelivery.attempts == message.attempt,
            WebhookDelivery.state == DeliveryState.WAITING,
        )
        .values(values)
        .execution_options(synchronize_session=False)
    )
    if not held.rowcount:  # type: ignore[attr-defined]
        return
    webhook = db.session.get_one(Webhook, message.webhook_id, with_for_update={"key_share": True})
    if problem is None:
        webhook.failing_since = webhook.paused_until = None
        return
    webhook.failing_since = webhook.failing_since or now
    webhook.paused_until = now + RETRIES[min(message.attempt, len(RETRIES)) - 1]
    if webhook.ended_at is not None:
        return
    if answer is not None and answer.status == GONE:
        end_webhook(webhook, EndReason.GONE, by=None)
    elif now - webhook.failing_since >= FAILING_FOR:
        end_webhook(webhook, EndReason.FAILING, by=None)
