"""Files that prove a letter, or a claim on a business; what is shown of them, who opened them, what moderators saw."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.attachments.kinds import Variant
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, choice, identity
from forum.core.events import Role

LONGEST_CAPTION_CHARACTERS = 200
ALSO_NAMED: list[Any] = []
"""Columns of rooms above this one that name files of the storage as well."""
_WAITING = text("state = 'waiting'")
_TO_LOOK_AT = text("look_since IS NOT NULL")


class FileKind(StrEnum):
    """What a file is, by its content."""

    IMAGE = "image"
    PDF = "pdf"


class FileAudience(StrEnum):
    """Who may open a file beside its author."""

    PUBLIC = "public"
    BUSINESS = "business"  # the teams of the letter's businesses, or of the one case's, and moderators
    MODERATORS = "moderators"


def is_wider(one: FileAudience, other: FileAudience) -> bool:
    """Whether more people may open a file with the one than with the other."""
    order = list(FileAudience)
    return order.index(one) < order.index(other)


class FileState(StrEnum):
    """How far a file has come; only one that is ready has copies that can be shown."""

    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"


class Prepared(StrEnum):
    """What the writer's own device did to a file before it was sent; its receipt is of what was sent."""

    AS_IT_WAS = "as_it_was"
    SHRUNK = "shrunk"
    COVERED = "covered"  # parts of the picture were painted over; shrunk as well


class Shows(StrEnum):
    """What a moderator saw in a file; the history is in the events."""

    INVOICE = "invoice"
    PAYMENT = "payment"
    CHAT = "chat"
    DELIVERY = "delivery"
    PRODUCT = "product"
    CONTRACT = "contract"
    OTHER = "other"


class Matches(StrEnum):
    """What in a file agrees with the letter."""

    NAME = "name"
    DATE = "date"
    AMOUNT = "amount"


class Attachment(Base):
    """A file as its owner sent it, sealed, and what may be shown of it (`copies`), made from its pixels or pages by the worker.

    It belongs to a draft until its letter or response is sent, or to a claim.
    """

    __tablename__ = "attachment"

    id: Mapped[int] = identity()
    token: Mapped[str] = mapped_column(String(43), unique=True)  # its name in addresses, 256 random bits
    owner_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    draft_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("letter_draft.id", ondelete="SET NULL"), index=True)
    letter_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("letter.id"), index=True)
    response_draft_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("response_draft.id", ondelete="SET NULL"), index=True
    )
    response_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("response.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("case.id"), index=True)
    """The case whose business alone the author gave it to; without one, each business of the letter may be meant. Of a file of a
    response, the case that it answers."""
    claim_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("claim.id"), index=True)
    """The claim whose proof it is: then for the moderators who decide alone, and deleted some weeks after the decision."""
    contest_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contest.id"), index=True)
    """The contest in which it proves what its owner says: for the moderators alone."""
    legal_notice_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("legal_notice.id"), index=True)
    identity_order_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("identity_order.id"), index=True)
    """The legal notice or the order that it is a document of: for the moderators who may handle it, each opening written down."""
    kept_letter_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("letter.id"), index=True)
    """Taken out by its owner while the data of this letter were held: shown to nobody, deleted when the hold ends."""
    order_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("takedown_order.id"), index=True)
    """The order of an authority whose document it is: for the moderators alone, also once its owner is none."""
    audience: Mapped[FileAudience] = mapped_column(choice(FileAudience), default=FileAudience.PUBLIC)
    kind: Mapped[FileKind] = mapped_column(choice(FileKind))
    name: Mapped[str] = mapped_column(String(120))
    caption: Mapped[str] = mapped_column(String(LONGEST_CAPTION_CHARACTERS), default="")
    prepared: Mapped[Prepared] = mapped_column(choice(Prepared), default=Prepared.AS_IT_WAS)
    original_size: Mapped[int] = mapped_column(BigInteger)  # bytes, as it was sent
    original_sha256: Mapped[str] = mapped_column(String(64))  # of the bytes as they were sent
    original_key: Mapped[str | None] = mapped_column(String(64), index=True)
    """Where the sealed original lies, or, once that is gone, for a while what the copies are made from anew."""
    original_gone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when its time was over
    state: Mapped[FileState] = mapped_column(choice(FileState), default=FileState.WAITING)
    refusal: Mapped[dict[str, Any] | None] = mapped_column(Json)  # code and facts of `receive.Refused`
    areas: Mapped[list[list[float]]] = mapped_column(Json, default=list)
    """What is painted over in every copy: [page from 1, x, y, width, height], in parts of the upright page."""
    tries: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    full_size: Mapped[int] = mapped_column(BigInteger, default=0)  # bytes of the largest copy, 0 until there is one
    width: Mapped[int] = mapped_column(default=0)  # pixels of the full size (of the first page's picture)
    height: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    hidden_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden_reason: Mapped[str | None] = mapped_column(String(40))
    look_since: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Since when it waits for a moderator's look: its author let more people see it after the letter was published."""
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when a moderator last said what the file shows
    checked: Mapped[dict[str, Any] | None] = mapped_column(Json)  # {"shows": of Shows, "matches": list of Matches}

    copies: Mapped[list["AttachmentCopy"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = (
        Index("ix_attachment_waiting", "leased_until", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_attachment_look_since", "look_since", "id", sqlite_where=_TO_LOOK_AT, postgresql_where=_TO_LOOK_AT),
        Index("ix_attachment_owner_id", "owner_id", "id"),
        Index("ix_attachment_created_at", "created_at", "id"),
    )

    @property
    def covered(self) -> tuple[tuple[float, ...], ...]:
        """`areas` as values that can be compared."""
        return tuple(tuple(area) for area in self.areas)

    def meant_for(self, case_id: int) -> bool:
        """Whether its author lets the business of this case open it."""
        mine = self.case_id in {None, case_id}
        return self.audience is FileAudience.PUBLIC or (self.audience is FileAudience.BUSINESS and mine)


class AttachmentCopy(Base):
    """One form of a file that is shown; `key` is the SHA-256 under which the storage holds it. Equal copies share one."""

    __tablename__ = "attachment_copy"

    attachment_id: Mapped[int] = mapped_column(BigId, ForeignKey("attachment.id", ondelete="CASCADE"), primary_key=True)
    variant: Mapped[Variant] = mapped_column(choice(Variant), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), index=True)
    mime: Mapped[str] = mapped_column(String(40))
    size: Mapped[int] = mapped_column(BigInteger)  # bytes
    width: Mapped[int]
    height: Mapped[int]


class AttachmentOpening(Base):
    """One view of a file that is not for everybody, by somebody other than its owner; `variant` "original" for the sealed one."""

    __tablename__ = "attachment_opening"

    id: Mapped[int] = identity()
    attachment_id: Mapped[int] = mapped_column(BigId, ForeignKey("attachment.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))  # None: by a mailed link
    role: Mapped[Role] = mapped_column(choice(Role))
    merchant_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("merchant.id"))
    case_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("case.id"))
    variant: Mapped[str] = mapped_column(String(20))

    __table_args__ = (Index("ix_attachment_opening_attachment_id", "attachment_id", "id"),)
