"""What can wait in the one queue: a room registers each kind once, with its rows, its deadline and what ends its waiting."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, false, literal

from forum.accounts.models import Visitor
from forum.core.events import Event, Kind
from forum.moderation.queries.deadlines import Deadline

Place = tuple[str, dict[str, Any]]
"""The endpoint of an item's page and its arguments."""


@dataclass(frozen=True)
class Source:
    """One kind of thing that waits.

    `rows(who)` selects those that wait, with the columns of `columns`, each target once. `place(key)` is the page of one.
    `ends`: the events with which one stops to wait; `key_of(event)` names which, None for another.
    """

    kind: str
    tab: str  # behind which it is listed by itself
    rows: Callable[[Visitor], Select[Any]]
    deadline: Deadline
    place: Callable[[str], Place]
    ends: tuple[Kind, ...]
    key_of: Callable[[Event], str | None]
    alarm_hours: Callable[[], int] | None = None  # None: only what is late says so
    spam: bool = False  # whether several can be rejected together as advertising


SOURCES: dict[str, Source] = {}
_KEY = re.compile(r"(?:[a-z_]+:)?[1-9][0-9]{0,17}")


def also_waits(source: Source) -> None:
    """Let a kind of thing wait in the queue; a room above this one calls it, too."""
    SOURCES[source.kind] = source


def columns(
    *,
    number: Any,
    at: Any,
    title: Any,
    by: Any,
    key: Any = None,
    to: Any = "",
    since: Any = None,
    unseen: Any = None,
    many: Any = 1,
    mark: Any = "",
    own: ColumnElement[bool] | None = None,
) -> list[Any]:
    """Return the columns of a source: `at` orders them with `number`, the deadline is counted from it; `key` names the target.

    `since` is what people are told of its age, and `unseen` from when its alarm counts, both `at` unless given. `many`: reports on it,
    or near-equal ones. `own`: whether another moderator must decide.
    """
    return [
        number.label("number"),
        at.label("at"),
        cast(number if key is None else key, String).label("key"),
        cast(title, String).label("title"),
        cast(by, String).label("by"),
        cast(to, String).label("to"),
        (at if since is None else since).label("since"),
        (at if unseen is None else unseen).label("unseen"),
        (literal(many) if isinstance(many, int) else many).label("many"),
        cast(mark, String).label("mark"),
        (false() if own is None else own).label("own"),
    ]


def page_of(endpoint: str, argument: str) -> Callable[[str], Place]:
    """Return the way to the page of what is named by its number."""
    return lambda key: (endpoint, {argument: int(key)})


def about(kind: str) -> Callable[[Event], str | None]:
    """Return what reads the number out of an event about `kind:5`."""

    def number(event: Event) -> str | None:
        name, _colon, key = (event.about or "").partition(":")
        return key if name == kind else None

    return number


def place_of(item: str) -> Place | None:
    """Return the page of an item, None when nothing has such a name."""
    kind, _colon, key = item.partition(":")
    source = SOURCES.get(kind)
    try:
        return None if source is None or not _KEY.fullmatch(key) else source.place(key)
    except ValueError:
        return None


def items_ended_by(event: Event) -> Iterable[str]:
    """Return the items that do not wait any more after this event."""
    for source in SOURCES.values():
        if event.kind in source.ends:
            key = source.key_of(event)
            if key is not None:
                yield f"{source.kind}:{key}"
