"""People, their sessions and the links mailed to them."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity

if TYPE_CHECKING:
    from forum.merchants.models import Representative

LONGEST_NAME_CHARACTERS = 100
LONGEST_EMAIL_CHARACTERS = 254


class Standing(StrEnum):
    """What a person may do by office."""

    MEMBER = "member"
    MODERATOR = "moderator"


class Guest:
    """Somebody who is not signed in."""

    id = 0
    name = ""
    is_guest = True
    is_moderator = False
    is_confirmed = False
    is_authenticated = False
    is_active = False
    is_anonymous = True
    merchant_ids: frozenset[int] = frozenset()
    answering_ids: frozenset[int] = frozenset()
    unread = 0

    def get_id(self) -> None:
        return None


class User(Base):
    """A person with an account; a closed one keeps its row without name and address."""

    __tablename__ = "user"

    id: Mapped[int] = identity()
    name: Mapped[str] = mapped_column(String(LONGEST_NAME_CHARACTERS))
    email: Mapped[str | None] = mapped_column(String(LONGEST_EMAIL_CHARACTERS), unique=True)  # lower case
    password_hash: Mapped[str | None] = mapped_column(String(200))
    standing: Mapped[Standing] = mapped_column(choice(Standing), default=Standing.MEMBER)
    language: Mapped[str] = mapped_column(String(5), default="id")
    time_zone: Mapped[str | None] = mapped_column(String(40))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    adult_declared_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    rules_version: Mapped[str] = mapped_column(String(20))
    rules_accepted_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    unread: Mapped[int] = mapped_column(default=0)  # unread notifications

    representations: Mapped[list["Representative"]] = relationship("Representative", viewonly=True, lazy="selectin")

    is_guest = False
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.closed_at is None

    @property
    def is_moderator(self) -> bool:
        return self.standing is Standing.MODERATOR and self.is_active

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def merchant_ids(self) -> frozenset[int]:
        """The businesses of whose team this person is at present, in whatever role: they read what the business may read."""
        return frozenset(one.merchant_id for one in self.representations if one.ended_at is None)

    @property
    def answering_ids(self) -> frozenset[int]:
        """The businesses in whose name this person may act at present: as owner or agent, not as reader."""
        return frozenset(
            one.merchant_id for one in self.representations if one.ended_at is None and one.role != "reader"
        )


Visitor = User | Guest


class LoginSession(Base):
    """One sign-in on one device; the cookie holds the token, the row only its hash."""

    __tablename__ = "login_session"

    id: Mapped[int] = identity()
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    authenticated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)  # last time the password was given
    address: Mapped[str] = mapped_column(String(45), default="")
    device: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User] = relationship(lazy="raise_on_sql")


class Purpose(StrEnum):
    """What a mailed link is for."""

    CONFIRM = "confirm"
    RESET = "reset"
    CHANGE_EMAIL = "change_email"


class MailedLink(Base):
    """A single-use link sent to an address; only the hash of its token is kept."""

    __tablename__ = "mailed_link"

    id: Mapped[int] = identity()
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(LONGEST_EMAIL_CHARACTERS))
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    user: Mapped[User] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("ix_mailed_link_user_id", "user_id", "purpose"),)
