"""Names that pass for another: what is caught of a table of look-alikes, and how many honest pairs raise a false alarm."""

from itertools import combinations

import pytest

from forum.core.lookalike import LONGEST_SKELETON_CHARACTERS, loose, scripts, skeleton
from forum.core.text import BadText, plain_name
from forum.merchants.queries import key_of
from tests.merchants.alike import ALIKE, HARD, HONEST


def refused(name: str) -> bool:
    try:
        plain_name(name)
    except BadText:
        return True
    return False


def same(one: str, other: str) -> bool:
    return bool({skeleton(one), loose(one)} & {skeleton(other), loose(other)})


def stopped(real: str, other: str) -> bool:
    """Whether the name makes no second page unseen: it is refused, goes to the real one, or is held up as its look-alike."""
    return refused(other) or key_of(other) == key_of(real) or same(real, other)


def test_the_tables_are_large_and_say_each_pair_once() -> None:
    for table in (ALIKE, HONEST):
        assert len(table) >= 200
        assert len(set(table)) == len(table)
        assert all(one != other for one, other in table)


def test_every_look_alike_is_stopped() -> None:
    missed = [pair for pair in ALIKE if not stopped(*pair)]
    assert missed == []


def test_the_skeleton_alone_catches_them_too_where_no_rule_of_script_helps() -> None:
    missed = [pair for pair in ALIKE if not same(*pair)]
    assert len(missed) / len(ALIKE) <= 0.01, missed


def test_honest_pairs_stay_two() -> None:
    alarms = [pair for pair in HONEST if stopped(*pair)]
    assert alarms == []


def test_of_all_honest_names_no_two_raise_an_alarm() -> None:
    """Each name against every other: 66,000 pairs."""
    names = sorted({key_of(name) for pair in HONEST for name in pair} | {key_of(real) for real, _other in ALIKE})
    assert [pair for pair in combinations(names, 2) if same(*pair)] == []


def test_the_price_is_known() -> None:
    """Real words that differ by a trick alone are taken for each other; their letters are sent with the name held up."""
    assert [pair for pair in HARD if not same(*pair)] == []


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Toko Melati", {"LATIN"}),
        ("Кафе Мелати", {"CYRILLIC"}),
        ("Toko Кафе", {"LATIN", "CYRILLIC"}),
        ("東京ラーメン", {"HAN"}),
        ("ラーメン太郎の店", {"HAN"}),
        ("متجر الياسمين", {"ARABIC"}),
        ("Toko 24 Jam!", {"LATIN"}),
        ("4711", set()),
    ],
)
def test_the_scripts_of_a_name(name: str, written: set[str]) -> None:
    assert scripts(name) == written
    assert refused(name) == (len(written) > 1)


@pytest.mark.parametrize(
    "name", ["Toko\u202eMelati", "\u2066Toko\u2069 Melati", "Toko Melati\U000e0041", "Toko\ue000Melati", "Toko \u202dMelati"]
)
def test_what_turns_the_direction_or_is_seen_by_nobody_is_refused(name: str) -> None:
    with pytest.raises(BadText) as problem:
        plain_name(name)
    assert problem.value.code == "hidden_characters"


@pytest.mark.parametrize("name", ["Toko \u2764\ufe0f Melati", "Toko\u200d Melati", "Café Rasa", "H&M", "7-Eleven", "Mitra10", "三井住友銀行"])
def test_honest_names_with_signs_are_taken(name: str) -> None:
    assert not refused(name)


@pytest.mark.parametrize("name", ["ﷺ" * 100, "x" * 100, "\U0001d400" * 100, "店" * 100, "\u0301" * 100, "🏴", "", "!!!", "ﬀ" * 100])
def test_a_skeleton_bears_anything_and_fits_its_column(name: str) -> None:
    assert len(skeleton(name)) <= LONGEST_SKELETON_CHARACTERS
    assert len(loose(name)) <= LONGEST_SKELETON_CHARACTERS
    assert skeleton(skeleton(name)) == skeleton(name)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("PT. Toko Melati Tbk", "Toko Melati"),
        ("CV Maju Jaya", "Maju Jaya"),
        ("tokomelati.co.id", "Toko Melati"),
        ("https://www.tokomelati.com/", "Toko Melati"),
        ("PT", "PT"),
        ("PT XL", "PT XL"),
    ],
)
def test_the_legal_form_and_the_site_make_no_other_business(name: str, core: str) -> None:
    assert loose(name) == skeleton(core)
