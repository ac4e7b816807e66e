"""A letter as it was sent and came back to be mended, with the passages that a moderator marked in it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.letters.lifecycle import MarkReason
from forum.letters.models.letters import TITLE_CHARACTERS

MOST_MARKS = 30
MARK_CHARACTERS = (0, 300)
PASSAGE_CHARACTERS = (3, 1_000)


class Returned(Base):
    """What was sent and returned: the words as they stood, kept beside the letter that its author changes since."""

    __tablename__ = "letter_return"

    id: Mapped[int] = identity()
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"))
    title: Mapped[str] = mapped_column(String(TITLE_CHARACTERS[1]))
    text: Mapped[str] = mapped_column(Text)
    ask: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(String(40))
    message: Mapped[str] = mapped_column(Text)  # the moderator's words to the author
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))

    marks: Mapped[list["Mark"]] = relationship(order_by="Mark.id", lazy="raise_on_sql")

    __table_args__ = (Index("ix_letter_return_letter_id", "letter_id", "id"),)


class Mark(Base):
    """A passage of a returned letter that has to change, why, and a word about it."""

    __tablename__ = "letter_mark"

    id: Mapped[int] = identity()
    return_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter_return.id"), index=True)
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"), index=True)
    passage: Mapped[str] = mapped_column(Text)
    reason: Mapped[MarkReason] = mapped_column(choice(MarkReason))
    words: Mapped[str] = mapped_column(Text, default="")
