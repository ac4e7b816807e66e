"""Passages marked in safe HTML that we made: tags stay as they are, and what stands between them is escaped anew."""

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Final, NamedTuple

MARK: Final = '<mark class="contested">'
_TAG = re.compile(r"(<[^>]*>)")
_INLINE = re.compile(r"</?(?:a|mark)\b")


class _Node(NamedTuple):
    at: int  # where its text begins in the whole text
    text: str


def marked(html: str, passages: Sequence[str]) -> str:
    """Return the HTML with a mark around each passage, also where it goes on over lines, paragraphs and links."""
    if not passages:
        return html
    parts = _TAG.split(html)
    nodes: dict[int, _Node] = {}
    whole: list[str] = []
    length = 0
    for number, part in enumerate(parts):
        is_tag = bool(number % 2)
        text = ("" if _INLINE.match(part) else "\n") if is_tag else unescape(part)
        if not is_tag:
            nodes[number] = _Node(length, text)
        whole.append(text)
        length += len(text)
    spans = spans_of("".join(whole), passages)
    return "".join(_drawn(nodes[number], spans) if number in nodes else part for number, part in enumerate(parts))


def pieces_of(text: str, passages: Sequence[str]) -> list[tuple[str, bool]]:
    """Return a plain text in pieces, each with whether it is to be marked."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for start, stop in spans_of(text, passages):
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [(piece, is_marked) for piece, is_marked in [*pieces, (text[end:], False)] if piece]


def spans_of(text: str, passages: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the passages stand, whatever their case and white space, in order and without overlaps."""
    if not passages:
        return []
    spelt = [r"\s+".join(re.escape(word) for word in passage.split()) for passage in sorted(passages, key=len, reverse=True)]
    pattern = "|".join(rf"(?<!\w){one}(?!\w)" if one[0].isalnum() and one[-1].isalnum() else one for one in spelt if one)
    return [hit.span() for hit in re.finditer(pattern, text, re.IGNORECASE)] if pattern else []


def _drawn(node: _Node, spans: Sequence[tuple[int, int]]) -> str:
    made: list[str] = []
    end = 0
    for start, stop in spans:
        left, right = max(start - node.at, end), min(stop - node.at, len(node.text))
        if left >= right:
            continue
        made += [_escaped(node.text[end:left]), MARK, _escaped(node.text[left:right]), "</mark>"]
        end = right
    return "".join([*made, _escaped(node.text[end:])])


def _escaped(text: str) -> str:
    return escape(text, quote=False)
