"""The registry: which decisions can be appealed, by whom, and how each is undone."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select

from forum.accounts.models import User
from forum.appeals.lifecycle import Side
from forum.core.db import db
from forum.core.events import Event, Kind, Role

Ids = frozenset[int]
NOBODY: Ids = frozenset()


@dataclass(frozen=True)
class Parties:
    """Whom a decision touches: people and businesses on each side; `by_mail` is somebody without an account, on that side.

    `partial` are moderators who have a part in the matter beside.
    """

    people: dict[Side, Ids] = field(default_factory=dict)
    businesses: dict[Side, Ids] = field(default_factory=dict)
    by_mail: Side | None = None
    partial: Ids = NOBODY

    @property
    def anybody(self) -> bool:
        return self.by_mail is not None or any((*self.people.values(), *self.businesses.values()))


@dataclass(frozen=True)
class Appealable:
    """What the registry holds of a kind of decision.

    `parties` tells who may appeal, no one for a decision that is none (an author's own act); `stands` whether nobody undid it
    meanwhile; `undo` puts things as they were, by the moderator who grants, with words, in the present unit of work.
    """

    parties: Callable[[Event], Parties]
    stands: Callable[[Event], bool]
    undo: Callable[[Event, User, str], None]


_registry: dict[Kind, Appealable] = {}


def appealable(kind: Kind, entry: Appealable) -> None:
    """Enter a kind of decision; rooms beside this one enter theirs."""
    _registry[kind] = entry


def entry_of(event: Event) -> Appealable | None:
    """Return what the registry holds of a decision; None when it is none of moderators, or cannot be appealed."""
    return _registry.get(event.kind) if event.role is Role.MODERATOR else None


def kinds() -> frozenset[Kind]:
    """Every kind that can be appealed."""
    return frozenset(_registry)


def number_in(event: Event, kind: str) -> int:
    """Return the number in what the event is about, as `comment:12`; 0 when it is about something else."""
    name, _colon, number = (event.about or "").partition(":")
    return int(number) if name == kind and number.isdecimal() else 0


def is_newest(event: Event) -> bool:
    """Whether the last decision of its kind on the same thing is this one."""
    same = Event.about.is_(None) if event.about is None else Event.about == event.about
    of_letter = Event.letter_id.is_(None) if event.letter_id is None else Event.letter_id == event.letter_id
    newest = select(Event.id).where(Event.kind == event.kind, of_letter, same)
    return db.session.scalar(newest.order_by(Event.id.desc()).limit(1)) == event.id
