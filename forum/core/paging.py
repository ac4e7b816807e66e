"""Pages by key: a cursor names the last row shown, so page 1,000 costs what page 1 costs."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, tuple_

from forum.core.db import db
from forum.core.errors import Invalid

T = TypeVar("T")
LONGEST_CURSOR_CHARACTERS = 200


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows in order, and the cursor of the next page or None."""

    items: Sequence[T]
    next: str | None = None


def encode(values: Sequence[str | int | datetime]) -> str:
    """Return a cursor for the key values of a row."""
    parts = [f"t{int(v.timestamp() * 1_000_000)}" if isinstance(v, datetime) else f"{type(v).__name__[0]}{v}" for v in values]
    return urlsafe_b64encode("|".join(parts).encode()).decode().rstrip("=")


def decode(cursor: str | None, kinds: str) -> tuple[Any, ...] | None:
    """Return the key values of a cursor, None without one; `kinds` holds i, s or t (time) for each.

    Raises Invalid("bad_cursor") for anything `encode` did not make.
    """
    if not cursor:
        return None
    try:
        if len(cursor) > LONGEST_CURSOR_CHARACTERS:
            raise ValueError
        parts = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").split("|")
        if [part[:1] for part in parts] != list(kinds):
            raise ValueError
        return tuple(_value(part) for part in parts)
    except (ValueError, BadBase64, OverflowError, OSError) as problem:
        raise Invalid("bad_cursor", field="after") from problem


def _value(part: str) -> Any:
    kind, text = part[0], part[1:]
    if kind == "s":
        return text
    if not text.lstrip("-").isdigit() or len(text) > 19 or not -(2**63) <= int(text) < 2**63:
        raise ValueError
    if kind == "i":
        return int(text)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(text))


def page(
    query: Select[Any],
    *,
    keys: Sequence[Any],
    kinds: str,
    after: str | None,
    size: int,
    descending: bool = True,
    key_of: Callable[[Any], Sequence[Any]],
) -> Page[Any]:
    """Run a query as one page: ordered by `keys`, behind the cursor `after`, `size` rows and one more to know of a next.

    `key_of(row)` returns the key values of a row. Rows are what `execute` gives.
    """
    behind = decode(after, kinds)
    if behind is not None:
        here = tuple_(*keys)
        query = query.where(here < behind if descending else here > behind)
    order = [key.desc() if descending else key.asc() for key in keys]
    rows = db.session.execute(query.order_by(*order).limit(size + 1)).all()
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, encode(key_of(rows[-1])) if more else None)
