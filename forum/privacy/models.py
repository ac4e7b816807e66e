"""Data requests, and the append-only log of what was done with personal data."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import User
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.core.events import Role
from forum.core.secrecy import Sealed
from forum.privacy.lifecycle import DATA_MOVES, Act, DataKind, DataMove, DataState, Refusal

TEXT_CHARACTERS = (10, 3_000)
MESSAGE_CHARACTERS = (10, 2_000)
_WAITS = text("state = 'waiting'")


class DataRequest(Base):
    """What a person asks of the data held on them: of an account, or of a proved address. The clock runs from `proved_at`."""

    __tablename__ = "data_request"

    id: Mapped[int] = identity()
    kind: Mapped[DataKind] = mapped_column(choice(DataKind))
    state: Mapped[DataState] = mapped_column(choice(DataState))
    user_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"), index=True)
    email: Mapped[str | None] = mapped_column(Sealed)  # of a person without an account
    email_key: Mapped[str | None] = mapped_column(String(64))  # the same for the same address
    language: Mapped[str] = mapped_column(String(5), default="id")
    text: Mapped[str] = mapped_column(Sealed, default="")  # what is wrong, or why
    everything: Mapped[bool] = mapped_column(default=False)  # of a deletion: also what others see, which takes two moderators
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    proved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    refusal: Mapped[Refusal | None] = mapped_column(choice(Refusal))
    answer: Mapped[str] = mapped_column(Sealed, default="")
    kept: Mapped[list[list[str]]] = mapped_column(Json, default=list)  # of a deletion: [table, Ground] of what stays
    key: Mapped[str | None] = mapped_column(String(64), index=True)  # of the sealed copy in the storage
    size: Mapped[int | None] = mapped_column(BigInteger)
    ready_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    user: Mapped[User | None] = relationship(foreign_keys=[user_id], lazy="selectin")

    __table_args__ = (
        Index("ix_data_request_state", "state", "proved_at", "id"),
        Index("uq_data_request_user", "user_id", "kind", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("uq_data_request_email", "email_key", "kind", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    def move(self, move: DataMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in DATA_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state = DATA_MOVES[self.state, move]

    @property
    def due_at(self) -> datetime | None:
        """Until when it is answered; None before the address is proved."""
        return None if self.proved_at is None else self.proved_at + timedelta(hours=settings().data_request_hours)

    @property
    def copy_until(self) -> datetime | None:
        """Until when the copy can be fetched; None while there is none."""
        if self.key is None or self.ready_at is None:
            return None
        return self.ready_at + timedelta(days=settings().data_copy_days)

    @property
    def has_copy(self) -> bool:
        """Whether the copy can be fetched now."""
        return self.copy_until is not None and self.copy_until > utcnow()

    @property
    def subject(self) -> str:
        """Whose data it is, as the log names it: the number of the account, or the key of an address."""
        return f"user:{self.user_id}" if self.user_id is not None else f"address:{(self.email_key or '')[:16]}"


class Processing(Base):
    """One row of the processing log: what was done with whose data, by whom; never changed, and it refers to nothing that may go."""

    __tablename__ = "processing"

    id: Mapped[int] = identity()
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    act: Mapped[Act] = mapped_column(choice(Act))
    kind: Mapped[DataKind | None] = mapped_column(choice(DataKind))
    request_id: Mapped[int | None] = mapped_column(BigId)
    subject: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int | None] = mapped_column(BigId)
    role: Mapped[Role] = mapped_column(choice(Role))
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # numbers and closed values
