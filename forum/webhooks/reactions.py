"""What happens is written down for the webhooks it concerns, and whose proof falls loses theirs, in the same transaction."""

from sqlalchemy import select

from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.core.secrecy import new_token
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import PROOF_FELL
from forum.merchants.models import Merchant, Representative
from forum.merchants.team import voice_concerned
from forum.webhooks import payload
from forum.webhooks.actions import end_webhook
from forum.webhooks.lifecycle import TYPES, EndReason
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


@on(Kind.REPRESENTATIVE_ENDED)
def nothing_is_sent_for_who_speaks_no_more(event: Event) -> None:
    """End the webhooks of somebody whose proof fell, and all of a business for which nobody speaks any more."""
    voice = voice_concerned(event)
    theirs = select(Webhook).where(Webhook.merchant_id == voice.merchant_id, Webhook.ended_at.is_(None))
    team = select(Representative.id).where(
        Representative.merchant_id == voice.merchant_id, Representative.ended_at.is_(None)
    )
    if db.session.scalar(team.limit(1)) is not None:
        if voice.end_reason not in PROOF_FELL:
            return
        theirs = theirs.where(Webhook.created_by_id == voice.user_id)
    for webhook in db.session.scalars(theirs.with_for_update(key_share=True)):
        end_webhook(webhook, EndReason.UNPROVEN, by=None)
