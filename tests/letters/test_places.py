"""Provinces, regencies and cities: the counts, what people type, what is suggested."""

from collections import Counter
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from forum.letters import categories, places

# Kabupaten and kota of each province (Kemendagri codes).
COUNTS = (
    "11 18 5; 12 25 8; 13 12 7; 14 10 2; 15 9 2; 16 13 4; 17 9 1; 18 13 2; 19 6 1; 21 5 2; 31 1 5; 32 18 9; 33 29 6; 34 4 1; 35 29 9;"
    "36 4 4; 51 8 1; 52 8 2; 53 21 1; 61 12 2; 62 13 1; 63 11 2; 64 7 3; 65 4 1; 71 11 4; 72 12 1; 73 21 3; 74 15 2; 75 5 1; 76 6 0;"
    "81 9 2; 82 8 2; 91 8 1; 92 7 0; 93 4 0; 94 8 0; 95 8 0; 96 5 1"
)


def test_provinces_and_zones() -> None:
    assert len(places.PROVINCES) == 38
    assert Counter(province.zone for province in places.PROVINCES.values()) == {"WIB": 18, "WITA": 12, "WIT": 8}
    assert places.province_name("35") == "Jawa Timur"
    assert places.province_name("99") is places.province_name(None) is None
    assert [places.zone_name(code) for code in ("35", "51", "91", None)] == [
        "Asia/Jakarta",
        "Asia/Makassar",
        "Asia/Jayapura",
        "Asia/Jakarta",
    ]
    assert ZoneInfo(places.zone_name("51"))


def test_counts_add_up() -> None:
    kinds = Counter((place.province, place.name.split()[0]) for place in places.places())
    wanted = {}
    for row in COUNTS.split(";"):
        code, regencies, cities = row.split()
        wanted[code, "Kabupaten"], wanted[code, "Kota"] = int(regencies), int(cities)
    assert kinds == Counter({key: number for key, number in wanted.items() if number})
    assert sum(number for (_code, kind), number in kinds.items() if kind == "Kabupaten") == 416
    assert sum(number for (_code, kind), number in kinds.items() if kind == "Kota") == 98
    assert len(set(places.places())) == len({place.name for place in places.places()}) == 514


@pytest.mark.parametrize(
    ("typed", "place", "code"),
    [
        ("Surabaya, Jawa Timur", "Surabaya", "35"),
        ("surabaya , jatim", "surabaya", "35"),
        ("Surabaya", "Surabaya", "35"),
        ("Jakarta Barat", "Jakarta Barat", "31"),
        ("Jakarta Barat, DKI", "Jakarta Barat", "31"),
        ("Jakarta", "", "31"),
        ("Medan, Sumatra Utara", "Medan", "12"),
        ("Jogja", "Jogja", "34"),
        ("Sleman, DIY", "Sleman", "34"),
        ("Kupang, NTT", "Kupang", "53"),
        ("Kupang", "Kupang", "53"),
        ("Bandung", "Bandung", "32"),
        ("Kab. Bandung", "Kab. Bandung", "32"),
        ("Banjar", "Banjar", None),  # a city of Jawa Barat and a regency of Kalimantan Selatan
        ("Kota Banjar", "Kota Banjar", "32"),
        ("Banda Aceh, Nanggroe Aceh Darussalam", "Banda Aceh", "11"),
        ("Jawa Timur", "", "35"),
        ("NTB", "", "52"),
        ("Gorontalo", "Gorontalo", "75"),
        ("Taipei, Taiwan", "Taipei, Taiwan", None),
        ("Kecamatan Cilandak, Jakarta Selatan, DKI Jakarta", "Kecamatan Cilandak, Jakarta Selatan", "31"),
        ("Desa Sukamaju", "Desa Sukamaju", None),
        ("  ,  ", "", None),
        ("", "", None),
    ],
)
def test_parse_place(typed: str, place: str, code: str | None) -> None:
    assert places.parse_place(typed) == (place, code)


def test_every_place_is_understood_again() -> None:
    for place in places.places():
        line = f"{place.name}, {places.province_name(place.province)}"
        assert places.parse_place(line) == (place.name, place.province)
        assert places.parse_place(place.name) == (place.name, place.province)


