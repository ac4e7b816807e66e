"""Names that pass for another to the eye: what a name looks like, and which scripts it is written in.

The skeleton follows Unicode UTS #39, section 4, with the table of `confusable_homoglyphs`, and goes further on purpose: case,
accents, spaces and signs do not count, `0` is `o`, `1`, `i` and `l` are one, and letters that run together (`rn`, `vv`, `cl`) are
the one that they look like. It is made to be compared with the skeleton of another name, never to be shown.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

LONGEST_SKELETON_CHARACTERS: Final = 200
LEAST_LOOSE_CHARACTERS: Final = 3
MARKS: Final = re.compile("[\u200e\u200f]")  # the table wraps letters of right-to-left scripts in them
NO_SCRIPT: Final = frozenset({"COMMON", "INHERITED", "UNKNOWN", "ZYYY", "ZINH", "ZZZZ"})
TOGETHER: Final = (
    frozenset({"HAN", "HIRAGANA", "KATAKANA"}),
    frozenset({"HAN", "HANGUL"}),
    frozenset({"HAN", "BOPOMOFO"}),
)
"""Scripts that one language writes side by side."""
RUN_TOGETHER: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"))
FOLDED: Final = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s", "$": "s", "@": "a"})
LEGAL: Final = frozenset(
    {
        "pt", "cv", "ud", "pd", "fa", "tbk", "persero", "perum", "perumda", "perseroan", "terbatas", "inc",
        "ltd", "llc", "llp", "corp", "pte", "pty", "sdn", "bhd", "gmbh", "official", "resmi", "admin", "cs",
    }
)  # fmt: skip
"""Words of a legal form, and those by which somebody says to be the real one: they make no other business of a name."""
SITE: Final = re.compile(
    r"^(?:https?://)?(?:www\.)?(?P<name>[^\s/]+?)\.(?:com|co\.id|id|net|org|co|biz|info|web\.id|my\.id|or\.id|go\.id|ac\.id|shop|store|app)(?:\.id)?/?$"
)
WORD: Final = re.compile(r"[^\W_]+")
LATIN: Final = re.compile(
    r"(?:^|.* )(?:LATIN (?:CAPITAL |SMALL )?|SYMBOL )LETTER (?:SMALL CAPITAL )?([A-Z])(?: WITH .+)?$"
)


@cache
def _table() -> dict[str, str]:
    """One sign for each group of signs that look alike: the ASCII letter of the group when it has one."""
    with (files("confusable_homoglyphs") / "confusables.json").open(encoding="utf-8") as file:
        pairs: dict[str, list[dict[str, str]]] = json.load(file)
    parents: dict[str, str] = {}

    def top(sign: str) -> str:
        while parents.setdefault(sign, sign) != sign:
            sign = parents[sign]
        return sign

    for one, others in pairs.items():
        for other in others:
            parents[top(MARKS.sub("", one))] = top(MARKS.sub("", other["c"]))
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for sign in parents:
        groups[top(sign)].append(sign)
    table = {}
    for group in groups.values():
        chosen = min(group, key=_rank)
        dressed = next(
            (
                found[1].lower()
                for sign in group
                if len(sign) == 1 and (found := LATIN.fullmatch(unicodedata.name(sign, "")))
            ),
            "",
        )
        chosen = dressed if dressed and not chosen.isascii() else chosen
        table.update({sign: chosen for sign in group if len(sign) == 1 and sign != chosen})
    return table


def _rank(sign: str) -> tuple[bool, bool, int, str]:
    plain = sign.isascii() and sign.isalpha()
    return not plain, not sign.isascii(), len(sign), sign


@cache
def _ranges() -> tuple[list[int], list[tuple[int, str]]]:
    with (files("confusable_homoglyphs") / "categories.json").open(encoding="utf-8") as file:
        data: dict[str, Any] = json.load(file)
    ranges = sorted(
        (first, last, data["iso_15924_aliases"][alias]) for first, last, alias, _kind in data["code_points_ranges"]
    )
    return [first for first, _last, _script in ranges], [(last, script) for _first, last, script in ranges]


def _script(letter: str) -> str:
    firsts, rest = _ranges()
    last, script = rest[max(0, bisect_right(firsts, ord(letter)) - 1)]
    return script if ord(letter) <= last else "UNKNOWN"


def scripts(name: str) -> frozenset[str]:
    """Return the scripts of a name's letters; digits, signs and accents have none, and what one language mixes counts once."""
    letters = (letter for letter in unicodedata.normalize("NFKC", name) if letter.isalpha())
    found = frozenset(_script(letter) for letter in letters) - NO_SCRIPT
    return frozenset({"HAN"}) if any(found <= together for together in TOGETHER if found) else found


@lru_cache(maxsize=4_096)
def skeleton(name: str) -> str:
    """Return what a name looks like: names with equal skeletons pass for each other. At most 200 characters."""
    table = _table()
    seen: list[str] = []
    for letter in unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name)):
        if unicodedata.combining(letter):
            continue
        digit = unicodedata.digit(letter, None)
        letter = str(digit) if digit is not None else letter
        lower = _alike(letter, table).casefold()
        seen.append("".join(_alike(one, table) for one in lower).casefold())
    bare = unicodedata.normalize("NFD", "".join(seen))
    for run, letter in RUN_TOGETHER:
        bare = bare.replace(run, letter)
    bare = bare.translate(FOLDED)
    kept = "".join(one for one in bare if one.isalnum())
    return (kept or bare.strip())[:LONGEST_SKELETON_CHARACTERS]


def _alike(letter: str, table: dict[str, str]) -> str:
    """The plain letter that this one looks like: a dressed Latin letter is bare, another script's goes by the table."""
    if letter.isascii():
        return letter
    latin = LATIN.fullmatch(unicodedata.name(letter, ""))
    return latin[1].lower() if latin else table.get(letter, letter)


@lru_cache(maxsize=4_096)
def plain_letter(letter: str) -> str:
    """Return the ASCII letter that this one passes for to the eye, in its case; itself where it passes for none."""
    found = _alike(letter, _table())
    if len(found) != 1 or not found.isascii() or not found.isalpha():
        return letter
    return found.upper() if letter.isupper() else found.lower()


@lru_cache(maxsize=4_096)
def loose(name: str) -> str:
    """Return the skeleton without legal form, "official" and the ending of a site: PT. Toko Melati Tbk is Toko Melati."""
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    site = SITE.match(folded)
    words = WORD.findall(site["name"] if site else folded)
    kept = [word for word in words if word not in LEGAL]
    bare = skeleton(" ".join(kept))
    return bare if len(bare) >= LEAST_LOOSE_CHARACTERS else skeleton(name)
