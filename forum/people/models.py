"""Sanctions of accounts, and requests that need two persons."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Scope, User
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.people.lifecycle import (
    REQUEST_MOVES,
    Authority,
    RequestKind,
    RequestMove,
    RequestState,
    SanctionKind,
    SanctionReason,
)

MESSAGE_CHARACTERS = (10, 2_000)
WHY_CHARACTERS = (10, 1_000)
LONGEST_AUTHORITY_CHARACTERS = 200
LONGEST_REFERENCE_CHARACTERS = 100
MOST_ORDER_FILES = 5
LONGEST_DAYS = 365
UNTIL_LIFTED = datetime(9000, 1, 1, tzinfo=UTC)
"""Stands beside the account for a suspension without an end."""


class Sanction(Base):
    """A warning, a limit or a suspension; that its days are over is computed."""

    __tablename__ = "sanction"

    id: Mapped[int] = identity()
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"), index=True)
    kind: Mapped[SanctionKind] = mapped_column(choice(SanctionKind))
    scope: Mapped[Scope | None] = mapped_column(choice(Scope))  # of a limit
    reason: Mapped[SanctionReason] = mapped_column(choice(SanctionReason))
    message: Mapped[str] = mapped_column(Text)  # to the person
    given_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    given_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    second_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))  # against somebody with an office
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # None: a warning, or until it is lifted
    event_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("event.id"))  # by which it was given: what an appeal is against
    lifted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lifted_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    lift_message: Mapped[str] = mapped_column(Text, default="")

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise_on_sql")

    @property
    def holds(self) -> bool:
        """Whether it takes something away now."""
        if self.kind is SanctionKind.WARNING or self.lifted_at is not None:
            return False
        return self.ends_at is None or self.ends_at > utcnow()


class JointRequest(Base):
    """Something that one person asks for and another has to confirm."""

    __tablename__ = "joint_request"

    id: Mapped[int] = identity()
    kind: Mapped[RequestKind] = mapped_column(choice(RequestKind))
    state: Mapped[RequestState] = mapped_column(choice(RequestState), default=RequestState.OPEN)
    user_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"), index=True)  # whom it is about
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    why: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    user: Mapped[User | None] = relationship(foreign_keys=[user_id], lazy="joined")

    __table_args__ = (Index("ix_joint_request_state", "state", "id"),)

    @property
    def ends_at(self) -> datetime:
        """Until when it can be confirmed."""
        return self.asked_at + timedelta(days=settings().second_person_days)

    @property
    def waits(self) -> bool:
        """Whether it can be confirmed now."""
        return self.state is RequestState.OPEN and self.ends_at > utcnow()

    def move(self, move: RequestMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move, or its days are over."""
        if (self.state, move) not in REQUEST_MOVES or not self.waits:
            raise NotNow("request_over")
        self.state = REQUEST_MOVES[self.state, move]


class IdentityOrder(Base):
    """An order of an authority to say who somebody is, on record with its document; without one no identity is given out.

    `silent_until`: the order forbids to tell the person before that day.
    """

    __tablename__ = "identity_order"

    id: Mapped[int] = identity()
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"), index=True)  # whose identity
    legal_notice_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("legal_notice.id"), index=True)  # in whose matter it came
    authority: Mapped[Authority] = mapped_column(choice(Authority))
    name: Mapped[str] = mapped_column(String(LONGEST_AUTHORITY_CHARACTERS))  # of the authority
    reference: Mapped[str] = mapped_column(String(LONGEST_REFERENCE_CHARACTERS))
    dated_on: Mapped[date] = mapped_column(Date)
    silent_until: Mapped[date | None] = mapped_column(Date)
    once: Mapped[str] = mapped_column(String(64), unique=True)
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    recorded_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    given_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when two persons let it be given out
    given_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    second_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise_on_sql")

    __table_args__ = (
        Index("ix_identity_order_untold", "told_at", "silent_until", "id"),
        CheckConstraint("(given_at IS NULL) = (second_by_id IS NULL)", name="given_by_two"),
    )

    @property
    def about(self) -> str:
        """Its name in events, `identity_order:3`."""
        return f"identity_order:{self.id}"
