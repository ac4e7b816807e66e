"""Cleaning, rendering, excerpts, slugs and names; hostile input costs bounded work."""

import html
import re
import unicodedata

import html5lib
import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core import text
from forum.core.text import BadText, clean, excerpt, initials, plain_name, render, slug

pytestmark = pytest.mark.pure

SIZE = 20_000
HOSTILE = {
    "brackets": "(" * SIZE,
    "hyphens": "a-a-" * (SIZE // 4),
    "less than": "<" * SIZE,
    "nested tags": "<b>" * (SIZE // 3),
    "ampersands": "&" * SIZE,
    "nested quotes": "> " * (SIZE // 2),
    "empty quotes": ">\n" * (SIZE // 2),
    "quotes": "> x\n\n" * (SIZE // 5),
    "schemes": "http://" * (SIZE // 7),
    "schemes apart": "http:// " * (SIZE // 8),
    "at": "@" * SIZE,
    "addresses": '"a@b.co" ' * (SIZE // 9),
    "square": "[" * SIZE,
    "emoji": "👨‍👩‍👧" * (SIZE // 5),
    "links": "https://a.co " * (SIZE // 13),
    "bare links": "a.com," * (SIZE // 6),
    "not links": "-.com " * (SIZE // 6),
    "open paths": ("http://a.co/" + "(" * 1900 + " ") * 10,
    "quoted paths": ("http://a.co/" + "\"'" * 900 + " ") * 10,
    "newlines": "x\n" * (SIZE // 2),
    "numbers": "1. a\n" * (SIZE // 5),
    "list": "- a\n" * (SIZE // 4),
    "marks": "a" + "\u0301\u0323" * (SIZE // 2),
    "marks of two": "\u0344" * SIZE,
    "spaces": " " * SIZE,
}
anything = st.text(st.characters(codec=None), max_size=400)
typed = st.text(st.sampled_from("ab <>&\"'-.>1\n @/:(é\u00a0") | st.characters(codec="utf-8"), max_size=200)
pieces = st.lists(
    st.sampled_from(
        [
            "- a",
            "- b",
            "1. a",
            "2. b",
            "> q",
            ">",
            "",
            "x",
            "https://contoh.id/a?b=1&c",
            "<i>",
            "http://a:b@c.id",
            "&amp;",
            " ",
        ]
    )
    | typed,
    max_size=12,
).map("\n".join)


def gate(markup: str) -> str:
    return nh3.clean(
        markup,
        tags=set(text.TAGS),
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https"},
        link_rel=text.LINK_REL,
    )


def words(markup: str) -> str:
    tree = html5lib.parseFragment(markup, namespaceHTMLElements=False)
    return "".join("".join(tree.itertext()).split())


def test_clean() -> None:
    assert clean("a\r\nb\rc\u2028d\u2029e\u0085f") == "a\nb\nc\nd\ne\nf"
    assert clean("a\0b\x07c\x7fd\x9be\ufefff\ufffeg\th") == "abcdefg\th"
    assert clean("\u202eterbalik\u202c \u2066x\u2069 \u200ey\u200f\u061c") == "terbalik x y"
    assert clean("cafe\u0301") == "caf\u00e9"
    assert clean("a\ud800b") == "a\ufffdb"
    assert clean("👨‍👩‍👧 🇮🇩") == "👨‍👩‍👧 🇮🇩", "joiners of emoji stay"
    assert len(clean("a" + "\u0323" * 1000)) <= text.MAX_MARKS + 1
    for untouched in ('"Rp.62.000" +/- 79K [#123 “kutip” ‘x’ --', "muter-muter   dua  spasi", "  depan"):
        assert clean(untouched) == untouched


@given(anything)
def test_cleaning_twice_changes_nothing_and_can_be_saved(value: str) -> None:
    once = clean(value)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode().decode() == once
    assert "\r" not in once
    assert "\0" not in once


@pytest.mark.parametrize(
    ("value", "markup"),
    [
        ("", ""),
        ("satu\ndua\n\n\ntiga", "<p>satu<br>dua</p><p>tiga</p>"),
        ("a\n \t\nb", "<p>a</p><p>b</p>"),
        ("<b>&amp;</b> 'x' \"y\"", "<p>&lt;b&gt;&amp;amp;&lt;/b&gt; 'x' \"y\"</p>"),
        ("Kronologi:\n- satu\n- dua\nlalu", "<p>Kronologi:</p><ul><li>satu</li><li>dua</li></ul><p>lalu</p>"),
        ("- sendiri", "<p>- sendiri</p>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("1. a\n1. b", "<p>1. a<br>1. b</p>"),
        ("1. a\n\n2. b", "<p>1. a</p><p>2. b</p>"),
        ("2. a\n1. b\n2. c", "<p>2. a</p><ol><li>b</li><li>c</li></ol>"),
        ("10.000\n11.000", "<p>10.000<br>11.000</p>"),
        ("-5 derajat\n-6 derajat", "<p>-5 derajat<br>-6 derajat</p>"),
        ("> a\n> b\n>\n> c\nd", "<blockquote><p>a<br>b</p><p>c</p></blockquote><p>d</p>"),
        ("> > a", "<blockquote><p>&gt; a</p></blockquote>"),
        ("> 3 hari belum dibalas", "<p>&gt; 3 hari belum dibalas</p>"),
        (">\n>", "<p>&gt;<br>&gt;</p>"),
        (">_<", "<p>&gt;_&lt;</p>"),
    ],
)
def test_render(value: str, markup: str) -> None:
    assert render(value) == markup


@pytest.mark.parametrize(
    "value", ["Rp.62.000", "+/-", "79K", "[#123", "“Rp 1.808.000”", "koq?!!", "a -- b", "J&T", "*****MTG8U"]
)
def test_typed_things_stay_as_typed(value: str) -> None:
    assert render(value) == f"<p>{html.escape(value, quote=False)}</p>"


@pytest.mark.parametrize(
    ("value", "href"),
    [
        ("lihat https://contoh.id/a?b=1&c=2.", "https://contoh.id/a?b=1&c=2"),
        ("(http://contoh.co.id/x)", "http://contoh.co.id/x"),
        ("www.contoh.com ya", "https://www.contoh.com"),
        ("tokoku.shop", "https://tokoku.shop"),
        ("https://contoh.id:8443/a", "https://contoh.id:8443/a"),
    ],
)
def test_links(value: str, href: str) -> None:
    assert re.findall(r'<a href="([^"]*)" rel="nofollow ugc noopener">', render(value)) == [href.replace("&", "&amp;")]
    assert words(render(value)) == "".join(value.split())


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://contoh.id",
        "//contoh.id",
        "mailto:ana@contoh.id",
        "ana@contoh.id",
        "http://ana:rahasia@contoh.id/",
        "https://contoh.id@jahat.id",
        "http://localhost/x",
        "barang.ke toko",
        "192.168.1.1",
        "Rp.62.000",
        "http://" + "a" * 3000 + ".id",
    ],
)
def test_not_links(value: str) -> None:
    assert "<a" not in render(value)


def test_links_are_capped_and_the_rest_stays_text() -> None:
    value = " ".join(f"https://contoh.id/{number}" for number in range(50))
    assert render(value).count("<a ") == text.MAX_LINKS
    assert words(render(value)) == value.replace(" ", "")


def test_link_tries_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    original = text._LINKS.match
    monkeypatch.setattr(text._LINKS, "match", lambda word: sizes.append(len(word)) or original(word))
    for value in HOSTILE.values():
        sizes.clear()
        render(value)
        assert len(sizes) <= text.MAX_LINK_TRIES
        assert max(sizes, default=0) <= text.MAX_LINK_CHARACTERS


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_rendered_soon_and_whole(kind: str) -> None:
    value = HOSTILE[kind]
    markup = render(value)
    assert gate(markup) == markup
    assert len(markup) <= 8 * SIZE
    if kind not in {"list", "marks", "marks of two", "quotes", "nested quotes"}:
        assert words(markup) == "".join(value.split())


@given(pieces)
def test_render_is_a_fixed_point_of_the_last_gate(value: str) -> None:
    markup = render(value)
    assert gate(markup) == markup
    assert set(re.findall(r"</?([a-z]+)", markup)) <= text.TAGS
    assert not re.search(r"<[^>]*\s(?!href=|rel=|start=)[a-z-]+=", re.sub(r'"[^"]*"', '""', markup))


@given(st.text(st.characters(codec="utf-8", exclude_characters=">-0123456789"), max_size=300))
def test_no_word_is_lost(value: str) -> None:
    assert words(render(value)) == "".join(clean(value).split())


def test_excerpt() -> None:
    assert excerpt("satu\n\ndua  tiga") == "satu dua tiga"
    assert excerpt("satu dua tiga", 9) == "satu dua…"
    assert excerpt("x" * 300) == "x" * 219 + "…"
    assert excerpt("kata " * 4000).endswith("kata…")


@given(typed, st.integers(10, 300))
def test_excerpt_fits(value: str, length: int) -> None:
    short = excerpt(value, length)
    assert len(short) <= length
    assert "\n" not in short


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Hati-hati untuk Seller Baru di TikTok!", "hati-hati-untuk-seller-baru-di-tiktok"),
        ("J&T", "j-t"),
        ("Café Ümlaut", "cafe-umlaut"),
        ("你好", "surat"),
        ("", "surat"),
        ("!!!", "surat"),
        ("a" * 200, "a" * 80),
        ("kata " * 30, "-".join(["kata"] * 16)),
    ],
)
def test_slug(value: str, expected: str) -> None:
    assert slug(value) == expected


@given(anything)
def test_slug_is_always_an_address(value: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(value))
    assert len(slug(value)) <= text.MAX_SLUG_CHARACTERS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Maria Febrina", "M. F."),
        ("Lina", "L."),
        ("UTOMO", "U."),
        ("Riani Rusmita H.", "R. R. H."),
        ("siti aminah, S.H.", "S. A."),
        ("'Aisyah", "A."),
        ("Ana - Maria", "A. M."),
        ("", ""),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_plain_name() -> None:
    assert plain_name("  Maria\u200b   Febrina ") == "Maria Febrina"
    assert plain_name("Lina") == "Lina"
    assert plain_name("H. Ma'ruf S.Sos-I") == "H. Ma'ruf S.Sos-I"
    for bad, code in [
        ("", "empty"),
        ("\u200b", "empty"),
        ("--", "empty"),
        ("a\nb", "several_lines"),
        ("a" * 101, "too_long"),
    ]:
        with pytest.raises(BadText) as problem:
            plain_name(bad)
        assert problem.value.code == code
