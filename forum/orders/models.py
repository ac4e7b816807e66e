"""Orders of authorities and what they are about."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.orders.lifecycle import OPEN, ORDER_MOVES, AuthorityKind, Hours, OrderMove, OrderReason, OrderState

AUTHORITY_CHARACTERS = (3, 120)
REFERENCE_CHARACTERS = (1, 80)
GROUND_CHARACTERS = (0, 3_000)
MESSAGE_CHARACTERS = (10, 2_000)
OBJECTION_CHARACTERS = (30, 3_000)
MOST_TARGETS = 50


class Order(Base):
    """A letter of an authority, entered by a moderator; its words and its document are for moderators, its name and ground public."""

    __tablename__ = "takedown_order"

    id: Mapped[int] = identity()
    kind: Mapped[AuthorityKind] = mapped_column(choice(AuthorityKind))
    authority: Mapped[str] = mapped_column(String(AUTHORITY_CHARACTERS[1]))
    reference: Mapped[str] = mapped_column(String(REFERENCE_CHARACTERS[1]))
    once: Mapped[str] = mapped_column(String(64), unique=True)  # the same for the same authority and reference
    hours: Mapped[Hours] = mapped_column(choice(Hours))
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)  # the law's deadline, as the settings were when it came
    half_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ground: Mapped[OrderReason] = mapped_column(choice(OrderReason))
    words: Mapped[str] = mapped_column(Text, default="")  # of the ground, for moderators
    elsewhere: Mapped[str] = mapped_column(Text, default="")  # addresses that are nothing of this site
    state: Mapped[OrderState] = mapped_column(choice(OrderState), default=OrderState.RECEIVED)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    made_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    checked_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    refusal: Mapped[OrderReason | None] = mapped_column(choice(OrderReason, "refusal"))
    message: Mapped[str] = mapped_column(Text, default="")  # to those concerned
    objection: Mapped[str] = mapped_column(Text, default="")
    objected_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    objected_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    end: Mapped[OrderReason | None] = mapped_column(choice(OrderReason, "end"))
    answer: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    targets: Mapped[list["Target"]] = relationship(lazy="raise_on_sql", order_by="Target.id")

    __table_args__ = (Index("ix_takedown_order_state", "state", "due_at", "id"),)

    def move(self, move: OrderMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in ORDER_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state = ORDER_MOVES[self.state, move]
        self.version += 1

    @property
    def about(self) -> str:
        """Its name in events, `order:12`."""
        return f"order:{self.id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def object_until(self) -> datetime | None:
        """Until when those concerned may object; None before it was carried out."""
        if self.decided_at is None or self.refusal is not None:
            return None
        return self.decided_at + timedelta(days=settings().order_objection_days)


class Target(Base):
    """One thing that an order is about."""

    __tablename__ = "takedown_target"

    id: Mapped[int] = identity()
    order_id: Mapped[int] = mapped_column(BigId, ForeignKey("takedown_order.id"))
    about: Mapped[str] = mapped_column(String(40), index=True)  # "comment:12"
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"), index=True)  # whose words or file it is
    took: Mapped[bool] = mapped_column(default=False)  # an order took it out of sight, not somebody else before

    __table_args__ = (UniqueConstraint("order_id", "about"),)
