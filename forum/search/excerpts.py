"""The place in a text where the words that were asked for stand, with the words marked."""

import re
from functools import lru_cache
from typing import NamedTuple

from forum.search.analysis import terms

EXCERPT_CHARACTERS = 200
BEFORE_CHARACTERS = 60
MOST_TRIED = 12
MOST_MARKED = 6
NASAL = "kpst"
"""First letters that a prefix swallows: kirim, mengirim."""


class Piece(NamedTuple):
    """A stretch of an excerpt."""

    text: str
    marked: bool


@lru_cache(maxsize=256)
def _shape(asked: frozenset[str]) -> re.Pattern[str]:
    """Return what words of these stems look like, roughly; `_is_asked` has the last word."""
    roots = {term[1:] if len(term) > 3 and term[0] in NASAL else term for term in asked}
    roots = {root[:-1] if len(root) > 5 else root for root in roots}
    return re.compile(r"[^\W_]*(?:" + "|".join(sorted(map(re.escape, roots))) + r")[^\W_]*", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def _stems(word: str) -> frozenset[str]:
    return frozenset(terms(word))


def excerpt_with(text: str, asked: frozenset[str]) -> tuple[Piece, ...] | None:
    """Return an excerpt of at most EXCERPT_CHARACTERS around the first word asked for, None when none is found fast."""
    first = _first(text, asked)
    if first is None:
        return None
    start = max(0, first - BEFORE_CHARACTERS)
    if start:
        start = text.find(" ", start, first) + 1 or first
    end = min(len(text), start + EXCERPT_CHARACTERS)
    if end < len(text):
        end = max(text.rfind(" ", first, end), first + 1)
    return _marked(text[start:end], asked, opens=start > 0, closes=end < len(text))


def _first(text: str, asked: frozenset[str]) -> int | None:
    for tried, found in enumerate(_shape(asked).finditer(text)):
        if tried == MOST_TRIED:
            return None
        if _stems(found[0].lower()) & asked:
            return found.start()
    return None


def _marked(stretch: str, asked: frozenset[str], *, opens: bool, closes: bool) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at, marks = 0, 0
    for found in _shape(asked).finditer(stretch):
        if marks == MOST_MARKED:
            break
        if _stems(found[0].lower()) & asked:
            marks += 1
            pieces += [Piece(_line(stretch[at : found.start()]), marked=False), Piece(found[0], marked=True)]
            at = found.end()
    pieces.append(Piece(_line(stretch[at:]) + ("…" if closes else ""), marked=False))
    if opens:
        pieces.insert(0, Piece("…", marked=False))
    return tuple(piece for piece in pieces if piece.text)


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
