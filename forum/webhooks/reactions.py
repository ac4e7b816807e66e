"""A message for each webhook of the businesses concerned is written in the transaction of what happened."""

from sqlalchemy import select

from forum.core.db import db
from forum.core.events import Event, on
from forum.core.secrecy import new_token
from forum.letters.models import Case, Letter
from forum.merchants.models import Merchant
from forum.webhooks import payload
from forum.webhooks.lifecycle import TYPES
from forum.webhooks.models import Webhook, WebhookDelivery


@on(*TYPES)
def write_deliveries(event: Event) -> None:
    """Write what happened for every standing webhook that wants to know of it."""
    query = (
        select(
            Webhook.id.label("webhook_id"),
            Webhook.kinds,
            Case.id.label("case_id"),
            Case.letter_id,
            Case.response,
            Case.outcome,
            Letter.publication,
            Merchant.slug,
        )
        .join(Case, Case.merchant_id == Webhook.merchant_id)
        .join(Letter, Letter.id == Case.letter_id)
        .join(Merchant, Merchant.id == Webhook.merchant_id)
        .where(Webhook.ended_at.is_(None), Case.letter_id == event.letter_id)
    )
    if event.case_id is not None:
        query = query.where(Case.id == event.case_id)
    type_ = TYPES[event.kind]
    for row in db.session.execute(query).all():
        if not row.kinds or type_ in row.kinds:
            db.session.add(
                WebhookDelivery(
                    webhook_id=row.webhook_id,
                    event_id=event.id,
                    key=f"msg_{new_token()[:32]}",
                    type=type_,
                    body=payload.written(type_, event.at, payload.of_case(row)),
                    created_at=event.at,
                    next_at=event.at,
                )
            )
