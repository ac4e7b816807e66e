"""Letters of a list as ready HTML: each drawn once by the macro for a language and its age, then kept in this process."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from flask import current_app
from flask_babel import get_locale
from markupsafe import Markup

from forum.core.formats import ago
from forum.letters.queries import LetterRow
from forum.letters.shown import shown

MOST_KEPT = 4_000
"""Rows a process keeps; about 1.5 KB each."""


def drawn(rows: Iterable[LetterRow], *, level: int = 2) -> list[str]:
    """Return the HTML of each row under a heading of this level; it holds nothing that differs between readers."""
    language = str(get_locale())
    return [_kept(row, (), level, language, ago(row.published_at)) for row in rows]


def drawn_with(row: LetterRow, pieces: tuple[Any, ...], *, level: int = 2) -> Markup:
    """Return the HTML of a row whose excerpt is these pieces, some of them marked."""
    return _kept(row, pieces, level, str(get_locale()), ago(row.published_at))


@lru_cache(maxsize=MOST_KEPT)
def _kept(row: LetterRow, pieces: tuple[Any, ...], level: int, _language: str, _age: str) -> Markup:
    module: Any = current_app.jinja_env.get_template("ui/letter_row.html").module
    html: Markup = module.letter_row(replace(shown(row), pieces=pieces), level)
    return html
