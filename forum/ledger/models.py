"""The public ledger: rows that are only ever added, each a link of one chain."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import ONE_DAY
from forum.core.db import Base, BigId, Json, UTCDateTime, choice
from forum.ledger.lifecycle import Act, AskedBy, Outcome, Why

THE_HEAD: Final = 1


class LedgerRow(Base):
    """One line of the ledger, written once; `id` is its number in the chain, from 1, and `hash` covers it and the row before.

    It names things by number and without foreign keys: it outlives what it tells of. All of it is public.
    """

    __tablename__ = "ledger_row"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    at: Mapped[datetime] = mapped_column(UTCDateTime)  # of the decision
    month: Mapped[str] = mapped_column(String(7))  # of `at` in the site's time zone: "2026-11"
    act: Mapped[Act] = mapped_column(choice(Act))
    about: Mapped[str] = mapped_column(String(40))  # "comment:12"
    letter_id: Mapped[int | None] = mapped_column(BigId)
    asked_by: Mapped[AskedBy] = mapped_column(choice(AskedBy))
    reason: Mapped[str | None] = mapped_column(String(40))  # a value of a closed list of the room that decided (words.REASONS)
    detail: Mapped[str | None] = mapped_column(String(40))  # of covered words: what they were
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    count: Mapped[int] = mapped_column(default=1)  # of places, letters or reports
    took_seconds: Mapped[int | None]  # from the request to the decision; None where nobody asked
    merchants: Mapped[list[int]] = mapped_column(Json)
    corrects_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("ledger_row.id"), unique=True)
    why: Mapped[Why | None] = mapped_column(choice(Why))
    event_id: Mapped[int] = mapped_column(BigId)
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        CheckConstraint("(corrects_id IS NULL) = (why IS NULL)", name="correction"),
        Index("uq_ledger_row_event_id", "event_id", unique=True),
        Index("ix_ledger_row_month", "month", "id"),
        Index("ix_ledger_row_act", "act", "id"),
        Index("ix_ledger_row_reason", "reason", "id"),
        Index("ix_ledger_row_asked_by", "asked_by", "id"),
        Index("ix_ledger_row_about", "about", "id"),
        Index("ix_ledger_row_written_at", "written_at"),
    )


class LedgerBusiness(Base):
    """A row concerns a business: what `LedgerRow.merchants` says, to find rows by business."""

    __tablename__ = "ledger_business"

    merchant_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    row_id: Mapped[int] = mapped_column(BigId, ForeignKey("ledger_row.id"), primary_key=True, autoincrement=False)

    __table_args__ = (Index("ix_ledger_business_row_id", "row_id"),)


class LedgerHead(Base):
    """The newest link; one row (id 1). Holding it lets one row be written at a time, and a chain that lost its end is found."""

    __tablename__ = "ledger_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class LedgerDay(Base):
    """Where the chain ended on a day, published beside the head of the letters."""

    __tablename__ = "ledger_day"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    until: Mapped[datetime] = mapped_column(UTCDateTime)  # the midnight that ended it, by the site's time zone of then
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def is_late(self) -> bool:
        """Whether it was published long after its day, so that it proves nothing about the time between."""
        return self.made_at - self.until > ONE_DAY
