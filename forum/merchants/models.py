"""Businesses, who claims to speak for them and who does."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS, User
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.merchants.lifecycle import (
    CLAIM_MOVES,
    CONTACT_MOVES,
    ClaimMove,
    ClaimState,
    ContactMove,
    ContactPurpose,
    ContactState,
    Proof,
    TeamRole,
)

LONGEST_MERCHANT_NAME_CHARACTERS = 100
LONGEST_JOB_TITLE_CHARACTERS = 100
SOURCE_CHARACTERS = (5, 300)


class Merchant(Base):
    """A business that letters are about; `key` is its name folded, so that one business has one row."""

    __tablename__ = "merchant"

    id: Mapped[int] = identity()
    name: Mapped[str] = mapped_column(String(LONGEST_MERCHANT_NAME_CHARACTERS))
    key: Mapped[str] = mapped_column(String(LONGEST_MERCHANT_NAME_CHARACTERS), unique=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    domain: Mapped[str | None] = mapped_column(String(253))  # registered domain, set by a moderator
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


class Contact(Base):
    """An address that is told of letters about a business: registered by the business, or found by a moderator at `source`.

    An address has one row in a business for good, so that one that refused is not written to again by mistake.
    """

    __tablename__ = "contact"

    id: Mapped[int] = identity()
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"))
    email: Mapped[str] = mapped_column(String(LONGEST_EMAIL_CHARACTERS), index=True)
    purpose: Mapped[ContactPurpose] = mapped_column(choice(ContactPurpose), default=ContactPurpose.ALL)
    state: Mapped[ContactState] = mapped_column(choice(ContactState))
    source: Mapped[str] = mapped_column(String(SOURCE_CHARACTERS[1]), default="")  # where a moderator found it; public
    added_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)  # of its state
    failure: Mapped[str] = mapped_column(String(200), default="")  # what the mail server said, for the moderators
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    merchant: Mapped[Merchant] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("merchant_id", "email"),)

    def move(self, move: ContactMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in CONTACT_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state, self.changed_at = CONTACT_MOVES[self.state, move], utcnow()


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
