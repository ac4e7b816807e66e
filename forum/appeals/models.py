"""Appeals against decisions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.appeals.lifecycle import APPEAL_MOVES, AppealMove, AppealState, Side
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.core.events import Event
from forum.letters.models import Letter

APPEAL_CHARACTERS = (20, 4_000)
ANSWER_CHARACTERS = (20, 2_000)


class Appeal(Base):
    """Somebody says that a decision was wrong; of each decision one by each side."""

    __tablename__ = "appeal"

    id: Mapped[int] = identity()
    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id"))  # the decision
    side: Mapped[Side] = mapped_column(choice(Side))
    by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"), index=True)  # None: who reported without an account
    report_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("report.id"))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[AppealState] = mapped_column(choice(AppealState), default=AppealState.OPEN)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    alone: Mapped[bool] = mapped_column(default=False)  # decided by who decided first, for there was nobody else

    event: Mapped[Event] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("event_id", "side"), Index("ix_appeal_state", "state", "id"))

    @property
    def due_at(self) -> datetime:
        """By when it is to be decided."""
        return self.made_at + timedelta(days=settings().appeal_decision_days)

    def move(self, move: AppealMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in APPEAL_MOVES:
            raise NotNow("already_decided")
        self.state = APPEAL_MOVES[self.state, move]


def last_moment(event: Event) -> datetime:
    """Until when an appeal against a decision can be made."""
    return event.at + timedelta(days=settings().appeal_days)


@dataclass(frozen=True)
class Verdict:
    """A decision that can be appealed, with everybody who has a part in it."""

    event: Event
    letter: Letter | None  # with its cases
    people: dict[Side, frozenset[int]]
    businesses: dict[Side, frozenset[int]]
    deciders: frozenset[int]  # who decided first: one, or the two whom it took
    stands: bool  # nobody undid it meanwhile
    by_mail: Side | None = None  # somebody without an account, who has a number or a mailed link
    partial_ids: frozenset[int] = frozenset()  # who has a part in it beside the two sides, as who reported what was decided on

    def side_of(self, person_id: int, acting_ids: frozenset[int]) -> Side | None:
        """On which side this person stands; the one concerned first."""
        for side in Side:
            if person_id in self.people.get(side, frozenset()) or acting_ids & self.businesses.get(side, frozenset()):
                return side
        return None

    @property
    def parties(self) -> frozenset[int]:
        """The people of both sides."""
        return frozenset().union(*self.people.values())
