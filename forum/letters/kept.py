"""Words that somebody took back or wrote over while the data of their letter were held for a legal matter."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, identity
from forum.core.secrecy import Sealed


class KeptWords(Base):
    """One copy, sealed; no page shows it, and it goes when nothing holds the letter any more."""

    __tablename__ = "kept_words"

    id: Mapped[int] = identity()
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"))
    about: Mapped[str] = mapped_column(String(40))  # whose words: "comment:12", "user:5"
    words: Mapped[dict[str, Any]] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)

    __table_args__ = (Index("ix_kept_words_letter_id", "letter_id", "about", "id"),)
