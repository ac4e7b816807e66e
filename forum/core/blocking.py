"""What the law keeps from being shown: a room above tells which order it was, the error page asks (RFC 7725)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from forum.core.errors import Gone


@dataclass(frozen=True)
class Blocked:
    """What everybody may know of it: the authority, its legal ground as a code, since when, and the number of the order."""

    order_id: int
    authority: str
    ground: str
    date: datetime


Look = Callable[[str], Blocked | None]
_looks: list[Look] = []


def knows_orders(look: Look) -> Look:
    """Let a room tell by which order a thing ("comment:5") is kept from view; None when by none."""
    _looks[:] = [look]
    return look


def blocked_by(about: str | None) -> Blocked | None:
    """Return the order that keeps the thing from view."""
    return _looks[0](about) if about and _looks else None


def raise_blocked(about: str) -> None:
    """Raise Gone when an order keeps the thing from view: the page of the error names the order (451)."""
    if blocked_by(about) is not None:
        raise Gone(about=about)
