"""Businesses, their other names, and who speaks for them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.core.lookalike import LONGEST_SKELETON_CHARACTERS, loose, skeleton
from forum.merchants.lifecycle import (
    NAME_MOVES,
    DocumentKind,
    EndReason,
    NameKind,
    NameMove,
    NameState,
    Proof,
    ProofCheck,
    TeamRole,
)

LONGEST_MERCHANT_NAME_CHARACTERS = 100
LONGEST_JOB_TITLE_CHARACTERS = 100
LONGEST_DOMAIN_CHARACTERS = 253
RECHECKED_EVERY = timedelta(days=30)


def _skeleton(context: Any) -> str:
    return skeleton(context.get_current_parameters()["name"])


def _loose(context: Any) -> str:
    return loose(context.get_current_parameters()["name"])


def _a_month_from_now() -> datetime:
    return utcnow() + RECHECKED_EVERY


class Rechecked:
    """What is looked up anew each month: a domain, or a record in it."""

    next_check_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=_a_month_from_now)
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when it was last found
    failing_since: Mapped[datetime | None] = mapped_column(UTCDateTime)  # not found since then
    failed_checks: Mapped[int] = mapped_column(default=0)  # in a row


class Merchant(Rechecked, Base):
    """A business that letters are about; `key` is its name folded, so that one business has one row.

    A business that was merged into another keeps its row, which holds its address and its key; `suspect_of_id` names the proven
    business that its name passes for, until a moderator clears the name.
    """

    __tablename__ = "merchant"

    id: Mapped[int] = identity()
    name: Mapped[str] = mapped_column(String(LONGEST_MERCHANT_NAME_CHARACTERS))
    key: Mapped[str] = mapped_column(String(LONGEST_MERCHANT_NAME_CHARACTERS), unique=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    skeleton: Mapped[str] = mapped_column(String(LONGEST_SKELETON_CHARACTERS), default=_skeleton, index=True)
    loose: Mapped[str] = mapped_column(String(LONGEST_SKELETON_CHARACTERS), default=_loose, index=True)
    merged_into_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("merchant.id"), index=True)
    suspect_of_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("merchant.id"), index=True)
    suspect_since: Mapped[datetime | None] = mapped_column(UTCDateTime)
    name_cleared_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # a moderator looked: it is a business of its own
    domain: Mapped[str | None] = mapped_column(String(253))  # registered domain, set by a moderator
    answers_since: Mapped[datetime | None] = mapped_column(UTCDateTime)  # its first response: from then on a second factor
    created_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)

    representatives: Mapped[list["Representative"]] = relationship(back_populates="merchant", lazy="raise_on_sql")


class MerchantName(Base):
    """Another name of a business, found wherever its own is; `key` is unique among accepted names and those of businesses.

    `merged_from_id`: it is the name of a business that was merged into this one; it goes with the undoing of that alone.
    """

    __tablename__ = "merchant_name"

    id: Mapped[int] = identity()
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"), index=True)
    kind: Mapped[NameKind] = mapped_column(choice(NameKind))
    state: Mapped[NameState] = mapped_column(choice(NameState))
    name: Mapped[str] = mapped_column(String(LONGEST_MERCHANT_NAME_CHARACTERS))
    key: Mapped[str] = mapped_column(String(LONGEST_MERCHANT_NAME_CHARACTERS), index=True)
    skeleton: Mapped[str] = mapped_column(String(LONGEST_SKELETON_CHARACTERS), default=_skeleton, index=True)
    loose: Mapped[str] = mapped_column(String(LONGEST_SKELETON_CHARACTERS), default=_loose, index=True)
    merged_from_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("merchant.id"))
    proposed_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    message: Mapped[str] = mapped_column(Text, default="")  # words of the moderator to who proposed it

    merchant: Mapped[Merchant] = relationship(foreign_keys=[merchant_id], lazy="raise_on_sql")

    __table_args__ = (
        Index(
            "uq_merchant_name_accepted",
            "key",
            unique=True,
            sqlite_where=text("state = 'accepted'"),
            postgresql_where=text("state = 'accepted'"),
        ),
        Index(
            "uq_merchant_name_proposed",
            "merchant_id",
            "key",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
        Index("ix_merchant_name_state", "state", "created_at", "id"),
    )

    def move(self, move: NameMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in NAME_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state = NAME_MOVES[self.state, move]


class Representative(Rechecked, Base):
    """A person who speaks for a business, since when and by which proof."""

    __tablename__ = "representative"

    id: Mapped[int] = identity()
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"), index=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"), index=True)
    role: Mapped[TeamRole] = mapped_column(choice(TeamRole), default=TeamRole.OWNER)
    job_title: Mapped[str] = mapped_column(String(LONGEST_JOB_TITLE_CHARACTERS))
    proof: Mapped[Proof] = mapped_column(choice(Proof))
    proved_domain: Mapped[str | None] = mapped_column(String(253))  # of the confirmed work address, or of the record
    document: Mapped[DocumentKind | None] = mapped_column(choice(DocumentKind))
    looked_at: Mapped[ProofCheck | None] = mapped_column(choice(ProofCheck))  # by whom the proof was checked
    record_token: Mapped[str | None] = mapped_column(String(64))  # what the TXT record must hold
    since: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    end_reason: Mapped[EndReason | None] = mapped_column(choice(EndReason))
    answers_since: Mapped[datetime | None] = column_property(
        select(Merchant.answers_since).where(Merchant.id == merchant_id).correlate_except(Merchant).scalar_subquery()
    )

    merchant: Mapped[Merchant] = relationship(back_populates="representatives", lazy="raise_on_sql")
    user: Mapped[User] = relationship(lazy="raise_on_sql", overlaps="representations")

    __table_args__ = (
        Index(
            "uq_representative_open",
            "merchant_id",
            "user_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
