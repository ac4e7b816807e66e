"""Words as search compares them: one analysis for both engines, so that kirim, dikirim and pengiriman meet."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, Protocol, cast

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from forum.core.text import clean
from forum.search.words import COMMON, ODD_STEMS, PHRASES, SLANG, SYNONYMS

MAX_QUERY_TERMS: Final = 8
MAX_QUERY_CHARACTERS: Final = 100
MAX_TERM_CHARACTERS: Final = 60
MAX_STEMMED_WORDS: Final = 900
"""Different words of one text that are stemmed (about 0.25 ms each when new); later ones are indexed as written."""

_STEMMABLE = re.compile(r"[a-z]{4,30}")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['\u2019\u02bc](?=[^\W\d_])")
_ACCENT = re.compile("[\u0300-\u036f]")
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_RUPIAH = re.compile(r"(?<![^\W_])rp(?=\d)")
_AND_NAME = re.compile(r"(?<![^\W_])([a-z]) ?& ?([a-z])(?![^\W_])")


class _Stemmer(Protocol):
    def stem_word(self, word: str) -> str: ...


@cache
def _stemmer() -> _Stemmer:
    """The stemmer without its own cache, which has no bound; loading takes 30 ms."""
    return cast("_Stemmer", StemmerFactory().create_stemmer().delegatedStemmer)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    stem = _stemmer().stem_word(word)
    return ODD_STEMS.get(stem, stem)


def _words(text: str) -> Iterator[str]:
    """Lower-case words without accents; J&T is jnt, jum'at is jumat, Rp.1.808.000 is rp and 1808000."""
    folded = unicodedata.normalize("NFKC", clean(text)).lower()
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", folded)))
    for pattern, replacement in ((_APOSTROPHE, ""), (_THOUSANDS, ""), (_RUPIAH, "rp "), (_AND_NAME, r"\1n\2")):
        folded = pattern.sub(replacement, folded)
    for found in _WORD.finditer(folded):
        yield found[0][:MAX_TERM_CHARACTERS]


def _stems(text: str) -> Iterator[str]:
    stemmed: set[str] = set()
    for word in _words(text):
        plain = SYNONYMS.get(word) or SLANG.get(word, word)
        if _STEMMABLE.fullmatch(plain) and (plain in stemmed or len(stemmed) < MAX_STEMMED_WORDS):
            stemmed.add(plain)
            plain = _stem(plain)
        yield plain


def terms(text: str) -> list[str]:
    """The terms of a text in order: NFKC, lower case, slang and brand names unified, stemmed.

    A phrase with a short form (kartu kredit, CC) adds the short form behind its words. Each term is letters and digits only.
    """
    found: list[str] = []
    before = ""
    for stem in _stems(text):
        found.append(stem)
        short = PHRASES.get((before, stem))
        if short:
            found.append(short)
        before = stem
    return found


def index_text(text: str) -> str:
    """The terms joined by spaces, to be stored in FTS5 or handed to to_tsvector('simple', …)."""
    return " ".join(terms(text))


def query_terms(query: str) -> list[str]:
    """What to look for: at most MAX_QUERY_TERMS different terms of the first MAX_QUERY_CHARACTERS.

    A phrase with a short form is asked by the short form alone; very common words are left out when others remain.
    """
    found: list[str] = []
    for stem in _stems(query[:MAX_QUERY_CHARACTERS]):
        short = PHRASES.get((found[-1], stem)) if found else None
        if short:
            found[-1] = short
        else:
            found.append(stem)
    telling = [term for term in found if term not in COMMON] or found
    return list(dict.fromkeys(telling))[:MAX_QUERY_TERMS]
