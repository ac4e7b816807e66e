"""The registry: which decisions can be appealed, by whom, and how each is undone."""

from collections.abc import Callable
from dataclasses import dataclass, field

from forum.accounts.models import User
from forum.appeals.lifecycle import Side
from forum.core.events import Event, Kind, Role

Ids = frozenset[int]
NOBODY: Ids = frozenset()


@dataclass(frozen=True)
class Parties:
    """Whom a decision touches: people and businesses on each side."""

    people: dict[Side, Ids] = field(default_factory=dict)
    businesses: dict[Side, Ids] = field(default_factory=dict)


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
