"""Legal notices, the letters and comments they are about, and holds of the data of letters."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.config import settings
from forum.core.clock import add_working_days, utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.core.secrecy import Sealed
from forum.legal.lifecycle import NOTICE_MOVES, NoticeMove, NoticeOutcome, NoticeState, Sender
from forum.letters.clocks import calendar
from forum.letters.models import Letter
from forum.merchants.models import Merchant

NAME_CHARACTERS = (2, 200)
LONGEST_REFERENCE_CHARACTERS = 100
TEXT_CHARACTERS = (10, 5_000)
ANSWER_CHARACTERS = (10, 10_000)
WHY_CHARACTERS = (10, 1_000)
MOST_THINGS = 20
MOST_FILES = 10


class LegalNotice(Base):
    """A somasi as it came in. Who sent it is sealed; its words are for the authors concerned and moderators, as they were written.

    They stand in no field of redactions on purpose: a quarrel about words needs the words, and no reader ever sees them.
    """

    __tablename__ = "legal_notice"

    id: Mapped[int] = identity()
    state: Mapped[NoticeState] = mapped_column(choice(NoticeState), default=NoticeState.RECEIVED)
    sender: Mapped[Sender] = mapped_column(choice(Sender))
    name: Mapped[str] = mapped_column(Sealed)
    counsel: Mapped[str] = mapped_column(Sealed)  # empty: they wrote themselves
    email: Mapped[str] = mapped_column(Sealed)  # where the answer goes; empty: by post
    merchant_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("merchant.id"), index=True
    )  # whose page it has here
    reference: Mapped[str] = mapped_column(String(LONGEST_REFERENCE_CHARACTERS))
    received_on: Mapped[date] = mapped_column(Date)
    demands: Mapped[list[str]] = mapped_column(Json)
    text: Mapped[str] = mapped_column(Text)  # what it demands, in plain words
    once: Mapped[str] = mapped_column(String(64), unique=True)
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    recorded_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    outcome: Mapped[NoticeOutcome | None] = mapped_column(choice(NoticeOutcome))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)

    merchant: Mapped[Merchant | None] = relationship(lazy="raise_on_sql")
    things: Mapped[list["NoticeThing"]] = relationship(order_by="NoticeThing.id", lazy="raise_on_sql")

    __table_args__ = (Index("ix_legal_notice_state", "state", "received_on", "id"),)

    def move(self, move: NoticeMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in NOTICE_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state = NOTICE_MOVES[self.state, move]
        self.version += 1

    @property
    def about(self) -> str:
        """Its name in events, `legal_notice:7`."""
        return f"legal_notice:{self.id}"

    @property
    def due(self) -> date:
        """The day by which it should be answered: `settings.legal_answer_days` working days after it came in."""
        return add_working_days(self.received_on, settings().legal_answer_days, calendar())


class NoticeThing(Base):
    """A letter or comment that a notice is about; its writer is told, and the data of the letter are held."""

    __tablename__ = "legal_notice_thing"

    id: Mapped[int] = identity()
    notice_id: Mapped[int] = mapped_column(BigId, ForeignKey("legal_notice.id"))
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"), index=True)
    about: Mapped[str] = mapped_column(String(40))  # "letter:5" or "comment:12"
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"), index=True)  # who wrote it

    letter: Mapped[Letter] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("notice_id", "about"),)


class LegalHold(Base):
    """Nothing of this letter is purged until the hold is released, by two persons. `quiet`: its author may not be told."""

    __tablename__ = "legal_hold"

    id: Mapped[int] = identity()
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"))
    notice_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("legal_notice.id"), index=True)
    why: Mapped[str] = mapped_column(Text)  # for moderators
    quiet: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    once: Mapped[str | None] = mapped_column(String(64), unique=True)
    released_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    released_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    second_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))

    letter: Mapped[Letter] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("ix_legal_hold_letter_id", "letter_id", "released_at", "id"),)
