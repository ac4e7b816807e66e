"""Rules are pure functions of (who, thing); here is how they are asked."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from forum.core.db import is_acting
from forum.core.errors import Limited, NotAllowed, SecondFactorNeeded, Stale, Suspended

type_rule = Callable[..., bool]
T = TypeVar("T", bound=type_rule)


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


def kept_while_suspended(rule: T) -> T:
    """Mark a rule of what nobody loses: one's own account, data, words taken back, appeals."""
    rule.kept = True  # type: ignore[attr-defined]
    return rule


def ensure(rule: type_rule, who: Any, thing: Any) -> None:
    """Raise NotAllowed unless the rule says yes, SecondFactorNeeded when it would with a second factor.

    In a unit of work, where something is about to be done, a suspended person gets Suspended unless the rule is a kept one.
    """
    if rule(who, thing):
        if getattr(who, "is_suspended", False) and is_acting() and not getattr(rule, "kept", False):
            raise Suspended(until=who.suspended_until)
        return
    if lacks_second_factor(rule, who, thing):
        raise SecondFactorNeeded
    raise NotAllowed


def lacks_second_factor(rule: type_rule, who: Any, thing: Any) -> bool:
    """Whether the rule says no, and would say yes to the same person with a second factor."""
    return getattr(who, "is_unsecured", False) and not rule(who, thing) and rule(who.as_if_secured, thing)


def ensure_secured(rule: type_rule, who: Any, thing: Any) -> None:
    """Raise SecondFactorNeeded when nothing else is missing: where a page has a way for those who may not, too."""
    if lacks_second_factor(rule, who, thing):
        raise SecondFactorNeeded


def ensure_free(who: Any, scope: Any) -> None:
    """Raise Suspended or Limited when a moderator took this away from the person for a while (`accounts.models.Scope`)."""
    if who.is_suspended:
        raise Suspended(until=who.suspended_until)
    until = who.limited_until(scope)
    if until is not None:
        raise Limited(scope=scope, until=until)


def ensure_fresh(thing: Any, seen: int | None) -> None:
    """Raise Stale when the thing changed since `seen`, the version the person was reading."""
    if seen is not None and thing.version != seen:
        raise Stale(now=thing.version)
