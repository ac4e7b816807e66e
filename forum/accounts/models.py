"""People, their sessions and the links mailed to them."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, column, select, table
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from forum.accounts.guest import Guest as Guest  # noqa: PLC0414 - the other kind of visitor is found here too
from forum.accounts.lifecycle import Scope as Scope  # noqa: PLC0414
from forum.accounts.rights import OFFICES, RIGHTS, Right, Standing
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.secrecy import Sealed

if TYPE_CHECKING:
    from forum.merchants.models import Representative

LONGEST_NAME_CHARACTERS = 100
LONGEST_EMAIL_CHARACTERS = 254
LONGEST_PASSKEY_NAME_CHARACTERS = 60
LONGEST_CREDENTIAL_ID_CHARACTERS = 1_364  # 1,023 bytes, the most that WebAuthn allows, as base64

_CASE = table("case", column("letter_id"), column("merchant_id"), column("category"))  # of a higher room, no more is known here
_LETTER = table("letter", column("id"), column("author_id"))


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
    second_factor_since: Mapped[datetime | None] = mapped_column(UTCDateTime)  # None: the password alone signs in
    suspended_until: Mapped[datetime | None] = mapped_column(UTCDateTime)  # kept beside the sanctions, for every request
    letters_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    comments_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reports_until: Mapped[datetime | None] = mapped_column(UTCDateTime)

    representations: Mapped[list["Representative"]] = relationship("Representative", viewonly=True, lazy="selectin")

    is_guest = False
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.closed_at is None

    def may(self, right: Right) -> bool:
        """Whether this person has the right at present: by office, with a second factor, not suspended."""
        return (
            right in RIGHTS[self.standing] and self.is_active and self.has_second_factor and not self.is_suspended
        )

    @property
    def is_moderator(self) -> bool:
        return self.may(Right.MODERATE)

    @property
    def holds_office(self) -> bool:
        """Whether this person has rights by office, with or without the second factor that these need."""
        return self.standing in OFFICES and self.is_active

    @property
    def is_unsecured(self) -> bool:
        """Whether something of what this person is needs a second factor that they do not have."""
        return bool(self.unsecured_ids) or (self.holds_office and not self.has_second_factor)

    @property
    def is_suspended(self) -> bool:
        """Whether the account is suspended now; the clock ends it, no row is written for that."""
        return self.suspended_until is not None and self.suspended_until > utcnow()

    def limited_until(self, scope: Scope) -> datetime | None:
        """Until when this person may not do this, None while they may."""
        until: datetime | None = getattr(self, f"{scope}_until")
        return until if until is not None and until > utcnow() else None

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def merchant_ids(self) -> frozenset[int]:
        """The businesses of whose team this person is at present, in whatever role: they read what the business may read."""
        return frozenset(one.merchant_id for one in self.representations if one.ended_at is None)

    @property
    def trades(self) -> frozenset[str]:
        """The categories of the letters about these businesses; asks the database, and so is asked of moderators alone."""
        session = object_session(self)
        if session is None or not self.merchant_ids:
            return frozenset()
        return frozenset(session.scalars(select(_CASE.c.category).where(_CASE.c.merchant_id.in_(self.merchant_ids)).distinct()))

    @property
    def criticised_ids(self) -> frozenset[int]:
        """The businesses against which this person wrote letters; asks the database, and so is asked of whom is decided about."""
        session = object_session(self)
        if session is None:
            return frozenset()
        mine = select(_CASE.c.merchant_id).join(_LETTER, _LETTER.c.id == _CASE.c.letter_id).where(_LETTER.c.author_id == self.id)
        return frozenset(session.scalars(mine.distinct()))

    @property
    def has_second_factor(self) -> bool:
        return self.second_factor_since is not None

    @property
    def acting_ids(self) -> frozenset[int]:
        """The businesses in which this person is owner or agent at present, not reader, with or without a second factor."""
        return frozenset(
            one.merchant_id for one in self.representations if one.ended_at is None and one.role != "reader"
        )

    @property
    def unsecured_ids(self) -> frozenset[int]:
        """The businesses for which this person may act no more until they have a second factor: those that have answered."""
        if self.has_second_factor:
            return frozenset()
        return frozenset(
            one.merchant_id
            for one in self.representations
            if one.ended_at is None and one.role != "reader" and one.answers_since is not None
        )

    @property
    def answering_ids(self) -> frozenset[int]:
        """The businesses in whose name this person may act at present: as owner or agent, with what that needs."""
        return self.acting_ids - self.unsecured_ids

    @property
    def owned_ids(self) -> frozenset[int]:
        """The businesses whose team this person may change at present."""
        owned = (one.merchant_id for one in self.representations if one.ended_at is None and one.role == "owner")
        return frozenset(owned) & self.answering_ids

    @property
    def reading_ids(self) -> frozenset[int]:
        """The businesses whose private details this person may read at present."""
        return self.merchant_ids - self.unsecured_ids

    @property
    def as_if_secured(self) -> "AsIfSecured":
        return AsIfSecured(self)


class AsIfSecured:
    """The same person with a second factor: a rule asked with it tells whether nothing but that is missing."""

    has_second_factor = True
    may = User.may
    is_moderator = User.is_moderator
    unsecured_ids = User.unsecured_ids
    answering_ids = User.answering_ids
    owned_ids = User.owned_ids
    reading_ids = User.reading_ids

    def __init__(self, who: User) -> None:
        self._who = who

    def __getattr__(self, name: str) -> Any:
        return getattr(self._who, name)


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
    second_factor_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # last time a second factor was given
    address: Mapped[str] = mapped_column(String(45), default="")
    device: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("ix_login_session_address", "address", "user_id"),)


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


class Authenticator(Base):
    """An app that shows codes (TOTP); `last_counter` is the step of the last code taken, so that none is taken twice."""

    __tablename__ = "authenticator"

    id: Mapped[int] = identity()
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    secret: Mapped[str] = mapped_column(Sealed)
    last_counter: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Passkey(Base):
    """A key in a phone, a computer or a stick (WebAuthn), under a name that its owner gave."""

    __tablename__ = "passkey"

    id: Mapped[int] = identity()
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_PASSKEY_NAME_CHARACTERS))
    credential_id: Mapped[str] = mapped_column(String(LONGEST_CREDENTIAL_ID_CHARACTERS), unique=True)  # base64url
    public_key: Mapped[str] = mapped_column(Text)  # COSE as base64url
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RecoveryCode(Base):
    """A code for the day when app and passkeys are gone; only its hash is kept, and it works once."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = identity()
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SignInStep(Base):
    """The password was right, the second factor is still to come: no session, good for a few minutes and that one step."""

    __tablename__ = "sign_in_step"

    id: Mapped[int] = identity()
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)

    user: Mapped[User] = relationship(lazy="raise_on_sql")


class Ceremony(StrEnum):
    """What a passkey is asked for."""

    REGISTER = "register"
    SIGN_IN = "sign_in"


class PasskeyChallenge(Base):
    """What a passkey has to sign: one at a time for a session or a sign-in step, gone once it is asked for."""

    __tablename__ = "passkey_challenge"

    id: Mapped[int] = identity()
    holder_hash: Mapped[str] = mapped_column(String(64))  # token hash of the session or of the step
    ceremony: Mapped[Ceremony] = mapped_column(choice(Ceremony))
    challenge: Mapped[str] = mapped_column(String(100))  # base64url
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (UniqueConstraint("holder_hash", "ceremony"),)
