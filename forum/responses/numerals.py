"""Numbers in a text however they are written: digits of any script, letters in their place, words, spaced, dotted, over lines."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from forum.core.lookalike import plain_letter

INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
LONGEST_GAP: Final = 12
"""Characters between two digits of one number, none of them a letter or digit."""
DIGIT_WORDS: Final[dict[str, str]] = {
    "nol": "0", "kosong": "0", "zero": "0", "satu": "1", "one": "1", "dua": "2", "two": "2", "tiga": "3", "three": "3",
    "empat": "4", "four": "4", "lima": "5", "five": "5", "enam": "6", "six": "6", "tujuh": "7", "seven": "7",
    "delapan": "8", "lapan": "8", "eight": "8", "sembilan": "9", "nine": "9", "sepuluh": "10", "sebelas": "11",
}  # fmt: skip
LOOK_ALIKE: Final[dict[str, str]] = {"o": "0", "l": "1", "i": "1", "|": "1"}
TIMES: Final[dict[str, int]] = {"dobel": 2, "double": 2, "ganda": 2, "tripel": 3, "triple": 3}
BETWEEN_WORDS: Final = frozenset(
    {
        "strip", "setrip", "spasi", "dash", "titik", "koma", "hubung", "garis", "lalu", "lanjut", "minus",
        "dot", "plus", "kurung", "tutup", "buka"
    }
)  # fmt: skip
_TOKEN = re.compile(r"[^\W_|]+|\|")
_PIECE = re.compile("|".join(sorted(DIGIT_WORDS, key=len, reverse=True)) + r"|\d|[oli|]")


@dataclass(frozen=True)
class Folded:
    """A text as a person reads it: nothing invisible, no marks; digits, dashes and letters that pass for ours as ours.

    Each character knows its place.
    """

    shown: str
    places: tuple[int, ...]  # of each character of `shown`, in the text as typed

    @property
    def lower(self) -> str:
        """The same in small letters, character by character."""
        return "".join(low if len(low := one.lower()) == 1 else one for one in self.shown)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the typed text for one of `shown`."""
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True)
class Run:
    """Digits that follow each other. `cuts` are the offsets at which a written piece begins or ends."""

    digits: str
    starts: tuple[int, ...]  # of each digit, in Folded.shown
    ends: tuple[int, ...]
    cuts: tuple[int, ...]
    spelt: bool  # words or letters stand for digits

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where these digits stand in Folded.shown."""
        return self.starts[start], self.ends[end - 1]

    def windows(self, least: int, most: int) -> Iterator[tuple[int, int]]:
        """Yield stretches from cut to cut of so many digits, the longest of each beginning first."""
        cuts = set(self.cuts)
        for start in self.cuts:
            for end in range(min(start + most, len(self.digits)), start + least - 1, -1):
                if end in cuts:
                    yield start, end


def fold(text: str) -> Folded:
    """Return the text as it is read."""
    if text.isascii():
        return Folded(text, tuple(range(len(text))))
    shown: list[str] = []
    places: list[int] = []
    for place, typed in enumerate(text):
        if INVISIBLE.match(typed):
            continue
        for one in unicodedata.normalize("NFKD", typed):
            kind = unicodedata.category(one)
            if kind in {"Mn", "Me", "Cf"}:
                continue
            if kind in {"Nd", "No"}:
                one = str(unicodedata.digit(one, one))
            elif kind in {"Ll", "Lu", "Lo"}:
                one = plain_letter(one)
            elif kind == "Pd" or one == "\u2212":
                one = "-"
            shown.append(one)
            places.append(place)
    return Folded("".join(shown), tuple(places))


class _Builder:
    """Gathers the digits of one run."""

    def __init__(self) -> None:
        self.digits: list[tuple[str, int, int]] = []
        self.cuts: list[int] = []
        self.spelt = False
        self.tens = False  # the last word was "puluh": a unit may take the place of its 0

    def add(self, digits: str, start: int, end: int, *, spelt: bool) -> None:
        if self.tens and spelt and len(digits) == 1 and digits != "0":
            self.digits[-1] = (digits, self.digits[-1][1], end)
        else:
            self.cuts.append(len(self.digits))
            self.digits += (
                [(one, start, end) for one in digits]
                if spelt
                else [(one, start + at, start + at + 1) for at, one in enumerate(digits)]
            )
        self.tens, self.spelt = False, self.spelt or spelt

    def turn(self, word: str, end: int) -> None:
        """Make "tiga belas" 13 and "dua puluh" 20."""
        last, start, _end = self.digits[-1]
        if word == "belas":
            self.digits[-1:] = [("1", start, end), (last, start, end)]
        else:
            self.digits.append(("0", start, end))
            self.tens = True

    def run(self) -> Run | None:
        if not self.digits:
            return None
        return Run(
            "".join(digit for digit, _start, _end in self.digits),
            tuple(start for _digit, start, _end in self.digits),
            tuple(end for _digit, _start, end in self.digits),
            (*sorted(set(self.cuts)), len(self.digits)),
            self.spelt,
        )


def runs(lower: str) -> list[Run]:
    """Return every run of digits in a text of `Folded.lower`."""
    found: list[Run] = []
    builder, last, repeat = _Builder(), 0, 1
    for hit in _TOKEN.finditer(lower):
        word, (start, end) = hit[0], hit.span()
        if builder.digits and (start - last > LONGEST_GAP):
            _close(builder, found)
            builder = _Builder()
        if word in TIMES:
            repeat, last = TIMES[word], end
            continue
        if word in BETWEEN_WORDS and builder.digits:
            last = end
            continue
        if word in {"belas", "puluh"} and builder.digits and builder.spelt:
            builder.turn(word, end)
            last = end
            continue
        digits = _digits_of(word, begun=bool(builder.digits))
        if digits is None:
            _close(builder, found)
            builder, repeat = _Builder(), 1
            continue
        builder.add(digits * repeat, start, end, spelt=repeat > 1 or not (word.isascii() and word.isdigit()))
        last, repeat = end, 1
    _close(builder, found)
    return found


def _close(builder: _Builder, found: list[Run]) -> None:
    run = builder.run()
    if run is not None:
        found.append(run)


def _digits_of(word: str, *, begun: bool) -> str | None:
    """The digits that a whole word stands for, None when it is a word; single look-alike letters only within a number."""
    if word.isascii() and word.isdigit():
        return word
    if word in DIGIT_WORDS:
        return DIGIT_WORDS[word]
    if word in LOOK_ALIKE:
        return LOOK_ALIKE[word] if begun or word == "o" else None
    pieces = _PIECE.findall(word) if len(word) <= 200 else []
    if "".join(pieces) != word or not any(piece.isdigit() or piece in DIGIT_WORDS for piece in pieces):
        return None
    return "".join(DIGIT_WORDS.get(piece) or LOOK_ALIKE.get(piece) or piece for piece in pieces)
