"""The hash chain over the events of a letter: each link covers the one before it, so nothing can be changed, dropped or moved unseen."""

import hashlib
import json
from datetime import UTC, datetime
from functools import cache
from secrets import token_hex
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, Select, String, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base, BigId, db, insert_once

FORMAT = "surat-pembaca-chain/1"
FACTS_FORMAT = "surat-pembaca-event/1"
NOTHING = ""  # stands before the first link
SALT_BYTES = 16


class ChainHead(Base):
    """The newest link of a letter; holding its row lets one event of the letter be written at a time."""

    __tablename__ = "chain_head"

    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"), primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class Facts(NamedTuple):
    """What a link covers of an event; `by_id` is a number that outlives the account, `data` JSON values.

    `salt` is random, so that nobody finds out by trying what stands behind a digest that is shown.
    """

    kind: str
    at: datetime
    by_id: int | None
    role: str
    letter_id: int
    case_id: int | None
    merchant_id: int | None
    about: str | None
    data: dict[str, Any]
    salt: str

    @property
    def text(self) -> str:
        """A JSON list of the format and the facts: sorted keys, no white space, the moment in UTC with six decimals."""
        return _json(FACTS_FORMAT, *self._replace(at=self.at.astimezone(UTC).isoformat(timespec="microseconds")))  # type: ignore[arg-type]

    @property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8: the same on every database."""
        return _sha256(self.text)


def link(before: str, number: int, digest: str) -> str:
    """Return the hash of a link: SHA-256 over a JSON list of the format, the link before it, its number, the digest of the facts."""
    return _sha256(text_of(before, number, digest))


def text_of(before: str, number: int, digest: str) -> str:
    """Return that JSON list."""
    return _json(FORMAT, before, number, digest)


def new_salt() -> str:
    """Return 32 random figures."""
    return token_hex(SALT_BYTES)


def head_of(letter_id: int) -> ChainHead:
    """Return the newest link of a letter, held until the unit of work ends; begun where there is none."""
    head = db.session.scalar(_holding(), {"letter_id": letter_id})
    if head is None:
        insert_once(ChainHead, index_elements=["letter_id"], letter_id=letter_id, number=0, hash=NOTHING)
        head = db.session.execute(_holding(), {"letter_id": letter_id}).scalar_one()
    return head


@cache
def _holding() -> Select[ChainHead]:
    """The letter's row first: who holds the letter waits for its chain, never the other way round."""
    letter = Base.metadata.tables["letter"]
    return (
        select(ChainHead)
        .join(letter, letter.c.id == ChainHead.letter_id)
        .where(ChainHead.letter_id == bindparam("letter_id"))
        .with_for_update(key_share=True, of=letter)
        .suffix_with("FOR NO KEY UPDATE OF chain_head", dialect="postgresql")
        .execution_options(populate_existing=True)
    )


def _json(*values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
