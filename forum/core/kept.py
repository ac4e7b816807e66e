"""Parts of lists and searches kept in this process for everybody, signed in or not, as long as no list has changed."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import select

from forum.config import settings
from forum.core.db import db
from forum.core.freshness import Freshness, Version, lists_now
from forum.core.glance import glance

T = TypeVar("T")
MOST_KEPT = 500
"""Parts a process keeps, about 40 KB each; the longest unused leaves first."""

_table: Any = Freshness.__table__
_NOW: Any = select(_table.c.epoch, _table.c.version).where(_table.c.id == 1)
_parts: OrderedDict[Hashable, tuple[Version, float, Any]] = OrderedDict()
_lock = Lock()


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` returned for the key, made anew when any list changed or after the longest age of a ready page.

    The key names everything that the part depends on beside the lists: the address, the language. What hides a letter
    counts the lists in its own transaction, so a hidden letter never comes from here. In tests every part is made anew.
    """
    config = settings()
    if config.environment == "test":
        return make()
    found = _parts.get(key)
    if found is not None and found[0] == lists_now(glance(config.database_url)) and time.monotonic() < found[1]:
        with suppress(KeyError):  # dropped meanwhile by another thread
            _parts.move_to_end(key)
        part: T = found[2]
        return part
    version = _version()
    made = make()
    with _lock:
        _parts[key] = (version, time.monotonic() + config.page_cache_seconds, made)
        _parts.move_to_end(key)
        while len(_parts) > MOST_KEPT:
            _parts.popitem(last=False)
    return made


def _version() -> Version:
    """In the transaction that `make` reads in: it may have begun before the last change."""
    row = db.session.execute(_NOW).one()
    return row.epoch, row.version
