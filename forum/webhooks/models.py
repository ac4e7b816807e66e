"""Webhooks and what was sent to them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, choice, identity
from forum.core.secrecy import Sealed
from forum.merchants.models import Merchant
from forum.webhooks.lifecycle import DeliveryState, EndReason

LONGEST_URL_CHARACTERS = 500
MOST_WEBHOOKS = 5  # of one business
_STANDING = text("ended_at IS NULL")
_WAITING = text("state = 'waiting'")


class Webhook(Base):
    """An address of a business that is told of its cases; `kinds` are values of TYPES, all of them when empty."""

    __tablename__ = "webhook"

    id: Mapped[int] = identity()
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"))
    url: Mapped[str] = mapped_column(String(LONGEST_URL_CHARACTERS))
    secret: Mapped[str] = mapped_column(Sealed)
    former_secret: Mapped[str | None] = mapped_column(Sealed)  # signs as well until `former_until`
    former_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    kinds: Mapped[list[str]] = mapped_column(Json, default=list)
    once: Mapped[str | None] = mapped_column(String(64))
    created_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    tried_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failing_since: Mapped[datetime | None] = mapped_column(UTCDateTime)
    paused_until: Mapped[datetime | None] = mapped_column(UTCDateTime)  # after a failure, so that others are not held up
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_reason: Mapped[EndReason | None] = mapped_column(choice(EndReason))

    merchant: Mapped[Merchant] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        Index("ix_webhook_standing", "merchant_id", sqlite_where=_STANDING, postgresql_where=_STANDING),
        UniqueConstraint("merchant_id", "once"),
    )


class WebhookDelivery(Base):
    """One message to one webhook; `key` is its id on every try, `body` the JSON text that is signed."""

    __tablename__ = "webhook_delivery"

    id: Mapped[int] = identity()
    webhook_id: Mapped[int] = mapped_column(BigId, ForeignKey("webhook.id"))
    event_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("event.id"))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    type: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[DeliveryState] = mapped_column(choice(DeliveryState), default=DeliveryState.WAITING)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    next_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    status: Mapped[int | None]  # HTTP status of the last answer
    problem: Mapped[str | None] = mapped_column(String(40))  # a code: why there was no answer, or not a good one
    took_ms: Mapped[int | None]

    webhook: Mapped[Webhook] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        Index("ix_webhook_delivery_due", "next_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_webhook_delivery_webhook_id", "webhook_id", "id"),
        Index("ix_webhook_delivery_event_id", "event_id"),
    )
