"""What a business's team keeps beside its cases: notes, templates with their versions, and who is writing now."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, identity
from forum.core.secrecy import Sealed

NOTE_CHARACTERS = (1, 4_000)
TEMPLATE_NAME_CHARACTERS = (2, 80)
TEMPLATE_CHARACTERS = (20, 10_000)
MOST_TEMPLATES = 100  # of one business


class CaseNote(Base):
    """A note of the team on a case, sealed: never public, read by that team alone, taken away only by its author."""

    __tablename__ = "case_note"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("case.id"))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(Sealed)
    once: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)

    author: Mapped[User] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("case_id", "once"), Index("ix_case_note_case_id", "case_id", "id"))


class ResponseTemplate(Base):
    """Words a team begins its responses with; `text` is the newest version, earlier ones stay in `template_version`."""

    __tablename__ = "response_template"

    id: Mapped[int] = identity()
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"))
    name: Mapped[str] = mapped_column(String(TEMPLATE_NAME_CHARACTERS[1]))
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    used: Mapped[int] = mapped_column(default=0)  # times it was put into a draft
    once: Mapped[str | None] = mapped_column(String(64))
    changed_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # taken out of use

    __table_args__ = (
        UniqueConstraint("merchant_id", "once"),
        Index("ix_response_template_merchant_id", "merchant_id", "ended_at", "name"),
    )


class TemplateVersion(Base):
    """A template as it read at one time; rows are only added."""

    __tablename__ = "template_version"

    id: Mapped[int] = identity()
    template_id: Mapped[int] = mapped_column(BigId, ForeignKey("response_template.id"))
    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(TEMPLATE_NAME_CHARACTERS[1]))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)

    __table_args__ = (UniqueConstraint("template_id", "version"),)


class Presence(Base):
    """Somebody has the response form of a case open; believed until `until`, which each sign of life puts off."""

    __tablename__ = "presence"

    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("case.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    until: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (Index("ix_presence_until", "until"),)
