"""Words that stand above every page for a while."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.console.lifecycle import Level
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity

WORDS_CHARACTERS = (5, 500)
WHY_CHARACTERS = (5, 300)


class Announcement(Base):
    """Words to everybody, from one moment until another or until they are ended; `edges` counts those of both that pages show."""

    __tablename__ = "announcement"

    id: Mapped[int] = identity()
    indonesian: Mapped[str] = mapped_column(Text)
    english: Mapped[str] = mapped_column(Text)
    level: Mapped[Level] = mapped_column(choice(Level), default=Level.INFO)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    edges: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)

    def passed(self, now: datetime) -> int:
        """How many of its beginning and end are over."""
        return (self.starts_at <= now) + (self.ends_at is not None and self.ends_at <= now)
