"""Words somebody sent without being signed in: kept for a day, so that signing in costs none of them."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import String, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, db, identity, unit_of_work
from forum.core.secrecy import Sealed, digest, new_token

KEPT = timedelta(days=1)
MOST_CHARACTERS = 100_000
MOST_VALUES = 500
LONGEST_NAME_CHARACTERS = 80


class ParkedForm(Base):
    """The fields of a form as they were sent, sealed; opened by its token in the browser that sent it, or by its account."""

    __tablename__ = "parked_form"

    id: Mapped[int] = identity()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    browser_hash: Mapped[str] = mapped_column(String(64))
    owner_id: Mapped[int | None] = mapped_column(BigId)  # the account opened in that browser meanwhile
    endpoint: Mapped[str] = mapped_column(String(80))
    fields: Mapped[dict[str, list[str]]] = mapped_column(Sealed)
    parked_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)


@unit_of_work
def park(endpoint: str, fields: dict[str, list[str]], *, browser: str) -> str:
    """Keep these fields for the browser with this mark; returns the token. What is more than MOST_CHARACTERS or MOST_VALUES in all is cut at the end.

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
    db.session.add(ParkedForm(token_hash=digest(token), browser_hash=digest(browser), endpoint=endpoint, fields=kept))
    return token


def parked(token: str, endpoint: str, *, browser: str, owner_id: int) -> dict[str, list[str]] | None:
    """Return what was parked for this endpoint under the token, None when there is nothing (any more).

    A token alone opens nothing, for anybody may be sent one: the words are for the browser or the account that they belong to.
    """
    found: Any = db.session.scalar(
        select(ParkedForm).where(
            ParkedForm.token_hash == digest(token),
            ParkedForm.endpoint == endpoint,
            or_(ParkedForm.browser_hash == digest(browser), ParkedForm.owner_id == owner_id),
            ParkedForm.parked_at > utcnow() - KEPT,
        )
    )
    return None if found is None else found.fields


@unit_of_work
def give(token: str, *, browser: str, owner_id: int) -> None:
    """Let an account open what its browser parked."""
    db.session.execute(
        update(ParkedForm)
        .where(ParkedForm.token_hash == digest(token), ParkedForm.browser_hash == digest(browser))
        .values(owner_id=owner_id)
    )


def parked_at(token: str) -> datetime | None:
    """Return when something was parked under the token, None when there is nothing (any more)."""
    return db.session.scalar(select(ParkedForm.parked_at).where(ParkedForm.token_hash == digest(token)))


@unit_of_work
def prune() -> None:
    """Forget what was parked more than a day ago."""
    db.session.execute(delete(ParkedForm).where(ParkedForm.parked_at < utcnow() - KEPT))
