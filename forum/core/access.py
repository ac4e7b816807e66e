"""Rules are pure functions of (who, thing); here is how they are asked."""

from collections.abc import Callable
from typing import Any, Protocol

from forum.core.errors import NotAllowed, Stale

type_rule = Callable[..., bool]


class Person(Protocol):
    """Whoever acts: a signed-in person or the Guest."""

    id: int

    @property
    def is_guest(self) -> bool: ...
    @property
    def is_moderator(self) -> bool: ...


class Versioned(Protocol):
    """A row that counts its changes."""

    version: int


def ensure(rule: type_rule, who: Any, thing: Any) -> None:
    """Raise NotAllowed unless the rule says yes."""
    if not rule(who, thing):
        raise NotAllowed


def ensure_fresh(thing: Any, seen: int | None) -> None:
    """Raise Stale when the thing changed since `seen`, the version the person was reading."""
    if seen is not None and thing.version != seen:
        raise Stale(now=thing.version)
