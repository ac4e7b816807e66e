"""Ready parts: HTML drawn once and kept in this process under a key that names everything it shows; docs/adr/0008."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar

from flask_babel import get_locale
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from forum.config import settings
from forum.core import web

S = TypeVar("S", bound=str)
MOST_CHARACTERS = 8_000_000
"""How much HTML of parts a process keeps; those of a letter are about 10,000 characters."""


class Shelf(Generic[S]):
    """Ready HTML by key, the longest unused is dropped beyond `most` characters."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._kept: OrderedDict[Any, S] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Any) -> S | None:
        found = self._kept.get(key)
        if found is not None:
            try:
                self._kept.move_to_end(key)  # one step of the interpreter: needs no lock
            except KeyError:  # dropped meanwhile by another thread
                return found
        return found

    def put(self, key: Any, html: S) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = html
                self.size += len(html)
            while self.size > self.most:
                self.size -= len(self._kept.popitem(last=False)[1])

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.size = 0


shelf: Shelf[Markup] = Shelf(MOST_CHARACTERS)
_made_for: Any = None


def part(key: Hashable | None, draw: Callable[[], Markup]) -> Markup:
    """Return the kept part, else draw and keep it; with None as key it is drawn each time.

    Language and time zone of the reader and the settings of the site belong to every key by themselves.
    """
    return draw() if key is None else parts([key], lambda _missing: {0: draw()})[0]


def parts(keys: Sequence[Hashable], draw: Callable[[list[int]], Mapping[int, Markup]]) -> list[Markup]:
    """Return the part of each key; `draw` is called once, with the places of those that are missing.

    A place for which it returns nothing is left out.
    """
    global _made_for
    if _made_for is not settings():
        shelf.clear()
        _made_for = settings()
    reader = str(get_locale()), web.time_zone()
    found = [shelf.get((key, reader)) for key in keys]
    missing = [place for place, kept in enumerate(found) if kept is None]
    if missing:
        for place, drawn in draw(missing).items():
            shelf.put((keys[place], reader), drawn)
            found[place] = drawn
    return [kept for kept in found if kept is not None]


class ReadyParts(Extension):
    """`{% ready KEY %}…{% endready %}`: the body is drawn once for a key, a value or tuple, as `part` does it."""

    tags = {"ready"}

    def parse(self, parser: Parser) -> nodes.Node:
        """Make a call block of the body."""
        line = next(parser.stream).lineno
        key = parser.parse_tuple()
        body = parser.parse_statements(("name:endready",), drop_needle=True)
        return nodes.CallBlock(self.call_method("_part", [key]), [], [], body).set_lineno(line)

    def _part(self, key: Hashable | None, caller: Callable[[], Markup]) -> Markup:
        return part(key, caller)
