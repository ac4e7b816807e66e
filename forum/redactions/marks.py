"""Words give way to a mark, and come back: pure functions of a text and of what its marks cover."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

from forum.core.phrases import pattern_of
from forum.redactions.lifecycle import Label

MARKS: Final[dict[Label, str]] = {
    Label.PHONE: "[nomor telepon disamarkan]",
    Label.NIK: "[NIK disamarkan]",
    Label.CARD: "[nomor kartu disamarkan]",
    Label.ACCOUNT: "[nomor rekening disamarkan]",
    Label.EMAIL: "[alamat email disamarkan]",
    Label.ADDRESS: "[alamat disamarkan]",
    Label.PLATE: "[nomor kendaraan disamarkan]",
    Label.NAME: "[nama disamarkan]",
    Label.ORDER: "[nomor pesanan disamarkan]",
    Label.TRACKING: "[nomor resi disamarkan]",
    Label.DOCUMENT: "[nomor dokumen disamarkan]",
    Label.PASSAGE: "[bagian ini disamarkan]",
    Label.OTHER: "[data pribadi disamarkan]",
}
"""What stands in the text itself, in the language of the letters."""
SHORT: Final = "[…]"
"""Where the mark of the label does not fit into its column; never longer than the words."""
WORDS_CHARACTERS: Final = (3, 200)
MOST_WORDS: Final = 20  # different ones at once
NOBODY: Final = 0
"""Owner of a mark that somebody typed, or of which it is not known any more what it covers."""
ANY_MARK: Final = re.compile("|".join(re.escape(mark) for mark in (*MARKS.values(), SHORT)))
_TAG: Final = re.compile(r"(<[^>]*>)")


class Cover(NamedTuple):
    """What one mark of a text stands for: the redaction that put it there, the mark, and the words as they were."""

    owner: int
    mark: str
    words: str


class Covered(NamedTuple):
    """A text with its marks in order, and how many of them are new or went."""

    text: str
    covers: tuple[Cover, ...]
    places: int


def cut_pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the words and also their beginnings where a text was cut, as in "Kurir Budi San…"."""
    cut = [re.escape(one[:size]) for one in words for size in range(len(one) - 1, WORDS_CHARACTERS[0] - 1, -1)]
    return re.compile(rf"{pattern_of(words).pattern}|(?<!\w)(?:{'|'.join(cut) or '(?!)'})(?= ?…)", re.IGNORECASE)


def cover(
    text: str, covers: Sequence[Cover], words: re.Pattern[str], *, mark: str, owner: int, most: int | None = None
) -> Covered:
    """Put the mark in the place of every occurrence, but for those in marks; `most`: characters that the column holds."""
    done = _cover(text, settled(text, covers), words, mark, owner)
    if most is not None and len(done.text) > most:
        done = _cover(text, settled(text, covers), words, SHORT, owner)
    return done


def _cover(text: str, covers: Sequence[Cover], words: re.Pattern[str], mark: str, owner: int) -> Covered:
    made: list[str] = []
    kept: list[Cover] = []
    count = 0
    standing = iter(covers)
    for piece, is_mark in _pieces(text):
        if is_mark:
            made.append(piece)
            kept.append(next(standing))
            continue
        end = 0
        for hit in words.finditer(piece):
            made += [piece[end : hit.start()], mark]
            kept.append(Cover(owner, mark, hit[0]))
            end, count = hit.end(), count + 1
        made.append(piece[end:])
    return Covered("".join(made), tuple(kept), count)


def uncover(text: str, covers: Sequence[Cover], *, owner: int) -> Covered:
    """Put back the words that this redaction covered; a text whose marks were changed since stays as it is."""
    made: list[str] = []
    kept: list[Cover] = []
    count = 0
    standing = iter(settled(text, covers))
    for piece, is_mark in _pieces(text):
        here = next(standing) if is_mark else None
        if here is not None and here.owner == owner != NOBODY:
            made.append(here.words)
            count += 1
        else:
            made.append(piece)
            if here is not None:
                kept.append(here)
    return Covered("".join(made), tuple(kept), count)


def settled(text: str, covers: Sequence[Cover]) -> tuple[Cover, ...]:
    """What the marks of this text cover: as it is known, when they are the same ones in the same order; else nobody knows."""
    marks = ANY_MARK.findall(text)
    if [one.mark for one in covers] == marks:
        return tuple(covers)
    return tuple(Cover(NOBODY, mark, "") for mark in marks)


def cover_html(html: str, words: re.Pattern[str], mark: str) -> str:
    """Put the mark in the place of the words in the text of an HTML document that was composed already; tags stay."""
    return "".join(part if part.startswith("<") else words.sub(escape(mark), part) for part in _TAG.split(html))


def snippets(text: str, words: re.Pattern[str], *, around: int = 40) -> list[tuple[str, str, str]]:
    """Return (before, words, after) of each occurrence that would give way."""
    found = []
    at = 0
    for piece, is_mark in _pieces(text):
        for hit in () if is_mark else words.finditer(piece):
            start, end = at + hit.start(), at + hit.end()
            before = ("…" if start > around else "") + text[max(0, start - around) : start]
            found.append((before, hit[0], text[end : end + around] + ("…" if end + around < len(text) else "")))
        at += len(piece)
    return found


def fits(words: str) -> bool:
    """Whether these words can be covered: of a usable length, with letters or digits of their own, and no mark."""
    least, most = WORDS_CHARACTERS
    return least <= len(words) <= most and sum(map(str.isalnum, words)) >= least and not ANY_MARK.search(words)


def _pieces(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a mark."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for hit in ANY_MARK.finditer(text):
        pieces += [(text[end : hit.start()], False), (hit[0], True)]
        end = hit.end()
    return [*pieces, (text[end:], False)]
