"""What people are told in the site, and how they want to be told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, identity
from forum.core.events import Event


class Notification(Base):
    """One event told to one person in the site; several comments on one letter share a row until it is read."""

    __tablename__ = "notification"

    id: Mapped[int] = identity()
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id"))  # the newest, when it stands for several
    kind: Mapped[str] = mapped_column(String(40))  # which words: a notice of forum/notifications/notices.py
    letter_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("letter.id"))
    times: Mapped[int] = mapped_column(default=1)  # events it stands for
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("user_id", "event_id", "kind"),
        Index("ix_notification_user_id", "user_id", "id"),
        Index("ix_notification_letter_id", "user_id", "letter_id", "kind"),
    )


class MailChoice(Base):
    """A kind of mail a person does not want: a Choice of forum/notifications/choices.py."""

    __tablename__ = "mail_choice"

    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)


class CommentMail(Base):
    """The last mail to a person about comments on a letter: the next one waits an hour and begins behind `event_id`."""

    __tablename__ = "comment_mail"

    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(BigId, default=0)
    mailed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Heartbeat(Base):
    """When a worker was last seen."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)


class Tick(Base):
    """When a recurring piece of work was last handed out, so that of several workers one does."""

    __tablename__ = "tick"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
