"""Words and links of the lists found in a text, however they are dressed: other alphabets, digits for letters, letters apart."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from forum.core.lookalike import plain_letter

LEAST_FREE_LETTERS: Final = 9
"""Of a term of several words or a long one: from here on it is found inside other words and across signs, too."""
LONGEST_READ_CHARACTERS: Final = 20_000
DIGITS: Final = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"})
SIGNS: Final = str.maketrans({"@": "a", "$": "s", "!": "i", "|": "i", "€": "e"})
_TOKEN = re.compile(r"[^\W_]+")
_LONG_RUN = re.compile(r"(.)\1{2,}")
_TAIL = re.compile(r"(?<=[a-z])\d+$")
_INNER = re.compile(r"\d+(?=[a-z])")
_LINK = re.compile(r"^[a-z0-9-]+(?:\.[a-z0-9-]+)+$")
_HOST = re.compile(r"(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}\b")


def _plain(text: str) -> str:
    """The text in small plain letters: no marks, nothing hidden, letters of other alphabets as what they pass for."""
    seen = []
    for sign in unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text[:LONGEST_READ_CHARACTERS])):
        if sign.isascii():
            seen.append(sign)
        elif unicodedata.category(sign) not in {"Mn", "Me", "Cf"}:
            seen.append(plain_letter(sign))
    return "".join(seen).lower()


def _tokens(plain: str) -> list[str]:
    """Its words; letters that stand apart are one ("s l o t")."""
    found: list[str] = []
    apart: list[str] = []
    for token in _TOKEN.findall(plain.translate(SIGNS)):
        if len(token) == 1:
            apart.append(token)
            continue
        if apart:
            found.append("".join(apart))
            apart = []
        found.append(token)
    if apart:
        found.append("".join(apart))
    return [_LONG_RUN.sub(r"\1", token) if not token.isdigit() else token for token in found]


def _inner(token: str) -> str:
    """Digits before a letter as the letters they stand for; a number behind a word stays one, and so does a number alone."""
    return token if token.isdigit() else _INNER.sub(lambda hit: hit[0].translate(DIGITS), token)


def _readings(tokens: list[str]) -> list[list[str]]:
    """The words as they stand, with digits read as letters where they stand before one, without numbers behind, and all as letters."""
    inner = [_inner(token) for token in tokens]
    return [tokens, inner, [_TAIL.sub("", token) for token in inner], [one if one.isdigit() else one.translate(DIGITS) for one in tokens]]


def key_of(term: str) -> str:
    """Return a word or link as it is compared and kept; two terms with one key are the same. Empty: nothing to look for."""
    plain = _plain(term).strip()
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", plain).split("/")[0]
    return bare if _LINK.fullmatch(bare) else " ".join(_tokens(plain))


def is_link(key: str) -> bool:
    """Whether it is the name of a site."""
    return _LINK.fullmatch(key) is not None


@lru_cache(maxsize=8)
def _sorted(keys: frozenset[str]) -> tuple[frozenset[str], re.Pattern[str], dict[str, str]]:
    """The sites, one pattern of all words between blanks, and the long ones that are found anywhere."""
    links = frozenset(key for key in keys if is_link(key))
    words = sorted(keys - links, key=len, reverse=True)
    pattern = "|".join(re.escape(word).replace(r"\ ", " ?") for word in words) or r"(?!)"
    free = {bare: word for word in words if len(bare := word.replace(" ", "")) >= LEAST_FREE_LETTERS}
    return links, re.compile(f"(?<= )(?:{pattern})(?= )"), free


def hits(text: str, keys: Iterable[str]) -> list[str]:
    """Return the keys that stand in the text, each once."""
    links, pattern, free = _sorted(frozenset(keys))
    plain = _plain(text)
    found: dict[str, None] = {}
    squeezed_keys = {key.replace(" ", ""): key for key in keys}
    for reading in _readings(_tokens(plain)):
        for hit in pattern.findall(f" {' '.join(reading)} "):
            found[squeezed_keys.get(hit.replace(" ", ""), hit)] = None
        squeezed = "".join(reading)
        for bare, key in free.items():
            if bare in squeezed:
                found[key] = None
    for host in _HOST.findall(plain):
        parts = host.split(".")
        for at in range(len(parts) - 1):
            if ".".join(parts[at:]) in links:
                found[".".join(parts[at:])] = None
    return list(found)
