"""Words give way to a mark and come back just as they were: examples, and any text at all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.core.phrases import pattern_of
from forum.redactions.lifecycle import Label
from forum.redactions.marks import (
    MARKS,
    SHORT,
    Cover,
    cover,
    cover_html,
    cut_pattern_of,
    fits,
    snippets,
    uncover,
)

pytestmark = pytest.mark.pure
PHONE, NAME = MARKS[Label.PHONE], MARKS[Label.NAME]


def covered(text: str, words: str, mark: str = PHONE) -> str:
    return cover(text, (), pattern_of([words]), mark=mark, owner=1).text


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("WA 0812-3456-7890 ya", "0812-3456-7890", f"WA {PHONE} ya"),
        (
            "WA 081234567890, +6281234567890 dan +62 812 3456 7890.",
            "0812-3456-7890",
            f"WA {PHONE}, {PHONE} dan {PHONE}.",
        ),
        ("(0812) 3456 7890", "081234567890", PHONE),
        ("62812-3456-7890", "0812 3456 7890", PHONE),
        ("0812-3456-78901 lain", "0812-3456-7890", "0812-3456-78901 lain"),
        ("10812-3456-7890", "0812-3456-7890", "10812-3456-7890"),
        ("NIK 3578 0141 0790 0003", "3578014107900003", f"NIK {PHONE}"),
        ("Pak BUDI  SANTOSO\ndan Budi\nSantoso", "Budi Santoso", f"Pak {PHONE}\ndan {PHONE}"),
        ("Budianto bukan Budi", "Budi", f"Budianto bukan {PHONE}"),
        ("ana@contoh.id", "ana@contoh.id", PHONE),
        ("Rp105.000", "Budi", "Rp105.000"),
        (f"{PHONE} tetap", "nomor telepon", f"{PHONE} tetap"),
        ("a.b*c (d)", "b*c (d)", f"a.{PHONE}"),
    ],
)
def test_what_gives_way(text: str, words: str, left: str) -> None:
    assert covered(text, words) == left


def test_where_the_mark_does_not_fit_a_short_one_stands() -> None:
    done = cover("x" * 150 + " Budi", (), pattern_of(["Budi"]), mark=NAME, owner=3, most=160)
    assert done.text == "x" * 150 + f" {SHORT}"
    assert uncover(done.text, done.covers, owner=3).text == "x" * 150 + " Budi"


def test_each_redaction_takes_back_its_own_marks_only() -> None:
    one = cover("Ana dan Budi dan ANA", (), pattern_of(["Ana"]), mark=NAME, owner=1)
    both = cover(one.text, one.covers, pattern_of(["Budi"]), mark=NAME, owner=2)
    assert both.text == f"{NAME} dan {NAME} dan {NAME}"
    assert uncover(both.text, both.covers, owner=1).text == f"Ana dan {NAME} dan ANA"
    assert uncover(both.text, both.covers, owner=2).text == f"{NAME} dan Budi dan {NAME}"


def test_a_mark_that_somebody_typed_is_nobodys() -> None:
    text = f"{PHONE} saya 0812-3456-7890"
    done = cover(text, (), pattern_of(["0812-3456-7890"]), mark=PHONE, owner=7)
    assert done.covers == (Cover(0, PHONE, ""), Cover(7, PHONE, "0812-3456-7890"))
    assert uncover(done.text, done.covers, owner=7).text == text
    assert uncover(done.text, done.covers, owner=0).text == done.text


def test_where_marks_were_changed_since_nothing_is_put_back() -> None:
    done = cover("0812-3456-7890 atau Budi", (), pattern_of(["0812-3456-7890"]), mark=PHONE, owner=7)
    for changed in ("tanpa tanda", f"{NAME} atau Budi", f"{done.text} {PHONE}"):
        assert uncover(changed, done.covers, owner=7) == (changed, uncover(changed, done.covers, owner=7).covers, 0)


WORDS = st.sampled_from(
    ["Budi", "Santoso", "0812-3456-7890", "081234567890", PHONE, SHORT, "dan", ".", "\n", "[", "é", "Rp5.000"]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=30), st.sampled_from([" ", ""]), st.permutations(["Budi", "Santoso", "081234567890"]))
def test_any_text_comes_back_in_any_order(parts: list[str], gap: str, order: list[str]) -> None:
    text = now = gap.join(parts)
    covers: tuple[Cover, ...] = ()
    for owner, words in enumerate(["Santoso", "081234567890", "Budi"], start=1):
        now, covers, _count = cover(now, covers, pattern_of([words]), mark=NAME, owner=owner)
        assert not snippets(now, pattern_of([words]))
    owners = {"Santoso": 1, "081234567890": 2, "Budi": 3}
    for words in order:
        now, covers, _count = uncover(now, covers, owner=owners[words])
    assert now == text


@pytest.mark.parametrize("words", ["ab", " ", "...", "a-b", "x" * 201, PHONE, f"nomor {SHORT}"])
def test_what_cannot_be_covered(words: str) -> None:
    assert not fits(words)


def test_html_keeps_its_tags() -> None:
    html = '<a class="Budi" href="/Budi">Budi &amp; Ana</a>'
    assert cover_html(html, pattern_of(["Budi"]), NAME) == f'<a class="Budi" href="/Budi">{NAME} &amp; Ana</a>'


def test_in_mails_cut_words_go_too() -> None:
    words = cut_pattern_of(["Budi Santoso"])
    assert words.sub("#", "Kurir Budi San… dan Budi Santoso, Budi") == "Kurir #… dan #, Budi"
    assert cut_pattern_of(["Ani"]).sub("#", "Ani An…") == "# An…"
    assert cut_pattern_of(["0812-3456"]).sub("#", "WA 0812-34…") == "WA #…"


def test_hostile_texts_take_no_time_that_grows_faster() -> None:
    words = pattern_of(["0812-3456-7890", "a" * 200, "x " * 99 + "x"])
    for text in ("0812 3456 789 " * 1500, "a" * 20_000, "x " * 10_000, "+" * 20_000, "62 " * 7_000, "((((" * 5_000):
        assert cover(text, (), words, mark=PHONE, owner=1).text
