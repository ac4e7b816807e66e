"""Passages of a letter: what can be chosen, whether they stand, how much they are of it. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from forum.core.phrases import pattern_of
from forum.letters.models import Letter

SHORTEST_SENTENCE: Final = 20
"""Shorter pieces are joined to the next: they are abbreviations, sums and greetings."""
_END = re.compile(r"(?<=[.!?…])[\"”')\]]*\s+(?=[\"“'(\[]?[A-Z0-9])")
_MARK = re.compile(r"\[(?:[\w ]+ disamarkan|…)\]")
_SIGN = re.compile(r"^(?:\s*(?:[-*•]|\d{1,3}\.|>)\s+)+")


def words_of(letter: Letter) -> list[str]:
    """Return the texts in which passages can be chosen: title, text and what the author asks for."""
    return [text for text in (letter.title, letter.text, letter.ask) if text]


def sentences(letter: Letter) -> list[str]:
    """Return the title and the sentences of the letter in their order, each once, without the signs of lists and quotes."""
    found = [one_line(letter.title)]
    for line in f"{letter.text}\n{letter.ask}".splitlines():
        start, held = _SIGN.sub("", line).strip(), ""
        for piece in _END.split(start):
            held = f"{held} {piece}".strip()
            if len(held) >= SHORTEST_SENTENCE:
                found.append(one_line(held))
                held = ""
        if held:
            found.append(one_line(held))
    return list(dict.fromkeys(one for one in found if sum(map(str.isalnum, one)) > 2 and not _is_mark(one)))


def one_line(text: str) -> str:
    """Return a passage as it is kept: on one line, white space folded."""
    return " ".join(text.split())


def stands(letter: Letter, passage: str) -> bool:
    """Whether the passage stands in the letter as it is printed."""
    pattern = pattern_of([passage])
    return any(pattern.search(text) for text in words_of(letter))


def standing(letter: Letter, passages: Iterable[str]) -> list[str]:
    """Return those passages that stand in the letter as it is printed."""
    return [one for one in passages if stands(letter, one)]


def length_of(passages: Iterable[str]) -> int:
    """Return how many characters they are together."""
    return sum(map(len, passages))


def same(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return the passages of `one` that are, hold or are part of one of the other."""
    known = [_plain(passage) for passage in other]
    return [passage for passage in one if any(_plain(passage) in two or two in _plain(passage) for two in known)]


def _plain(passage: str) -> str:
    return one_line(passage).casefold()


def _is_mark(text: str) -> bool:
    """Whether nothing stands there but the mark of a redaction."""
    return _MARK.fullmatch(text.strip(" .")) is not None
