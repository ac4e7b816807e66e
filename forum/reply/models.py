"""What a person named in a letter says to it, under their own name, without an account."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import LONGEST_NAME_CHARACTERS
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.core.secrecy import Sealed
from forum.letters.lifecycle import NameShown
from forum.letters.models import Letter
from forum.reply.lifecycle import REPLY_MOVES, Refusal, ReplyMove, ReplyState

REPLY_CHARACTERS = (50, 5_000)
PLACE_CHARACTERS = (5, 300)  # where the letter speaks of this person, for moderators
MESSAGE_CHARACTERS = (10, 2_000)
_STANDS = sql("corrects_id IS NULL AND state IN ('waiting', 'published')")
_WAITS = sql("state = 'waiting'")


class Reply(Base):
    """A right of reply: dated, permanent, never edited; a correction is a new one. The address is proved by a mailed link."""

    __tablename__ = "reply"

    id: Mapped[int] = identity()
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"))
    corrects_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("reply.id"))
    name: Mapped[str] = mapped_column(Sealed)  # whole, for moderators
    name_shown: Mapped[NameShown] = mapped_column(choice(NameShown), default=NameShown.FULL)
    byline: Mapped[str] = mapped_column(String(LONGEST_NAME_CHARACTERS))
    place: Mapped[str] = mapped_column(Sealed)  # who this person is in the letter, for moderators
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    renderer: Mapped[int]
    email: Mapped[str | None] = mapped_column(Sealed)
    email_key: Mapped[str] = mapped_column(String(64))  # the same for the same address, and says nothing of it
    language: Mapped[str] = mapped_column(String(5), default="id")
    state: Mapped[ReplyState] = mapped_column(choice(ReplyState), default=ReplyState.UNPROVEN)
    once: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    proved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    refusal: Mapped[Refusal | None] = mapped_column(choice(Refusal))
    message: Mapped[str] = mapped_column(Text, default="")  # the moderator's words to the writer
    hidden_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden_reason: Mapped[str | None] = mapped_column(String(40))

    letter: Mapped[Letter] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        Index("ix_reply_letter_id", "letter_id", "state", "id"),
        Index("ix_reply_waiting", "state", "proved_at", "id"),
        Index("uq_reply_one", "letter_id", "email_key", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
        Index("uq_reply_waits", "letter_id", "email_key", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    def move(self, move: ReplyMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in REPLY_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state = REPLY_MOVES[self.state, move]

    @property
    def author_id(self) -> None:
        """Whose account it is: nobody's; reports and decisions ask."""
        return
