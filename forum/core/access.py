"""Rules are pure functions of (who, thing); here is how they are asked."""

from collections.abc import Callable
from typing import Any, Protocol

from forum.core.errors import NotAllowed, SecondFactorNeeded, Stale

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
    """Raise NotAllowed unless the rule says yes, SecondFactorNeeded when it would with a second factor."""
    if rule(who, thing):
        return
    if lacks_second_factor(rule, who, thing):
        raise SecondFactorNeeded
    raise NotAllowed


def lacks_second_factor(rule: type_rule, who: Any, thing: Any) -> bool:
    """Whether the rule says no, and would say yes to the same person with a second factor."""
    return bool(getattr(who, "unsecured_ids", None)) and not rule(who, thing) and rule(who.as_if_secured, thing)


def ensure_secured(rule: type_rule, who: Any, thing: Any) -> None:
    """Raise SecondFactorNeeded when nothing else is missing: where a page has a way for those who may not, too."""
    if lacks_second_factor(rule, who, thing):
        raise SecondFactorNeeded


def ensure_fresh(thing: Any, seen: int | None) -> None:
    """Raise Stale when the thing changed since `seen`, the version the person was reading."""
    if seen is not None and thing.version != seen:
        raise Stale(now=thing.version)
