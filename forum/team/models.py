"""Invitations into the team of a business."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS, User
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import LONGEST_JOB_TITLE_CHARACTERS, Merchant

OPEN = "accepted_at IS NULL AND cancelled_at IS NULL"


class Invitation(Base):
    """An owner asks the holder of an address into the team; the mailed link is single-use, only its hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = identity()
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"))
    email: Mapped[str] = mapped_column(String(LONGEST_EMAIL_CHARACTERS))
    role: Mapped[TeamRole] = mapped_column(choice(TeamRole))
    job_title: Mapped[str] = mapped_column(String(LONGEST_JOB_TITLE_CHARACTERS))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    accepted_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    merchant: Mapped[Merchant] = relationship(lazy="raise_on_sql")
    invited_by: Mapped[User] = relationship(foreign_keys=[invited_by_id], lazy="raise_on_sql")

    __table_args__ = (
        Index(
            "uq_invitation_open",
            "merchant_id",
            "email",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    @property
    def is_open(self) -> bool:
        """Whether it may still be accepted, by its state alone; `expires_at` may be over."""
        return self.accepted_at is None and self.cancelled_at is None
