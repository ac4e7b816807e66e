"""What people are told in the site, and how they want to be told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, identity
from forum.core.events import Event


class Notification(Base):
    """One event told to one person in the site."""

    __tablename__ = "notification"

    id: Mapped[int] = identity()
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id"))
    kind: Mapped[str] = mapped_column(String(40))  # which words: a notice of forum/notifications/notices.py
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("user_id", "event_id", "kind"),
        Index("ix_notification_user_id", "user_id", "id"),
    )


class MailChoice(Base):
    """A kind of notice a person does not want by mail."""

    __tablename__ = "mail_choice"

    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)


class Heartbeat(Base):
    """When a worker was last seen."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
