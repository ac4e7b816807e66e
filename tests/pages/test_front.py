"""The front page, categories and businesses: what stands in them, what never does, and what they cost."""

from datetime import UTC, datetime, timedelta

import pytest

from forum.core.db import db, unit_of_work
from forum.letters.lifecycle import Outcome, Publication, ResponseState, Visibility
from forum.letters.models import Case, Letter
from forum.statistics import figures
from forum.statistics.models import WHOLE_SITE, business


@unit_of_work
def set_case(letter: Letter, position: int = 0, **values: object) -> None:
    case = db.session.get(Case, letter.cases[position].id)
    for name, value in values.items():
        setattr(case, name, value)


def ago(days: float) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def answered(letter: Letter, outcome: Outcome = Outcome.NONE, days: float = 1) -> None:
    set_case(
        letter,
        response=ResponseState.ANSWERED,
        answered_at=ago(days),
        outcome=outcome,
        outcome_at=ago(days / 2) if outcome is not Outcome.NONE else None,
    )


@pytest.fixture
def letters(cast) -> dict[str, Letter]:
    """One letter in each state that matters to a list."""
    made = {
        "old": cast.letter(title="Sudah lama menunggu jawaban", published_at=ago(40)),
        "new": cast.letter(title="Surat paling baru hari ini", published_at=ago(0.1), merchants=[cast.courier]),
        "solved": cast.letter(title="Kasus ini sudah selesai baik", published_at=ago(20)),
        "answered": cast.letter(title="Ditanggapi tetapi belum dinilai", published_at=ago(10)),
        "hidden": cast.letter(title="Rahasia yang diturunkan", publication=Publication.TAKEN_DOWN, published_at=ago(5)),
        "unlisted": cast.letter(title="Tersembunyi dari daftar", visibility=Visibility.UNLISTED, published_at=ago(4)),
        "waiting": cast.letter(title="Menunggu tinjauan redaksi", publication=Publication.SUBMITTED),
    }
    answered(made["solved"], Outcome.SOLVED, days=15)
    answered(made["answered"], days=6)
    return made


def titles(page) -> list[str]:
    return [
        "".join(h.itertext())
        for h in [*page.find("h2", class_="letter-row__title"), *page.find("h3", class_="letter-row__title")]
    ]


def test_newest_first_and_nothing_that_is_not_public(browse, letters) -> None:
    assert titles(browse().open("/")) == [letters[name].title for name in ("new", "answered", "solved", "old")]


@pytest.mark.parametrize(
    ("tab", "names"),
    [
        ("unanswered", ["new", "old"]),
        ("longest", ["old", "new"]),
        ("solved", ["solved"]),
        ("newest", ["new", "answered", "solved", "old"]),
    ],
)
def test_tabs(browse, letters, tab: str, names: list[str]) -> None:
    assert titles(browse().open(f"/?tab={tab}")) == [letters[name].title for name in names]


def test_acknowledged_letters_still_wait_and_asked_ones_do_not(browse, letters) -> None:
    set_case(letters["old"], response=ResponseState.ACKNOWLEDGED)
    set_case(letters["new"], response=ResponseState.ASKED)
    assert titles(browse().open("/?tab=longest")) == [letters["old"].title]


def test_figures_carry_their_n(browse, letters, cast) -> None:
    cast.letter(title="Tentang dua pelaku usaha sekaligus", merchants=[cast.shop, cast.courier])
    words = browse().open("/").words
    assert "dari 5 surat" in words
    assert figures.of(WHOLE_SITE).waiting == 3
    assert "n = 6 kasus (surat × pelaku usaha) · 4" in words  # two were answered, four cases wait
    assert "100%" in words


def test_figures_come_from_the_row_that_the_worker_keeps(browse, letters, cast) -> None:
    figures.count_all()
    cast.letter(title="Datang setelah dihitung", published_at=ago(0.01))
    assert "dari 4 surat" in browse().open("/").words
    figures.count_all()
    assert "dari 5 surat" in browse().open("/").words


@pytest.mark.parametrize(
    "url", ["/?tab=nonsense", "/?after=abc", "/?after=aTE", "/?tab=longest&after=%F0%9F%98%80", "/?after=" + "A" * 300]
)
def test_bad_addresses_are_400(browse, letters, url: str) -> None:
    assert browse().open(url).status == 400


def test_pages_go_on_by_key(browse, cast) -> None:
    made = [cast.letter(title=f"Surat nomor {number:03d}", published_at=ago(60 - number)) for number in range(45)]
    seen: list[str] = []
    page, most = browse().open("/"), 0
    while True:
        seen += titles(page)
        most = max(most, len(page.queries))
        following = [a.get("href") for a in page.find("a", rel="next")]
        if not following:
            break
        page = browse().open(following[0])
    assert seen == [letter.title for letter in reversed(made)]
    assert most <= 12


