"""Claims on businesses, and objections to claims and proofs."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS, User
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.merchants.lifecycle import (
    CLAIM_MOVES,
    OBJECTION_MOVES,
    ClaimMove,
    ClaimReason,
    ClaimState,
    DocumentKind,
    ObjectionMove,
    ObjectionReason,
    ObjectionState,
    Proof,
)
from forum.merchants.models.businesses import (
    LONGEST_DOMAIN_CHARACTERS,
    LONGEST_JOB_TITLE_CHARACTERS,
    Merchant,
    Representative,
)

OPEN_CLAIM = text("state IN ('waiting_email', 'waiting_dns', 'waiting_document', 'waiting_moderator')")
OPEN_OBJECTION = text("state = 'open'")


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
    version: Mapped[int] = mapped_column(default=1)
    way: Mapped[Proof] = mapped_column(choice(Proof), default=Proof.MODERATOR)
    domain: Mapped[str | None] = mapped_column(String(LONGEST_DOMAIN_CHARACTERS))  # registered, or proposed with the claim
    record_token: Mapped[str | None] = mapped_column(String(64))  # what the TXT record must hold; everybody can read it there
    document: Mapped[DocumentKind | None] = mapped_column(choice(DocumentKind))
    proved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the link was used, or the record found
    first_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))  # approved it first, where two must
    first_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    first_note: Mapped[str] = mapped_column(Text, default="")  # to the second moderator
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    reason: Mapped[ClaimReason | None] = mapped_column(choice(ClaimReason))  # of a refusal
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
            sqlite_where=OPEN_CLAIM,
            postgresql_where=OPEN_CLAIM,
        ),
    )

    def move(self, move: ClaimMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in CLAIM_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state = CLAIM_MOVES[self.state, move]
        self.version += 1


class Objection(Base):
    """Somebody says that a proof is wrong, or a claim: of a voice `representative_id`, or of an open claim `claim_id`."""

    __tablename__ = "objection"

    id: Mapped[int] = identity()
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"), index=True)
    representative_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("representative.id"))
    claim_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("claim.id"), index=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    reason: Mapped[ObjectionReason] = mapped_column(choice(ObjectionReason))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[ObjectionState] = mapped_column(choice(ObjectionState), default=ObjectionState.OPEN)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    reopened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # since then it waits once more
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    message: Mapped[str] = mapped_column(Text, default="")  # words of the moderator to both

    merchant: Mapped[Merchant] = relationship(lazy="raise_on_sql")
    representative: Mapped[Representative | None] = relationship(lazy="raise_on_sql")
    claim: Mapped[Claim | None] = relationship(lazy="raise_on_sql")
    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise_on_sql")

    __table_args__ = (
        Index("ix_objection_open", "state", "created_at", "id"),
        Index(
            "uq_objection_of_proof",
            "representative_id",
            "user_id",
            unique=True,
            sqlite_where=OPEN_OBJECTION,
            postgresql_where=OPEN_OBJECTION,
        ),
        Index(
            "uq_objection_of_claim", "claim_id", "user_id", unique=True, sqlite_where=OPEN_OBJECTION, postgresql_where=OPEN_OBJECTION
        ),
    )

    def move(self, move: ObjectionMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in OBJECTION_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state = OBJECTION_MOVES[self.state, move]
        self.version += 1
