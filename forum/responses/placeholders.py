"""Placeholders of response templates: what they stand for is public, and none may be left in what is published. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NAMES: Final = ("judul", "nomor_surat", "byline", "tanggal", "nama_usaha", "penandatangan")
"""The title and number of the letter, its printed byline, the day it was published, the business, who signs."""
AROUND: Final = 20
"""Characters shown on either side of a place that is not filled in."""
_FILLED: Final = re.compile(r"\{\s*([^{}\n]{1,60}?)\s*\}")
_OTHER_NOTATION: Final = re.compile(
    r"\[(?![^\]\n]*(?:disamarkan|masked)\])\s*(?:nama|name|tgl|tanggal|date|nomor|no\b|number|judul|title|isi|alasan|pesanan|order|jumlah|nominal|rp\b)[^\]\n]{0,60}\]"
    r"|<<?\s*(?:nama|name|tgl|tanggal|date|nomor|no\b|judul|isi|alasan|pesanan|order|jumlah|nominal)[^<>\n]{0,60}>>?"
    r"|\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\n]{1,60}\}|%\((?:\w{1,40})\)s",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Left:
    """A place that waits to be filled in: its words, its line from 1, and the words around it."""

    found: str
    line: int
    around: str


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in their places; what is not among them stays as it stands, so that it is seen."""
    return _FILLED.sub(lambda place: values.get(place[1].casefold(), place[0]), text)


def left_in(text: str) -> list[Left]:
    """Return every place of a text that still waits to be filled in, in order, in braces or as other programs write them."""
    spans = sorted({hit.span() for pattern in (_OTHER_NOTATION, _FILLED) for hit in pattern.finditer(text)})
    found: list[Left] = []
    ended = 0
    for start, end in spans:
        if start < ended:
            continue
        ended = end
        before, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        around = f"{'…' if start > AROUND else ''}{before}{text[start:end]}{behind}{'…' if end + AROUND < len(text) else ''}"
        found.append(Left(text[start:end], text.count("\n", 0, start) + 1, " ".join(around.split())))
    return found


def unknown_in(text: str) -> list[str]:
    """Return the names in braces that stand for nothing the site knows: whoever responds must replace them."""
    return [place[1] for place in _FILLED.finditer(text) if place[1].casefold() not in NAMES]