def test_longest_waiting_goes_on_by_key(browse, cast) -> None:
    made = [cast.letter(title=f"Surat nomor {number:03d}", published_at=ago(60 - number)) for number in range(25)]
    for letter in made[::2]:
        set_case(letter, response=ResponseState.ACKNOWLEDGED)
    first = browse().open("/?tab=longest")
    second = browse().open(first.find("a", rel="next")[0].get("href"))
    assert titles(first) + titles(second) == [letter.title for letter in made]


def test_queries_do_not_grow(browse, cast) -> None:
    for number in range(21):
        cast.letter(title=f"Surat nomor {number:03d}", published_at=ago(60 - number))
    figures.count_all()
    browse().open("/")
    for url, most in (
        ("/", 5),
        ("/?tab=longest", 5),
        ("/categories/toko-online", 5),
        (f"/merchants/{cast.shop.slug}", 8),
    ):
        assert len(browse().open(url).queries) <= most, url


def test_category(browse, letters, cast) -> None:
    cast.letter(title="Soal bank bukan toko", category="perbankan", published_at=ago(2))
    page = browse().open("/categories/perbankan")
    assert titles(page) == ["Soal bank bukan toko"]
    assert browse().open("/categories/tidak-ada").status == 404


def test_businesses_from_a_to_z_only_with_public_letters(browse, letters, cast) -> None:
    cast.merchant("Apotek Tak Bersurat")
    page = browse().open("/merchants")
    assert page.words.index("Kurir Kilat") < page.words.index("Toko Melati")
    assert "Apotek" not in page.words
    begins = {a.text: a.get("href") for a in page.find("nav", class_="initials")[0]}
    assert "Toko Melati" in browse().open(begins["T"]).words
    assert "Kurir Kilat" not in browse().open(begins["T"]).words
    assert "Kurir Kilat" in browse().open(begins["A"]).words


def test_business_page_counts_honestly(browse, letters, cast) -> None:
    answered(letters["old"], Outcome.PARTLY, days=1)
    figures.count_all()
    page = browse().open(f"/merchants/{cast.shop.slug}")
    counted = figures.of(business(cast.shop.id))
    assert [counted.all[one] for one in ("cases", "unanswered", "solved", "partly", "no_verdict")] == [3, 0, 1, 1, 1]
    assert [counted.all.rate(one).n for one in ("of_confirmed", "of_rated", "of_all")] == [1, 2, 3]
    assert "Kurang dari sepuluh surat" in page.words
    assert titles(page) == [letters[name].title for name in ("answered", "solved", "old")]
    assert titles(browse().open(f"/merchants/{cast.shop.slug}?tab=solved")) == [
        letters["solved"].title,
        letters["old"].title,
    ]
    assert titles(browse().open(f"/merchants/{cast.courier.slug}?tab=waiting")) == [letters["new"].title]


def test_business_without_public_letters_is_unknown_to_guests(browse, cast) -> None:
    cast.letter(merchants=[cast.merchant("Toko Rahasia")], publication=Publication.SUBMITTED)
    assert browse().open("/merchants/toko-rahasia").status == 404
    assert browse().open("/merchants/tidak-ada-sama-sekali").status == 404


def test_business_page_shows_the_proof(browse, letters, cast) -> None:
    assert "Belum ada perwakilan resmi" in browse().open(f"/merchants/{cast.courier.slug}").words
    cast.bima  # noqa: B018 - appoints the voice
    page = browse().open(f"/merchants/{cast.shop.slug}")
    assert "tokomelati.example" in page.words


def test_hidden_words_stand_on_no_page(browse, letters, cast) -> None:
    for url in (
        "/",
        "/?tab=unanswered",
        "/categories/toko-online",
        f"/merchants/{cast.shop.slug}",
        "/feed.atom",
        "/sitemap.xml",
    ):
        text = browse().open(url).text
        for name in ("hidden", "unlisted", "waiting"):
            assert letters[name].title not in text, url


def test_readers_get_no_cookie_and_write_nothing(browse, letters, cast) -> None:
    for url in (
        "/",
        f"/merchants/{cast.shop.slug}",
        "/rules",
        "/search?q=barang",
        "/feed.atom",
        "/categories/perbankan",
    ):
        page = browse().open(url)
        assert "Set-Cookie" not in page.response.headers, url
        assert not [query for query in page.queries if not query.lstrip().startswith(("SELECT", "WITH"))], url


def test_english_is_complete_on_lists(browse, letters) -> None:
    assert "waiting for a response now" in browse(language="en").open("/").words