def test_suggest() -> None:
    assert places.suggest("surab")[0] == "Kota Surabaya, Jawa Timur"
    assert places.suggest("Surabaya, Jawa")[0] == "Kota Surabaya, Jawa Timur"
    assert places.suggest("jogja") == places.suggest("yogyakarta")
    assert len(places.suggest("ka")) == 8
    assert len(places.suggest("kota", limit=3)) == 3
    assert places.suggest("x") == places.suggest("") == places.suggest("zzzz") == places.suggest("kota", limit=0) == []
    assert places.suggest("(" * 10_000) == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bandung", ["Kota Bandung, Jawa Barat", "Kabupaten Bandung, Jawa Barat", "Kabupaten Bandung Barat, Jawa Barat"]),
        ("kab. bandung", ["Kabupaten Bandung, Jawa Barat", "Kabupaten Bandung Barat, Jawa Barat"]),
        ("Kabupaten Bandung, Jawa", ["Kabupaten Bandung, Jawa Barat"]),
        ("banjar", ["Kota Banjar, Jawa Barat", "Kabupaten Banjar, Kalimantan Selatan"]),
        ("jog", ["Kota Yogyakarta, DI Yogyakarta"]),
        ("solo", ["Kota Surakarta, Jawa Tengah", "Kota Solok, Sumatera Barat"]),
        ("dki", ["DKI Jakarta", "Kota Jakarta Barat, DKI Jakarta"]),
        ("jaksel", ["Kota Jakarta Selatan, DKI Jakarta"]),
        ("ntt", ["Nusa Tenggara Timur", "Kota Kupang, Nusa Tenggara Timur"]),
        ("Kupang, NTT", ["Kota Kupang, Nusa Tenggara Timur", "Kabupaten Kupang, Nusa Tenggara Timur"]),
        ("medan sumatra", ["Kota Medan, Sumatera Utara"]),
        ("jawa timur", ["Jawa Timur", "Kota Batu, Jawa Timur"]),
        ("papua", ["Papua", "Papua Barat", "Papua Barat Daya", "Papua Pegunungan", "Papua Selatan", "Papua Tengah"]),
        ("tanjungpinang", ["Kota Tanjung Pinang, Kepulauan Riau"]),
        ("Bau-Bau", ["Kota Bau Bau, Sulawesi Tenggara"]),
        ("palangka raya", ["Kota Palangkaraya, Kalimantan Tengah"]),
    ],
)
def test_suggestions_know_twins_other_names_and_other_spellings(typed: str, first: list[str]) -> None:
    assert places.suggest(typed)[: len(first)] == first


def test_every_suggestion_is_understood_and_every_name_suggests_itself() -> None:
    provinces = {province.name for province in places.PROVINCES.values()} - {"Bengkulu", "Jambi", "Gorontalo"}
    for line in [*provinces, *(f"{one.name}, {places.province_name(one.province)}" for one in places.places())]:
        assert places.suggest(line)[0] == line
        place, code = places.parse_place(line)
        assert ", ".join(part for part in (place, places.province_name(code)) if part) == line


def test_everybody_is_given_suggestions(browse) -> None:
    assert browse().open("/places/suggest?q=surab").response.json == [{"name": "Kota Surabaya, Jawa Timur"}]
    assert browse().open("/places/suggest").response.json == []


def test_the_place_stays_free_text_with_and_without_scripts(browse, cast) -> None:
    page = browse(cast.ana).open("/letters/write")
    [field] = page.find("input", name="place")
    assert (field.get("list"), field.get("pattern"), field.get("role")) == (None, None, None)
    [box] = page.find("div", **{"data-suggest-url": "/places/suggest"})
    assert field in list(box)
    assert box.get("data-most") is None


def test_categories() -> None:
    assert len(categories.STARTING) == len(set(categories.all_keys())) == 22
    assert categories.name("toko-online") == "Toko Online & Marketplace"
    assert categories.name(categories.STARTING[-1], "en_GB") == "Other"
    assert categories.find("penipuan") is categories.STARTING[20]
    assert categories.find("tidak-ada") is None
    with pytest.raises(KeyError):
        categories.name("tidak-ada")
    assert all(first.indonesian != second.indonesian for first, second in pairwise(categories.STARTING))
