"""The addresses that are told of letters about a business."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.merchants.lifecycle import (
    CONTACT_MOVES,
    ContactMove,
    ContactPurpose,
    ContactState,
)
from forum.merchants.models.businesses import Merchant

SOURCE_CHARACTERS = (5, 300)


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
