"""Files that prove a letter, or a claim on a business."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity


class FileKind(StrEnum):
    """What a file is, by its content."""

    IMAGE = "image"
    PDF = "pdf"


class FileAudience(StrEnum):
    """Who may open a file beside its author."""

    PUBLIC = "public"
    BUSINESS = "business"  # the teams of the letter's businesses, or of the one case's, and moderators
    MODERATORS = "moderators"


class Attachment(Base):
    """A file re-encoded from its content; it belongs to a draft until its letter or response is sent, or to a claim."""

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
    """The case whose business alone the author gave it to; without one, each business of the letter may be meant."""
    claim_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("claim.id"), index=True)
    """The claim whose proof it is: then for the moderators who decide alone, and deleted some weeks after the decision."""
    audience: Mapped[FileAudience] = mapped_column(choice(FileAudience), default=FileAudience.PUBLIC)
    kind: Mapped[FileKind] = mapped_column(choice(FileKind))
    mime: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    original_size: Mapped[int] = mapped_column(BigInteger)  # bytes
    original_sha256: Mapped[str] = mapped_column(String(64))
    full_key: Mapped[str] = mapped_column(String(64))
    full_size: Mapped[int] = mapped_column(BigInteger)  # bytes
    thumb_key: Mapped[str] = mapped_column(String(64))
    width: Mapped[int] = mapped_column(default=0)  # pixels of the full size (of the first page's picture)
    height: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    hidden_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden_reason: Mapped[str | None] = mapped_column(String(40))

    def meant_for(self, case_id: int) -> bool:
        """Whether its author lets the business of this case open it."""
        mine = self.case_id in {None, case_id}
        return self.audience is FileAudience.PUBLIC or (self.audience is FileAudience.BUSINESS and mine)
