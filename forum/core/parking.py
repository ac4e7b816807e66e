"""Words somebody sent without being signed in: kept for a day, so that signing in costs none of them."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import utcnow
from forum.core.db import Base, UTCDateTime, db, identity, unit_of_work
from forum.core.secrecy import Sealed, digest, new_token

KEPT = timedelta(days=1)
MOST_CHARACTERS = 100_000
MOST_VALUES = 500
LONGEST_NAME_CHARACTERS = 80


class ParkedForm(Base):
    """The fields of a form as they were sent, sealed; opened by a token that only the sender has."""

    __tablename__ = "parked_form"

    id: Mapped[int] = identity()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    endpoint: Mapped[str] = mapped_column(String(80))
    fields: Mapped[dict[str, list[str]]] = mapped_column(Sealed)
    parked_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)


@unit_of_work
def park(endpoint: str, fields: dict[str, list[str]]) -> str:
    """Keep these fields; returns the token. What is more than MOST_CHARACTERS or MOST_VALUES in all is cut at the end.

    No field of ours has a name longer than LONGEST_NAME_CHARACTERS, so such a one is not kept.
    """
    token, room = new_token(), MOST_CHARACTERS
    kept: dict[str, list[str]] = {}
    named = (
        (name, value) for name, values in fields.items() for value in values if len(name) <= LONGEST_NAME_CHARACTERS
    )
    for name, value in islice(named, MOST_VALUES):
        kept.setdefault(name, []).append(value[:room])
        room -= len(value[:room])
    db.session.add(ParkedForm(token_hash=digest(token), endpoint=endpoint, fields=kept))
    return token


def parked(token: str, endpoint: str) -> dict[str, list[str]] | None:
    """Return what was parked for this endpoint under the token, None when there is nothing (any more)."""
    found: Any = db.session.scalar(
        select(ParkedForm).where(
            ParkedForm.token_hash == digest(token),
            ParkedForm.endpoint == endpoint,
            ParkedForm.parked_at > utcnow() - KEPT,
        )
    )
    return None if found is None else found.fields


def parked_at(token: str) -> datetime | None:
    """Return when something was parked under the token, None when there is nothing (any more)."""
    return db.session.scalar(select(ParkedForm.parked_at).where(ParkedForm.token_hash == digest(token)))


@unit_of_work
def prune() -> None:
    """Forget what was parked more than a day ago."""
    db.session.execute(delete(ParkedForm).where(ParkedForm.parked_at < utcnow() - KEPT))
