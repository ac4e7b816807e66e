"""What a row of the ledger says, as the chain covers it: the same from the table, from the file and from the event it is made of."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from forum.core.chain import link

FORMAT: Final = "surat-pembaca-ledger/1"


class Facts(NamedTuple):
    """Everything public of a row, in the order in which its digest covers it; lists are of whole numbers."""

    at: datetime
    month: str
    act: str
    about: str
    letter_id: int | None
    asked_by: str
    reason: str | None
    detail: str | None
    outcome: str
    count: int  # type: ignore[assignment]  # the tuple has a method of this name, which nobody needs
    took_seconds: int | None
    merchants: list[int]
    corrects_id: int | None
    why: str | None
    event_id: int
    written_at: datetime

    @property
    def text(self) -> str:
        """A JSON list of the format and the facts: no white space, moments in UTC with six decimals, nothing as null."""
        plain = [_moment(one) if isinstance(one, datetime) else one for one in self]
        return json.dumps([FORMAT, *plain], ensure_ascii=False, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def facts_of(row: Any) -> Facts:
    """Return the facts of a row as it stands in the table."""
    return Facts(*(getattr(row, name) for name in Facts._fields))


def hash_of(before: str, number: int, facts: Facts) -> str:
    """Return the hash of the row of this number, made as the links of letters are (`core/chain.py`)."""
    return link(before, number, facts.digest)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")
