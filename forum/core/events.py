"""What happened, as rows in the same transaction as the change: timeline, audit and outbox in one."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import chain
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, choice, db, identity
from forum.core.jobs import enqueue
from forum.core.kinds import FACTS, Audience, Facts, Kind, Role

__all__ = ["DELIVER", "FACTS", "Audience", "Event", "Facts", "Kind", "Role", "on", "record"]

DELIVER = "deliver_event"
READING = text("kind IN ('private_read', 'original_opened', 'claim_document_opened')")
"""Somebody with an office read private data."""
CHANGED = text("kind = 'site_changed'")
"""An administrator changed the working of the site."""


class Event(Base):
    """One thing that happened; rows are only ever added."""

    __tablename__ = "event"

    id: Mapped[int] = identity()
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    role: Mapped[Role] = mapped_column(choice(Role))
    letter_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("letter.id"))
    case_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("case.id"))
    merchant_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("merchant.id"))
    about: Mapped[str | None] = mapped_column(String(40))  # "comment:12", what it is about beyond letter and case
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    number: Mapped[int | None]  # of its link in the chain of the letter, from 1
    salt: Mapped[str | None] = mapped_column(String(32))
    hash: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        Index("ix_event_letter_id", "letter_id", "kind", "id"),
        Index("ix_event_about", "about"),
        Index("ix_event_at", "at", "id"),
        Index("ix_event_reading", "id", sqlite_where=READING, postgresql_where=READING),
        Index("ix_event_site", "id", sqlite_where=CHANGED, postgresql_where=CHANGED),
        Index("uq_event_number", "letter_id", "number", unique=True),
    )

    @property
    def facts(self) -> chain.Facts:
        """What its link covers; it must be one of a letter."""
        return chain.Facts(
            self.kind.value, self.at, self.by_id, self.role.value, self.letter_id or 0, self.case_id, self.merchant_id, self.about,
            self.data, self.salt or "",
        )  # fmt: skip


Listener = Callable[[Event], None]
_listeners: defaultdict[Kind, list[Listener]] = defaultdict(list)


def on(*kinds: Kind) -> Callable[[Listener], Listener]:
    """Let a feature higher up react to these kinds, inside the same transaction."""

    def register(listener: Listener) -> Listener:
        for kind in kinds:
            if listener not in _listeners[kind]:
                _listeners[kind].append(listener)
        return listener

    return register


def record(
    kind: Kind,
    *,
    by: Any,
    role: Role,
    letter_id: int | None = None,
    case_id: int | None = None,
    merchant_id: int | None = None,
    about: str | None = None,
    **data: Any,
) -> Event:
    """Write down what happened, let features react, and queue its delivery to people.

    `by` is a person, the Guest or None for the system; `data` holds JSON values only.
    """
    head = None if letter_id is None else chain.head_of(letter_id)
    happened = Event(
        kind=kind,
        at=utcnow(),
        by_id=None if by is None or by.is_guest else by.id,
        role=role,
        letter_id=letter_id,
        case_id=case_id,
        merchant_id=merchant_id,
        about=about,
        data=data,
    )
    if head is not None:
        head.number += 1
        happened.salt = chain.new_salt()
        head.hash = chain.link(head.hash, head.number, happened.facts.digest)
        happened.number, happened.hash = head.number, head.hash
    db.session.add(happened)
    db.session.flush()
    for listener in _listeners[kind]:
        listener(happened)
    if FACTS[kind].tells:
        enqueue(DELIVER, event_id=happened.id)
    return happened
