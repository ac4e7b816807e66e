"""Where a letter is from: the 38 provinces and 514 regencies and cities, or any place as typed.

Codes and spellings are those of the Ministry of Home Affairs, decree 300.2.2-2138 of 2025; capitals and spaces do not
matter when a place is looked for, so that "Tanjungpinang" finds Tanjung Pinang.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

MAX_PLACE_CHARACTERS: Final = 100


class Province(NamedTuple):
    """A province: its Kemendagri code (not BPS's) and time zone."""

    code: str
    name: str
    zone: str


class Place(NamedTuple):
    """A regency or city ("Kabupaten X", "Kota X") of a province."""

    name: str
    province: str


_ZONES: Final = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
_NAMES: Final = {
    "WIB": "11 Aceh;12 Sumatera Utara;13 Sumatera Barat;14 Riau;15 Jambi;16 Sumatera Selatan;17 Bengkulu;18 Lampung;"
    "19 Kepulauan Bangka Belitung;21 Kepulauan Riau;31 DKI Jakarta;32 Jawa Barat;33 Jawa Tengah;34 DI Yogyakarta;"
    "35 Jawa Timur;36 Banten;61 Kalimantan Barat;62 Kalimantan Tengah",
    "WITA": "51 Bali;52 Nusa Tenggara Barat;53 Nusa Tenggara Timur;63 Kalimantan Selatan;64 Kalimantan Timur;"
    "65 Kalimantan Utara;71 Sulawesi Utara;72 Sulawesi Tengah;73 Sulawesi Selatan;74 Sulawesi Tenggara;75 Gorontalo;"
    "76 Sulawesi Barat",
    "WIT": "81 Maluku;82 Maluku Utara;91 Papua;92 Papua Barat;93 Papua Selatan;94 Papua Tengah;95 Papua Pegunungan;"
    "96 Papua Barat Daya",
}
PROVINCES: Final[dict[str, Province]] = {
    code: Province(code, name, zone)
    for code, name, zone in sorted(
        (*entry.split(" ", 1), zone) for zone, names in _NAMES.items() for entry in names.split(";")
    )
}
PROVINCE_CODES: Final = frozenset(PROVINCES)
_ALIASES: Final = {
    "dki": "31", "dkj": "31", "jakarta": "31", "dk jakarta": "31", "daerah khusus jakarta": "31",
    "daerah khusus ibukota jakarta": "31", "jogja": "34", "yogya": "34", "yogyakarta": "34", "jogjakarta": "34",
    "diy": "34", "daerah istimewa yogyakarta": "34", "d.i. yogyakarta": "34", "di jogja": "34", "ntt": "53", "ntb": "52",
    "nad": "11", "nanggroe aceh darussalam": "11", "sumut": "12", "sumbar": "13", "sumsel": "16", "babel": "19",
    "bangka belitung": "19", "kepri": "21", "jabar": "32", "jateng": "33", "jatim": "35", "kalbar": "61", "kalteng": "62",
    "kalsel": "63", "kaltim": "64", "kaltara": "65", "sulut": "71", "sulteng": "72", "sulsel": "73", "sultra": "74",
    "sulbar": "76", "malut": "82", "pabar": "92", "irian jaya": "91", "west java": "32", "central java": "33",
    "east java": "35",
}  # fmt: skip
"""Other names of provinces, as people type them."""
_PLACE_ALIASES: Final = {
    "jogja": "yogyakarta", "yogya": "yogyakarta", "jogjakarta": "yogyakarta", "solo": "surakarta", "ujung pandang": "makassar",
    "jakbar": "jakarta barat", "jaksel": "jakarta selatan", "jakut": "jakarta utara", "jaktim": "jakarta timur",
    "jakpus": "jakarta pusat", "tangsel": "tangerang selatan", "siantar": "pematangsiantar", "tj pinang": "tanjung pinang",
}  # fmt: skip
"""Other names of regencies and cities, as people type them."""
SHORTEST_BEGINNING = 3
"""Characters of another name from which on it is understood while it is typed."""


@cache
def places() -> tuple[Place, ...]:
    """The 416 regencies and 98 cities in the order of their provinces."""
    data = json.loads(Path(__file__).with_name("places.json").read_text(encoding="utf-8"))
    return tuple(
        Place(f"{kind} {name}", code)
        for code, kinds in data.items()
        for kind, key in (("Kabupaten", "kabupaten"), ("Kota", "kota"))
        for name in kinds.get(key, ())
    )


def province_name(code: str | None) -> str | None:
    """The name of a province, or None for an unknown code."""
    province = PROVINCES.get(code or "")
    return province.name if province else None


def zone_name(code: str | None) -> str:
    """The time zone to show dates in for a province: WIB's when it is unknown."""
    province = PROVINCES.get(code or "")
    return _ZONES[province.zone if province else "WIB"]


def province_code(name: str) -> str | None:
    """The code of a province by its name or a common other name, or None."""
    folded = _fold(name).removeprefix("provinsi ").removeprefix("prov. ").removeprefix("prov ")
    return _province_names().get(folded) or _ALIASES.get(folded)


@cache
def _province_names() -> dict[str, str]:
    return {_fold(province.name): code for code, province in PROVINCES.items()}


def _fold(text: str) -> str:
    words = " ".join(text.casefold().replace("-", " ").split())
    return re.sub(r"\bsumatra\b", "sumatera", re.sub(r"^kab\.? ", "kabupaten ", words))


def _key(folded: str) -> str:
    return folded.replace(" ", "")


def _bare(place: Place) -> str:
    return _fold(place.name.partition(" ")[2])


@cache
def _by_name() -> dict[str, frozenset[str]]:
    """The provinces of each name, with and without Kota or Kabupaten."""
    found: dict[str, set[str]] = {}
    for place in places():
        for name in (_fold(place.name), _bare(place)):
            found.setdefault(_key(name), set()).add(place.province)
    return {name: frozenset(codes) for name, codes in found.items()}


def official(place: str, province: str | None) -> str | None:
    """The regency or city of the list that a place line names in its province ("Kota Malang"), None for anything else.

    Of a name that both a regency and a city bear, the city is meant, as it is where letters are from.
    """
    folded = _PLACE_ALIASES.get(_fold(place), _fold(place))
    return _official().get((_key(folded), province or ""))


@cache
def _official() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for place in sorted(places(), key=lambda one: one.name.startswith("Kabupaten")):
        for name in (_fold(place.name), _bare(place)):
            found.setdefault((_key(name), place.province), place.name)
    return found


class Line(NamedTuple):
    """A place line that can be suggested: its order among equals, and itself in the forms that are looked at."""

    words: str
    order: int  # cities, regencies, provinces
    bare: str
    whole: str
    tails: tuple[str, ...]  # what begins at each word, without spaces


@cache
def _lines() -> tuple[Line, ...]:
    """The places, and the provinces whose names alone do not mean a city (as Jambi and Gorontalo do)."""
    named = [
        (f"{place.name}, {PROVINCES[place.province].name}", int(place.name.startswith("Kabupaten")), _bare(place))
        for place in places()
    ]
    provinces = [(province.name, _fold(province.name)) for province in PROVINCES.values()]
    named += [(name, 2, folded) for name, folded in provinces if _key(folded) not in _by_name()]
    made = []
    for words, order, bare in named:
        whole = _fold(words.replace(",", ""))
        parts = whole.split()
        made.append(Line(words, order, bare, whole, tuple("".join(parts[at:]) for at in range(len(parts)))))
    return tuple(made)


def suggest(q: str, limit: int = 8) -> list[str]:
    """Place lines that fit what is typed, such as "Kota Surabaya, Jawa Timur" or "Jawa Timur".

    The same name first, then what begins so, then what holds it; cities before regencies before provinces.
    """
    typed = _fold(q[:MAX_PLACE_CHARACTERS].replace(",", " "))
    if len(typed) < 2:
        return []
    readings = [(one, _key(one)) for one in _readings(typed)]
    ranked = []
    for line in _lines():
        ranks = [rank for one, key in readings if (rank := _rank(line, one, key)) is not None]
        if ranks:
            ranked.append((min(ranks), line.order, line.bare, line.words))
    return [words for *_order, words in sorted(ranked)[: max(0, limit)]]


def _rank(line: Line, typed: str, key: str) -> int | None:
    fits = (
        _key(line.bare) == key,
        line.bare.startswith(typed),
        line.whole.startswith(typed),
        any(tail.startswith(key) for tail in line.tails),
    )
    return fits.index(True) if any(fits) else None


def _readings(typed: str) -> set[str]:
    """What is typed, and what it means when other names of places and provinces are put right."""
    found = {typed}
    if len(typed) >= SHORTEST_BEGINNING:
        found |= {name for other, name in _PLACE_ALIASES.items() if other.startswith(typed)}
    words = typed.split()
    for at in range(len(words)):
        if code := _ALIASES.get(" ".join(words[at:])):
            found.add(" ".join([*words[:at], _fold(PROVINCES[code].name)]))
            break
    return found


def parse_place(text: str) -> tuple[str, str | None]:
    """A typed place line as (place, province code): "Surabaya, Jawa Timur" is ("Surabaya", "35").

    The place stays as typed. Without a province the code is given when only one province has that place; a province
    alone is ("", code). What is not known here (abroad, a village) is kept whole, with None.
    """
    line = " ".join(text.split())[:MAX_PLACE_CHARACTERS].strip(" ,.")
    place, comma, last = (part.strip() for part in line.rpartition(","))
    if comma and (code := province_code(last)):
        return place.rstrip(" ,"), code
    folded = _PLACE_ALIASES.get(_fold(line), _fold(line))
    codes = _by_name().get(_key(folded), frozenset())
    if len(codes) == 1:
        return line, next(iter(codes))
    return ("", code) if (code := province_code(line)) and _fold(line) != "yogyakarta" else (line, None)
