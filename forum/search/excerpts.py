"""The place in a text where the words that were asked for stand, with the words marked."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from forum.search.analysis import terms

EXCERPT_CHARACTERS = 200
BEFORE_CHARACTERS = 60
MOST_TRIED = 12
NASAL = "kpst"
"""First letters that a prefix swallows: kirim, mengirim."""


class Piece(NamedTuple):
    """A stretch of an excerpt."""

    text: str
    marked: bool


@lru_cache(maxsize=256)
def _roots(asked: frozenset[str]) -> re.Pattern[str]:
    """Return what words of these stems have in common, roughly; `_stems` has the last word."""
    roots = {term[1:] if len(term) > 3 and term[0] in NASAL else term for term in asked}
    roots = {root[:-1] if len(root) > 5 else root for root in roots}
    return re.compile("|".join(sorted(map(re.escape, roots))))


def _words(text: str, asked: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The places of words in a text that have one of the stems."""
    lower = text.lower()
    if len(lower) != len(text):  # rare letters grow when lowered; the places would be wrong
        lower = text
    end = 0
    for tried, hit in enumerate(_roots(asked).finditer(lower)):
        if hit.start() < end:
            continue
        if tried == MOST_TRIED:
            return
        start, end = hit.span()
        while start and lower[start - 1].isalnum():
            start -= 1
        while end < len(lower) and lower[end].isalnum():
            end += 1
        if _stems(lower[start:end]) & asked:
            yield start, end


@lru_cache(maxsize=20_000)
def _stems(word: str) -> frozenset[str]:
    return frozenset(terms(word))


def excerpt_with(text: str, asked: frozenset[str]) -> tuple[Piece, ...] | None:
    """Return an excerpt of at most EXCERPT_CHARACTERS around the first word asked for, None when none is found fast."""
    place = next(_words(text, asked), None)
    if place is None:
        return None
    first = place[0]
    start = max(0, first - BEFORE_CHARACTERS)
    if start:
        start = text.find(" ", start, first) + 1 or first
    end = min(len(text), start + EXCERPT_CHARACTERS)
    if end < len(text):
        end = max(text.rfind(" ", first, end), first + 1)
    return _marked(text[start:end], asked, opens=start > 0, closes=end < len(text))


def _marked(stretch: str, asked: frozenset[str], *, opens: bool, closes: bool) -> tuple[Piece, ...]:
    pieces = [Piece("…", marked=False)] if opens else []
    at = 0
    for start, end in _words(stretch, asked):
        pieces += [Piece(_line(stretch[at:start]), marked=False), Piece(stretch[start:end], marked=True)]
        at = end
    pieces.append(Piece(_line(stretch[at:]) + ("…" if closes else ""), marked=False))
    return tuple(piece for piece in pieces if piece.text)


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
