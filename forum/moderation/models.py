"""Reports by readers, and what they can be about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.attachments.models import Attachment
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.core.secrecy import Sealed
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.merchants.models import Claim, Merchant, Objection
from forum.moderation.lifecycle import REPORT_MOVES, JoinReason, ReportMove, ReportReason, ReportState, ThingKind
from forum.reply.models import Reply
from forum.reply.policy import is_shown
from forum.responses.models import Response

REPORT_CHARACTERS = (0, 2_000)
MESSAGE_CHARACTERS = (10, 2_000)
NOTE_CHARACTERS = (0, 500)


_OPEN_REPORT = sql("state = 'open'")


class Report(Base):
    """Somebody says that something should not stand as it does; `snapshot` keeps the text as it was."""

    __tablename__ = "report"

    id: Mapped[int] = identity()
    number: Mapped[str] = mapped_column(String(20), unique=True)  # given to the reporter, opens its answer
    about: Mapped[str] = mapped_column(String(40))  # "letter:1", "comment:5", "response:2", "attachment:4", "reply:3"
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"), index=True)
    reason: Mapped[ReportReason] = mapped_column(choice(ReportReason))
    text: Mapped[str] = mapped_column(Text, default="")
    snapshot: Mapped[str] = mapped_column(Text, default="")
    reporter_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    email: Mapped[str | None] = mapped_column(Sealed)  # of a reporter without an account
    language: Mapped[str] = mapped_column(String(5), default="id")
    once: Mapped[str | None] = mapped_column(String(64))
    weight: Mapped[int] = mapped_column(default=50)
    """From what became of the reporter's earlier reports, and of the account's age: the order in the queue, nothing else."""
    state: Mapped[ReportState] = mapped_column(choice(ReportState), default=ReportState.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    reopened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # since then it waits once more
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when a moderator first looked, without a decision
    seen_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))

    letter: Mapped[Letter] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        Index("ix_report_open", "state", "about", "id"),
        Index("ix_report_waiting", "created_at", "id", sqlite_where=_OPEN_REPORT, postgresql_where=_OPEN_REPORT),
        UniqueConstraint("once"),
    )

    @property
    def waits_since(self) -> datetime:
        """Since when it waits: made, or open once more."""
        return self.reopened_at or self.created_at

    def move(self, move: ReportMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in REPORT_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state = REPORT_MOVES[self.state, move]


class Hold(Base):
    """A moderator has an item of the queue in hand; believed until `until`, so that nobody has to give it back."""

    __tablename__ = "desk_hold"

    item: Mapped[str] = mapped_column(String(60), primary_key=True)  # "letter:5", "report:comment:12"
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"))
    since: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    until: Mapped[datetime] = mapped_column(UTCDateTime)
    from_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id", ondelete="SET NULL"))  # who handed it on
    note: Mapped[str] = mapped_column(Sealed, default="")  # from one moderator to another, gone with the hold

    __table_args__ = (Index("ix_desk_hold_user_id", "user_id", "until"), Index("ix_desk_hold_until", "until"))


class Merge(Base):
    """A business was merged into another; everything that moved is remembered, so that it can be undone."""

    __tablename__ = "merchant_merge"

    id: Mapped[int] = identity()
    from_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"), index=True)
    into_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"), index=True)
    reason: Mapped[JoinReason] = mapped_column(choice(JoinReason))
    by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    letters: Mapped[int] = mapped_column(default=0)
    moved: Mapped[dict[str, list[int]]] = mapped_column(Json, default=dict)
    """Ids of names, voices (moved or ended) and claims."""
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))

    from_merchant: Mapped[Merchant] = relationship(foreign_keys=[from_id], lazy="raise_on_sql")
    into_merchant: Mapped[Merchant] = relationship(foreign_keys=[into_id], lazy="raise_on_sql")


class MergedCase(Base):
    """A case that a merge moved; with `kept_id`, one that went up into the case that its letter already had."""

    __tablename__ = "merged_case"

    merge_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant_merge.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)  # no foreign key: it may be gone
    kept_id: Mapped[int | None] = mapped_column(BigId)
    before: Mapped[dict[str, Any] | None] = mapped_column(Sealed)  # both cases as they were, and what hung on the one that went

    __table_args__ = (Index("ix_merged_case_case_id", "case_id"),)


@dataclass(frozen=True)
class Pair:
    """Two businesses that are to be joined or parted, with those moderators who wrote a letter against either."""

    one: Merchant
    other: Merchant | None  # None: a new business
    critic_ids: frozenset[int]
    trades: frozenset[str] = frozenset()  # categories of the letters about them


@dataclass(frozen=True)
class Thing:
    """What a report or a decision is about, with its letter (and the letter's cases), through which it is seen."""

    kind: ThingKind
    row: Letter | Comment | Response | Attachment | Reply
    letter: Letter
    reporter_ids: frozenset[int | None] = frozenset()  # moderators who reported it, whatever became of it

    @property
    def about(self) -> str:
        """Its name in reports and events, `comment:12`."""
        return f"{self.kind}:{self.row.id}"

    @property
    def person_id(self) -> int | None:
        """Whose words or file it is."""
        return self.row.owner_id if isinstance(self.row, Attachment) else self.row.author_id

    @property
    def text(self) -> str:
        """Its words, kept with a report as they were then; of a file its name and receipt."""
        if isinstance(self.row, Letter):
            return f"{self.row.title}\n\n{self.row.text}"
        if isinstance(self.row, Attachment):
            return f"{self.row.name}\nSHA-256 {self.row.original_sha256}"
        return self.row.text

    @property
    def stands(self) -> bool:
        """Whether readers see it, so that a moderator can take it away."""
        if isinstance(self.row, Letter):
            return self.row.publication is Publication.PUBLISHED
        if isinstance(self.row, Comment):
            return self.row.state is CommentState.VISIBLE
        return is_shown(self.row) if isinstance(self.row, Reply) else self.row.hidden_at is None

    @property
    def was_taken(self) -> bool:
        """Whether a moderator took it away and can put it back."""
        if isinstance(self.row, Letter):
            return self.row.publication is Publication.TAKEN_DOWN
        if isinstance(self.row, Comment):
            return self.row.state is CommentState.HIDDEN
        return self.row.hidden_at is not None


@dataclass(frozen=True)
class Plea:
    """A claim on a business, with those moderators who wrote a letter against that business."""

    claim: Claim
    critic_ids: frozenset[int]
    trades: frozenset[str] = frozenset()  # categories of the letters about it


@dataclass(frozen=True)
class Protest:
    """An objection to a proof, with those moderators who wrote a letter against the business."""

    objection: Objection
    critic_ids: frozenset[int]
    trades: frozenset[str] = frozenset()  # categories of the letters about it
