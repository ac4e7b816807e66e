"""Figures counted beforehand, and the facts of each case that they are counted from."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, choice
from forum.letters.lifecycle import Outcome
from forum.statistics.lifecycle import Contest, Removal, RemovedBy

WHOLE_SITE = "site"
LONGEST_SUBJECT_CHARACTERS = 60


def business(merchant_id: int) -> str:
    """Return the subject of the figures of a business."""
    return f"merchant:{merchant_id}"


def filed_under(category: str) -> str:
    """Return the subject of the figures of a category."""
    return f"category:{category}"


class Figures(Base):
    """What the worker counted last for the whole site, a business or a category; readers never count over all letters."""

    __tablename__ = "figures"

    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT_CHARACTERS), primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(Json)
    day: Mapped[date] = mapped_column(Date)  # where the site is
    waits: Mapped[bool] = mapped_column(default=False)  # something in it changes by time alone
    counted_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)  # when the counting began
    took: Mapped[int] = mapped_column(default=0)  # milliseconds

    __table_args__ = (Index("ix_figures_day", "day", "waits"),)


class CaseFact(Base):
    """What figures need of a case whose letter was published: written with every event of the letter, one narrow row.

    `days` are the working days to the first response, or those used while the clock stands; of a running clock it is None
    and `base` says when it was at 0, as `workdays.number` counts: so many days are used on any day as its number is larger.
    """

    __tablename__ = "case_fact"

    case_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("case.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    letter_id: Mapped[int] = mapped_column(BigId, index=True)
    merchant_id: Mapped[int] = mapped_column(BigId)
    category: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    month: Mapped[int]  # of the publication, 202611
    listed: Mapped[bool]
    lead: Mapped[bool]  # the first case of its letter: counting these counts letters
    answered: Mapped[bool]
    notified: Mapped[bool]
    days: Mapped[int | None]
    base: Mapped[int | None]
    answer_days: Mapped[int]  # the limit of its category
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    contest: Mapped[Contest] = mapped_column(choice(Contest))
    removal: Mapped[Removal] = mapped_column(choice(Removal))
    removed_by: Mapped[RemovedBy] = mapped_column(choice(RemovedBy))

    __table_args__ = (
        Index("ix_case_fact_merchant_id", "merchant_id", "started_at", "case_id"),
        Index("ix_case_fact_category", "category", "started_at", "case_id"),
        Index("ix_case_fact_started_at", "started_at", "case_id"),
    )
