"""Rows for one person in every table of the registry, each text of theirs holding a word of its own."""

from datetime import date
from typing import Any

from sqlalchemy import Date, DateTime, Enum, Integer, LargeBinary, String, Table, Text, insert
from sqlalchemy.types import BigInteger, Boolean

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import Base, UTCDateTime, db, unit_of_work
from forum.core.secrecy import Sealed, sign
from forum.privacy.held import HELD, Match

NEVER = {"chain_head", "event"}
FIXED: dict[str, dict[str, Any]] = {
    "letter": {"absences": [], "publication": "published", "visibility": "public", "category": "toko-online", "held_since": None},
    "contest": {"side": "person_named", "case_id": None, "state": "rejected", "ended_at": utcnow(), "redaction_id": None, "report_id": None},
    "reply": {"state": "published", "corrects_id": None},
    "report": {"state": "dismissed", "decided_at": utcnow()},
    "claim": {"state": "refused"},
    "data_request": {"state": "done", "kind": "correction", "kept": [], "key": None},
    "mail": {"state": "sent"},
    "comment": {"state": "visible", "parent_id": None, "held_for": None},
    "attachment": {"original_key": None, "claim_id": None, "contest_id": None, "state": "ready", "response_id": None, "response_draft_id": None,
                   "draft_id": None, "case_id": None, "kept_letter_id": None},
    "attachment_copy": {"variant": "full", "key": "a" * 64},
    "question": {"proof_for_id": None},
    "response": {"corrects_id": None, "wording_id": None, "link_id": None},
    "response_draft": {"claim_id": None},
    "representative": {"ended_at": utcnow()},
    "answer_link": {"mail_id": None},
    "merchant": {"merged_into_id": None, "suspect_of_id": None},
    "joint_request": {"state": "open"},
}  # fmt: skip


class Filled:
    """One person's rows; `word` is in every text, `rows` holds the first key of each table."""

    def __init__(self, user: User, word: str, email: str, moderator: User) -> None:
        self.user, self.word, self.email, self.moderator = user, word, email, moderator
        self.keys: dict[str, Any] = {"user": user.id}
        self.number = 0

    @unit_of_work
    def fill(self) -> None:
        """Write a row of each table of the registry."""
        for name in HELD:
            if name not in NEVER:
                self.key(name)

    def key(self, name: str) -> Any:
        """The number of the person's row in a table, which is made when first asked for."""
        if name not in self.keys:
            table = Base.metadata.tables[name]
            values = {column.name: value for column in table.columns if (value := self._value(table, column)) is not _LEFT}
            values.update(FIXED.get(name, {}))
            made = db.session.execute(insert(table).values(values))
            self.keys[name] = made.inserted_primary_key[0]
        return self.keys[name]

    def _value(self, table: Table, column: Any) -> Any:
        fixed = FIXED.get(table.name, {})
        if column.name in fixed:
            return fixed[column.name]
        held = HELD.get(table.name)
        for owner in held.owners if held else ():
            if owner.column == column.name:
                if owner.match is Match.USER:
                    return self.user.id
                if owner.match is Match.ROW:
                    return self.key(owner.of)
                return sign(owner.of, self.email) if owner.match is Match.KEYED else self.email
        counted = column.primary_key and isinstance(column.type, Integer | BigInteger) and column.autoincrement is not False
        if column.computed is not None or (counted and not column.foreign_keys and len(table.primary_key) == 1):
            return _LEFT
        for foreign in column.foreign_keys:
            other = foreign.column.table.name
            if other == "user":
                return self.moderator.id
            if other == table.name or (column.nullable and other != "letter"):
                return None
            return self.key(other)
        return self._plain(column)

    def _plain(self, column: Any) -> Any:
        kind = column.type
        self.number += 1
        if isinstance(kind, Enum):
            return next(iter(kind.enums)) if kind.enum_class is None else next(iter(kind.enum_class))
        if isinstance(kind, Sealed):
            return {"word": self.word} if column.name in {"fields", "details", "content", "before"} else [self.word] if column.name in {"passages", "words", "covers"} else self.word
        if isinstance(kind, UTCDateTime | DateTime):
            return utcnow()
        if isinstance(kind, Date):
            return date(2026, 1, 1)
        if isinstance(kind, Boolean):
            return False
        if isinstance(kind, Integer | BigInteger):
            return self.number + self.user.id * 1000
        if isinstance(kind, LargeBinary):
            return b"x"
        if isinstance(kind, String | Text):
            text = f"{self.word}-{self.number}"
            return text[: kind.length] if getattr(kind, "length", None) else text
        return [self.word] if column.name in {"scopes", "shows", "checked", "areas", "demands"} else {"word": self.word}


_LEFT = object()
