"""Bodies outside this site by category, and the packs that authors took."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, identity

NAME_CHARACTERS = (3, 160)
LONGEST_SLUG_CHARACTERS = 60
LONGEST_LINE_CHARACTERS = 300
LONGEST_TEXT_CHARACTERS = 2_000


class Body(Base):
    """A body to which a consumer may turn; operators write its words, and `ended_at` takes it off the lists."""

    __tablename__ = "body"

    id: Mapped[int] = identity()
    slug: Mapped[str] = mapped_column(String(LONGEST_SLUG_CHARACTERS), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS[1]))
    takes: Mapped[str] = mapped_column(Text)  # what it is there for
    first: Mapped[str] = mapped_column(Text, default="")  # what the author does before
    reach: Mapped[str] = mapped_column(String(LONGEST_LINE_CHARACTERS), default="")  # phone, counter, form
    url: Mapped[str] = mapped_column(String(LONGEST_LINE_CHARACTERS), default="")
    address: Mapped[str] = mapped_column(String(LONGEST_LINE_CHARACTERS), default="")
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class BodyCategory(Base):
    """Where a body stands in the list of a category; the lowest position comes first."""

    __tablename__ = "body_category"

    category: Mapped[str] = mapped_column(String(40), primary_key=True)
    body_id: Mapped[int] = mapped_column(BigId, ForeignKey("body.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int]


class Pack(Base):
    """A hand-over pack that was taken: its number within the case, and what it needs to be made again just so."""

    __tablename__ = "pack"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("case.id"))
    number: Mapped[int]  # 1 is the first of its case
    body_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("body.id", ondelete="SET NULL"), index=True)
    language: Mapped[str] = mapped_column(String(5))
    private: Mapped[bool] = mapped_column(default=False)  # with the private details of the case
    once: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (UniqueConstraint("case_id", "number"), UniqueConstraint("case_id", "once", name="uq_pack_once"))

    @property
    def label(self) -> str:
        """What is printed on it: `SP-1042-2`."""
        return f"SP-{self.case_id}-{self.number}"
