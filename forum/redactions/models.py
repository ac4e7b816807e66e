"""Redactions, and what every mark of a text covers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.events import Role
from forum.core.secrecy import Sealed
from forum.moderation.lifecycle import ThingKind
from forum.redactions.lifecycle import Label, Place, Reach, Reason


class Redaction(Base):
    """A decision to cover words under a letter, wherever they stand there and whenever they come back."""

    __tablename__ = "redaction"

    id: Mapped[int] = identity()
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"))
    kind: Mapped[ThingKind] = mapped_column(choice(ThingKind))  # what was looked at, with `thing_id`
    thing_id: Mapped[int] = mapped_column(BigId)
    label: Mapped[Label] = mapped_column(choice(Label))
    reason: Mapped[Reason] = mapped_column(choice(Reason))
    reach: Mapped[Reach] = mapped_column(choice(Reach))
    words: Mapped[list[str]] = mapped_column(Sealed)
    by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))  # None: at once, by the rules of a contest
    role: Mapped[Role] = mapped_column(choice(Role))
    count: Mapped[int] = mapped_column(default=0)  # places that gave way when it was decided
    once: Mapped[str | None] = mapped_column(String(100))  # idempotency key of the form, with the label
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))

    __table_args__ = (Index("ix_redaction_letter_id", "letter_id", "id"), UniqueConstraint("by_id", "once"))

    @property
    def waits(self) -> bool:
        """Whether it lasts until a contest is decided, which alone ends it."""
        return self.reason is Reason.CONTESTED

    @property
    def about(self) -> str:
        """What was looked at, as events name it: `comment:12`."""
        return f"{self.kind}:{self.thing_id}"


class Veil(Base):
    """What the marks in one field of one row cover, in their order; sealed, and gone when no mark is left."""

    __tablename__ = "veil"

    place: Mapped[Place] = mapped_column(choice(Place), primary_key=True)
    row_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"), index=True)
    covers: Mapped[list[list[int | str]]] = mapped_column(Sealed)  # [redaction, mark, words] of each mark
