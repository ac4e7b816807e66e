"""Businesses, who claims to speak for them and who does."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS, User
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.merchants.lifecycle import CLAIM_MOVES, ClaimMove, ClaimState, Proof, TeamRole

LONGEST_MERCHANT_NAME_CHARACTERS = 100
LONGEST_JOB_TITLE_CHARACTERS = 100


class Merchant(Base):
    """A business that letters are about; `key` is its name folded, so that one business has one row."""

    __tablename__ = "merchant"

    id: Mapped[int] = identity()
    name: Mapped[str] = mapped_column(String(LONGEST_MERCHANT_NAME_CHARACTERS))
    key: Mapped[str] = mapped_column(String(LONGEST_MERCHANT_NAME_CHARACTERS), unique=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    domain: Mapped[str | None] = mapped_column(String(253))  # registered domain, set by a moderator
    contact_email: Mapped[str | None] = mapped_column(String(LONGEST_EMAIL_CHARACTERS))  # told of new letters
    answers_since: Mapped[datetime | None] = mapped_column(UTCDateTime)  # its first response: from then on a second factor
    created_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)

    representatives: Mapped[list["Representative"]] = relationship(back_populates="merchant", lazy="raise_on_sql")


class Representative(Base):
    """A person who speaks for a business, since when and by which proof."""

    __tablename__ = "representative"

    id: Mapped[int] = identity()
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"), index=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"), index=True)
    role: Mapped[TeamRole] = mapped_column(choice(TeamRole), default=TeamRole.OWNER)
    job_title: Mapped[str] = mapped_column(String(LONGEST_JOB_TITLE_CHARACTERS))
    proof: Mapped[Proof] = mapped_column(choice(Proof))
    proved_domain: Mapped[str | None] = mapped_column(String(253))  # the domain of the confirmed work address
    since: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
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


class Claim(Base):
    """Somebody says that they speak for a business."""

    __tablename__ = "claim"

    id: Mapped[int] = identity()
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"), index=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"), index=True)
    work_email: Mapped[str] = mapped_column(String(LONGEST_EMAIL_CHARACTERS))
    job_title: Mapped[str] = mapped_column(String(LONGEST_JOB_TITLE_CHARACTERS))
    statement: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[ClaimState] = mapped_column(choice(ClaimState))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    message: Mapped[str] = mapped_column(Text, default="")  # words of the moderator to the claimant
    once: Mapped[str | None] = mapped_column(String(64))  # idempotency key of the form that sent it last

    merchant: Mapped[Merchant] = relationship(lazy="raise_on_sql")
    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise_on_sql")

    __table_args__ = (
        Index(
            "uq_claim_open",
            "merchant_id",
            "user_id",
            unique=True,
            sqlite_where=text("state IN ('waiting_email', 'waiting_moderator')"),
            postgresql_where=text("state IN ('waiting_email', 'waiting_moderator')"),
        ),
    )

    def move(self, move: ClaimMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in CLAIM_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state = CLAIM_MOVES[self.state, move]
