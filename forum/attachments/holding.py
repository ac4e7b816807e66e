"""Which files belong to letters whose data are held for a legal matter; the room that holds them says so (forum/legal)."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from forum.attachments.models import Attachment

_ways: list[Callable[[], Select[Any]]] = []


def holds(way: Callable[[], Select[Any]]) -> Callable[[], Select[Any]]:
    """Name the question for held files: (file, letter)."""
    _ways[:] = [way]
    return way


def held_files() -> Select[Any]:
    """Return the question which files are held, and with which letter: columns `file_id` and `letter_id`."""
    return _ways[0]()


def is_held() -> ColumnElement[bool]:
    """Whether a file is held: nothing of it may be deleted."""
    return Attachment.id.in_(select(held_files().subquery().c.file_id))
