"""One hostile file: how it is made and how it may end."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

MARK = b"MARK" + secrets.token_hex(8).encode()
"""Planted wherever a file can tell something beside what it shows; must be in nothing that was made of it."""

MADE = "made"
ANY = frozenset({MADE, "damaged", "unknown_type", "took_too_long", "too_many_pixels", "too_many_pages", "encrypted"})
REFUSED = ANY - {MADE}


@dataclass(frozen=True)
class Case:
    """A name, a maker, what it may end in, and whether it must go through a process of its own from the start."""

    name: str
    make: Callable[[], bytes]
    ends: frozenset[str] = ANY
    alone: bool = False
    cpu_seconds: int = 20


def case(name: str, make: Callable[[], bytes], *ends: str, alone: bool = False, cpu_seconds: int = 20) -> Case:
    return Case(name, make, frozenset(ends) or ANY, alone, cpu_seconds)
