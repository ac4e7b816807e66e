"""Comments and the votes on them."""

from datetime import datetime

from sqlalchemy import Computed, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import LONGEST_NAME_CHARACTERS
from forum.comments.lifecycle import COMMENT_MOVES, CommentMove, CommentState, HeldFor
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.letters.models import Letter
from forum.merchants.models import LONGEST_MERCHANT_NAME_CHARACTERS

COMMENT_CHARACTERS = (2, 5_000)
SHOWN_LEVELS = 4
SEGMENT_DIGITS = 6  # base 36: two thousand million comments a letter


class Comment(Base):
    """A comment. `number` counts within its letter; `path` sorts a thread depth first.

    `path` joins the numbers (base 36, SEGMENT_DIGITS each) of its first ancestors and its own, SHOWN_LEVELS at most:
    deeper replies stand in time order under their third ancestor, so a path has a fixed largest length.
    """

    __tablename__ = "comment"

    id: Mapped[int] = identity()
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"))
    number: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("comment.id"), index=True)
    root_number: Mapped[int]
    newest_thread_first: Mapped[int] = mapped_column(Computed("-root_number", persisted=True))  # ascends as threads age
    path: Mapped[str] = mapped_column(String(SEGMENT_DIGITS * SHOWN_LEVELS))
    depth: Mapped[int] = mapped_column(default=0)  # real depth, 0 for a root
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"), index=True)
    byline: Mapped[str] = mapped_column(String(LONGEST_NAME_CHARACTERS))
    merchant_name: Mapped[str | None] = mapped_column(
        String(LONGEST_MERCHANT_NAME_CHARACTERS)
    )  # a representative's label
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    renderer: Mapped[int]
    state: Mapped[CommentState] = mapped_column(choice(CommentState), default=CommentState.VISIBLE)
    hidden_reason: Mapped[str | None] = mapped_column(String(40))  # why hidden, or refused
    held_for: Mapped[HeldFor | None] = mapped_column(choice(HeldFor))
    held_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # of one that waits
    votes: Mapped[int] = mapped_column(default=0)
    helped: Mapped[int] = mapped_column(default=0)  # the votes weighed by the age of their accounts: the order, never a figure
    reply_count: Mapped[int] = mapped_column(default=0)  # direct replies that are shown, if only as a placeholder
    once: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    letter: Mapped[Letter] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("letter_id", "number"),
        UniqueConstraint("author_id", "once"),
        Index("ix_comment_oldest", "letter_id", "path"),
        Index("ix_comment_newest", "letter_id", "newest_thread_first", "path"),
        Index("ix_comment_helpful", "letter_id", "helped", "number"),
        Index("ix_comment_held", "held_at", "id"),
    )

    def move(self, move: CommentMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in COMMENT_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state = COMMENT_MOVES[self.state, move]
        self.version += 1


class Vote(Base):
    """A person found a comment helpful."""

    __tablename__ = "vote"

    comment_id: Mapped[int] = mapped_column(BigId, ForeignKey("comment.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow, index=True)
    weight: Mapped[int] = mapped_column(default=1)
