"""Contests of passages of a letter by a business or by a person named in it."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.config import settings
from forum.contests.lifecycle import (
    CONTEST_MOVES,
    DECIDED,
    OPEN,
    ContestMove,
    ContestState,
    Effect,
    Finding,
    Ground,
    Side,
)
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.core.secrecy import Sealed
from forum.letters.models import Case, Letter
from forum.redactions.fields import Field, also
from forum.redactions.lifecycle import Place

CONTEST_CHARACTERS = (30, 3_000)
ANSWER_CHARACTERS = (10, 3_000)
PASSAGE_CHARACTERS = (3, 1_000)
MOST_PASSAGES = 10
MESSAGE_CHARACTERS = (10, 2_000)
MOST_FILES = 3  # of one side
HIDDEN_CHARACTERS = 120
HIDDEN_PART = 4
"""At once a contest covers at most HIDDEN_CHARACTERS, or one HIDDEN_PARTth of the letter: what is unlawful stands in passages."""


class Contest(Base):
    """Somebody says that passages of a letter should not stand. The passages are sealed, since some of them are covered.

    Deadlines are derived: `asked_at` and the hours to react, `reacted_at` and the days to prove or change.
    """

    __tablename__ = "contest"

    id: Mapped[int] = identity()
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"))
    case_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("case.id"), index=True)  # of the business that contests
    side: Mapped[Side] = mapped_column(choice(Side))
    ground: Mapped[Ground | None] = mapped_column(choice(Ground))  # None: `report_id`, made before there were grounds
    state: Mapped[ContestState] = mapped_column(choice(ContestState))
    passages: Mapped[list[str]] = mapped_column(Sealed)
    text: Mapped[str] = mapped_column(Text)  # what is wrong, for the author and the moderators
    hides: Mapped[bool] = mapped_column(default=False)  # the passages were covered at once
    redaction_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("redaction.id"))
    by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    name: Mapped[str | None] = mapped_column(Sealed)  # of a person named, for moderators
    email: Mapped[str | None] = mapped_column(Sealed)  # of a person without an account
    email_key: Mapped[str | None] = mapped_column(String(64), index=True)  # the same for the same address of a person
    language: Mapped[str] = mapped_column(String(5), default="id")
    once: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    filed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reacted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(Text, default="")  # of the author, for the challenger and the moderators
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    heard_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reopened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # its decision was undone
    finding: Mapped[Finding | None] = mapped_column(choice(Finding))
    effect: Mapped[Effect | None] = mapped_column(choice(Effect))
    message: Mapped[str] = mapped_column(Text, default="")  # the moderator's reasons, in words
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    report_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("report.id"))
    version: Mapped[int] = mapped_column(default=1)

    letter: Mapped[Letter] = relationship(lazy="raise_on_sql")
    case: Mapped[Case | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        Index("ix_contest_letter_id", "letter_id", "state", "id"),
        Index("ix_contest_state", "state", "filed_at", "id"),
        CheckConstraint("(side = 'business') = (case_id IS NOT NULL)", name="case_of_business"),
    )

    def move(self, move: ContestMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in CONTEST_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state = CONTEST_MOVES[self.state, move]
        self.version += 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED

    @property
    def about(self) -> str:
        """Its name in events, `contest:12`."""
        return f"contest:{self.id}"

    @property
    def author_due(self) -> datetime | None:
        """Until when the author may react, or having reacted, prove or change; None when they are not asked (any more)."""
        if self.state is not ContestState.AUTHOR_ASKED or self.asked_at is None:
            return None
        if self.reacted_at is None:
            return self.asked_at + timedelta(hours=settings().contest_react_hours)
        return self.reacted_at + timedelta(days=settings().contest_answer_days)

    @property
    def waits_since(self) -> datetime | None:
        """Since when moderators should decide: from the filing when words are covered, else once the author was heard; anew when reopened."""
        return self.reopened_at or (self.filed_at if self.hides else self.heard_at)

    @property
    def decision_due(self) -> datetime | None:
        """Until when the moderators should decide."""
        since = self.waits_since
        return None if since is None or not self.is_open else since + timedelta(hours=settings().contest_hours)


also(Contest, Place.CONTEST, Field("text"), Field("answer"), Field("message"), authors=frozenset({"answer"}))
