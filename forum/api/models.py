"""Tokens of the interface."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, identity
from forum.merchants.models import Merchant

TOKEN_NAME_CHARACTERS = (2, 60)
MOST_TOKENS = 10  # of one business, that work


class ApiToken(Base):
    """A token of one person for one business; only its hash is kept, `hint` are its last characters."""

    __tablename__ = "api_token"

    id: Mapped[int] = identity()
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"))
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(TOKEN_NAME_CHARACTERS[1]))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(8))
    scopes: Mapped[list[str]] = mapped_column(Json, default=list)
    once: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # to the hour
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    merchant: Mapped[Merchant] = relationship(lazy="raise_on_sql")
    user: Mapped[User] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("ix_api_token_merchant_id", "merchant_id", "id"), UniqueConstraint("merchant_id", "once"))
