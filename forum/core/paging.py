"""Pages by key: a cursor names the last row shown, so page 1,000 costs what page 1 costs."""

import json
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
LONGEST_CURSOR_CHARACTERS = 800
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows in order, and the cursor of the next page or None."""

    items: Sequence[T]
    next: str | None = None


def encode(values: Sequence[str | int | datetime]) -> str:
    """Return a cursor for the key values of a row."""
    parts = [["t", (v - EPOCH) // MICROSECOND] if isinstance(v, datetime) else [type(v).__name__[0], v] for v in values]
    return urlsafe_b64encode(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str | None, kinds: str) -> tuple[Any, ...] | None:
    """Return the key values of a cursor, None without one; `kinds` holds i, s or t (time) for each.

    Raises Invalid("bad_cursor") for anything `encode` did not make.
    """
    if not cursor:
        return None
    try:
        if len(cursor) > LONGEST_CURSOR_CHARACTERS:
            raise ValueError
        parts = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if [kind for kind, _value in parts] != list(kinds):
            raise ValueError
        return tuple(_checked(kind, value) for kind, value in parts)
    except (ValueError, TypeError, BadBase64, OverflowError, RecursionError) as problem:
        raise Invalid("bad_cursor", field="after") from problem


def _checked(kind: str, value: Any) -> Any:
    if kind == "s":
        if not isinstance(value, str) or "\x00" in value:
            raise ValueError
        return value.encode().decode()  # a lone surrogate is a ValueError
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise ValueError
    return value if kind == "i" else EPOCH + timedelta(microseconds=value)


def page(
    query: Select[*tuple[Any, ...]],
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
