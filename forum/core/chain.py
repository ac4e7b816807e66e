"""The hash chain over the events of a letter: each link covers the one before it, so nothing can be changed, dropped or moved unseen."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base, BigId, db

FORMAT = "surat-pembaca-chain/1"
NOTHING = ""  # stands before the first link


class ChainHead(Base):
    """The newest link of a letter; holding its row lets one event of the letter be written at a time."""

    __tablename__ = "chain_head"

    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"), primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class Facts(NamedTuple):
    """What a link covers of an event; `by_id` is a number that outlives the account, `data` JSON values."""

    kind: str
    at: datetime
    by_id: int | None
    role: str
    letter_id: int
    case_id: int | None
    merchant_id: int | None
    about: str | None
    data: dict[str, Any]


def link(before: str, number: int, facts: Facts) -> str:
    """Return the hash of a link: SHA-256 over a JSON list of the format, the link before it, its number and the facts.

    Keys are sorted, there is no white space, text is UTF-8, the moment is UTC with six decimals: the same on every database.
    """
    said = facts._replace(at=facts.at.astimezone(UTC).isoformat(timespec="microseconds"))  # type: ignore[arg-type]
    text = json.dumps([FORMAT, before, number, *said], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def head_of(letter_id: int) -> ChainHead:
    """Return the newest link of a letter, held until the unit of work ends; begun where there is none."""
    head = db.session.scalar(
        select(ChainHead)
        .where(ChainHead.letter_id == letter_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if head is None:
        head = ChainHead(letter_id=letter_id, number=0, hash=NOTHING)
        db.session.add(head)
    return head
