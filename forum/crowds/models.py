"""Words and links that operators look out for, and texts as signatures, to know near-equal ones."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.crowds.lifecycle import TermList

TERM_CHARACTERS = (3, 80)
WHY_CHARACTERS = (5, 300)


class Term(Base):
    """What moderators changed in the starting lists of the code: a word or link added, or one of the code taken out.

    The row tells the last change; each change is an event.
    """

    __tablename__ = "crowd_term"

    id: Mapped[int] = identity()
    key: Mapped[str] = mapped_column(String(100), unique=True)  # as it is compared
    shown: Mapped[str] = mapped_column(String(100))
    list: Mapped[TermList] = mapped_column(choice(TermList))
    active: Mapped[bool] = mapped_column(default=True)
    why: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    version: Mapped[int] = mapped_column(default=1)

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class Sketched(Base):
    """A letter or comment as a signature, never its words; those near-equal about one business share `group_id`."""

    __tablename__ = "crowd_text"

    id: Mapped[int] = identity()
    about: Mapped[str] = mapped_column(String(40), unique=True)  # "letter:1", "comment:5"
    row_id: Mapped[int] = mapped_column(BigId)  # the number in it
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"), index=True)
    algorithm: Mapped[int]
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    group_id: Mapped[int | None] = mapped_column(BigId)  # the first of its group
    spam: Mapped[bool] = mapped_column(default=False)  # a moderator called it advertising
    like_spam: Mapped[bool] = mapped_column(default=False)  # it is near-equal to such a text

    __table_args__ = (Index("ix_crowd_text_group_id", "group_id"),)


class Band(Base):
    """A band of a signature: near-equal texts share at least one."""

    __tablename__ = "crowd_band"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    text_id: Mapped[int] = mapped_column(BigId, ForeignKey("crowd_text.id", ondelete="CASCADE"), primary_key=True)
