"""The pages of figures: what they say, what they cost, and that they are the same for everybody."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from forum.core.db import db, unit_of_work
from forum.letters.lifecycle import Outcome, ResponseState
from forum.letters.models import Case, Letter
from forum.pages import cache
from forum.statistics import figures
from forum.statistics.counted import Days
from forum.statistics.words import days_words

SVG = "{http://www.w3.org/2000/svg}"
ENDS = ("", "/letters", "/figures.csv", "/badge", "/badge.svg", "/badge/code")
PAGES = ("/statistics", "/statistics/method", "/statistics/letters", "/statistics/categories/toko-online")


def ago(days: float) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


@unit_of_work
def answered(letter: Letter, after: float, outcome: Outcome = Outcome.NONE) -> None:
    case = db.session.get_one(Case, letter.cases[0].id)
    case.response, case.answered_at = ResponseState.ANSWERED, case.started_at + timedelta(days=after)
    case.outcome, case.outcome_at = outcome, None if outcome is Outcome.NONE else case.answered_at


def many(cast, merchant, count: int, *, solved: int = 0, days: float = 3) -> None:
    """So many letters of the last months to a business, the first of them answered and solved."""
    for number in range(count):
        letter = cast.letter(merchants=[merchant], published_at=ago(90 - number))
        if number < solved:
            answered(letter, days, Outcome.SOLVED)


def test_pages_cost_the_same_whatever_there_is(browse, cast) -> None:
    def costs() -> list[int]:
        figures.count_all()
        return [
            len(browse().open(url).queries)
            for url in (
                *PAGES,
                f"/merchants/{cast.shop.slug}",
                f"/merchants/{cast.shop.slug}/letters",
                f"/merchants/{cast.shop.slug}/figures.csv",
                f"/merchants/{cast.shop.slug}/badge.svg",
                "/statistics/figures.csv",
            )
        ]

    many(cast, cast.shop, 12, solved=6)
    many(cast, cast.courier, 11, solved=1)
    first = costs()
    many(cast, cast.shop, 40, solved=20)
    many(cast, cast.merchant("Bank Nusa"), 12)
    assert max(now - before for now, before in zip(costs(), first, strict=True)) <= 0
    assert all(cost <= most for cost, most in zip(first, (1, 0, 4, 2, 9, 5, 2, 2, 1), strict=True)), first


def test_readers_get_no_cookie_and_write_nothing(browse, cast) -> None:
    many(cast, cast.shop, 3, solved=1)
    for url in (*PAGES, "/statistics/figures.csv", *(f"/merchants/{cast.shop.slug}{end}" for end in ENDS)):
        page = browse().open(url)
        assert page.status == 200, url
        assert "Set-Cookie" not in page.response.headers, url
        assert not [query for query in page.queries if not query.lstrip().startswith(("SELECT", "WITH"))], url


def test_a_business_page_says_what_was_counted(browse, cast) -> None:
    many(cast, cast.shop, 12, solved=4)
    figures.count_all()
    words = browse().open(f"/merchants/{cast.shop.slug}").words
    assert "Surat yang dimuat sejak" in words
    assert "n = 12 · rentang 95%: 14 sampai 61%" in words  # Wilson for 4 of 12: R, prop.test(4, 12, correct = FALSE)
    assert "n: 4 ditanggapi, 8 menunggu" in words
    assert "lebih dari" in words  # nine of ten are not answered
    assert "Kurang dari sepuluh" not in words


def test_what_was_never_told_is_no_silence(browse, cast) -> None:
    letter = cast.letter(published_at=ago(60))
    _never_told(letter)
    figures.count_all()
    words = browse().open(f"/merchants/{cast.shop.slug}").words
    assert "Dari 1 kasus pelaku usaha belum pernah diberi tahu" in words
    assert "n: 0 ditanggapi, 0 menunggu" in words
    assert "Tanggapan" in words


@unit_of_work
def _never_told(letter: Letter) -> None:
    db.session.get_one(Case, letter.cases[0].id).notified_at = None


@pytest.mark.parametrize("url", ["/statistics", "/statistics/categories/toko-online", "/merchants/toko-melati"])
def test_charts_are_drawn_and_told(browse, cast, url: str) -> None:
    many(cast, cast.shop, 12, solved=4)
    figures.count_all()
    page = browse().open(url)
    drawn = page.find("figure", class_="statistics__chart")
    assert len(drawn) == 2
    for figure in drawn:
        pictures = [one for one in figure.iter() if one.tag == "svg" and one.get("role") == "img"]
        assert len(pictures) == 1
        named = pictures[0].get("aria-labelledby").split()
        ids = {one.get("id"): "".join(one.itertext()) for one in pictures[0].iter() if one.get("id")}
        assert all(ids[name].strip() for name in named)
        assert figure.find(".//table") is not None
    assert "style=" not in page.text


@pytest.mark.parametrize("url", ["/", "/statistics"])
def test_letters_and_cases_are_told_apart_and_no_category_is_blank(browse, cast, url: str) -> None:
    cast.letter(merchants=[cast.shop, cast.courier], category="toko-online", published_at=ago(2))
    figures.count_all()
    page = browse().open(url)
    assert "2 kasus (surat × pelaku usaha)" in page
    part = "/statistics/categories/" if url == "/statistics" else "/categories/"
    named = ["".join(one.itertext()) for one in page.find("a") if (one.get("href") or "").startswith(part)]
    assert len(named) > 5
    assert {words.split()[-1] for words in named} == {"0", "1"}


def test_nothing_to_count_is_told_as_such(browse, cast) -> None:
    page = browse().open("/statistics")
    assert "Belum ada tanggapan, jadi belum ada yang dapat digambar." in page.words
    assert "Tidak ada surat dalam bulan-bulan ini." in page.words
    assert cast


def test_nobody_is_compared_under_ten(browse, cast) -> None:
    many(cast, cast.shop, 10, solved=2)
    many(cast, cast.courier, 9, solved=9)
    figures.count_all()
    words = browse().open("/statistics/categories/toko-online").words
    assert "Toko Melati" in words
    assert "Kurir Kilat" not in words
    assert "terlalu sedikit untuk diurutkan" in words  # two rated letters make no place


def order(browse, sort: str) -> list[str]:
    page = browse().open(f"/statistics/categories/toko-online?sort={sort}")
    return [
        "".join(th.itertext())
        for th in page.find("table")[0].iter("th")
        if th.get("scope") == "row"
    ]


def test_a_comparison_can_be_sorted_by_each_column(browse, cast) -> None:
    quick, solving, silent = cast.merchant("Cepat"), cast.merchant("Tuntas"), cast.merchant("Bisu")
    for number in range(12):
        answered(cast.letter(merchants=[quick], published_at=ago(60)), 1, Outcome.NOT_SOLVED)
        if number < 11:
            answered(cast.letter(merchants=[solving], published_at=ago(60)), 30, Outcome.SOLVED)
        if number < 10:
            cast.letter(merchants=[silent], published_at=ago(60))
    figures.count_all()
    assert order(browse, "cases") == ["Cepat", "Tuntas", "Bisu"]
    assert order(browse, "in_time")[0] == "Cepat"
    assert order(browse, "median") == ["Cepat", "Tuntas", "Bisu"]
    assert order(browse, "ninth") == ["Cepat", "Tuntas", "Bisu"]
    assert order(browse, "of_rated") == ["Tuntas", "Cepat", "Bisu"]
    assert order(browse, "of_all")[0] == "Tuntas"
    assert browse().open("/statistics/categories/toko-online?sort=nonsense").status == 400
    assert browse().open("/statistics/categories/toko-online?after=abc").status == 400


def test_a_long_comparison_goes_on(browse, cast, monkeypatch) -> None:
    monkeypatch.setattr("forum.statistics.views.site.COMPARED_A_PAGE", 1)
    for name in ("Satu", "Dua", "Tiga"):
        many(cast, cast.merchant(name), 10)
    figures.count_all()
    seen, url = [], "/statistics/categories/toko-online"
    while url:
        page = browse().open(url)
        seen += [name for name in ("Satu", "Dua", "Tiga") if f'/merchants/{name.lower()}"' in page.text]
        following = [a.get("href") for a in page.find("a", rel="next")]
        url = following[0] if following else ""
    assert seen == ["Satu", "Dua", "Tiga"]


def test_the_file_holds_every_number_with_its_letters(browse, cast) -> None:
    many(cast, cast.shop, 12, solved=4)
    figures.count_all()
    page = browse().open(f"/merchants/{cast.shop.slug}/figures.csv")
    assert page.response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in page.response.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(page.text)))
    found = {(row["span"], row["figure"]): row for row in rows if not row["day"]}
    assert found["year", "solved"]["value"] == "4"
    assert found["all", "share_of_all"]["n"] == "12"
    assert float(found["all", "share_of_all"]["value"]) == pytest.approx(4 / 12)
    assert found["year", "ninth_decile_days"]["value"].startswith("> ")
    assert not [row for row in rows if row["figure"] == "letters"]  # a letter to one business is one case
    steps = [float(row["value"]) for row in rows if row["figure"] == "share_answered_by_day" and row["span"] == "year"]
    assert steps == sorted(steps)
    url = found["year", "solved"]["letters"]
    assert len(browse().open(url).find("article", class_="letter-row")) == 4


def test_english_is_complete(browse, cast) -> None:
    many(cast, cast.shop, 12, solved=4)
    figures.count_all()
    browser = browse(language="en")
    assert "Answered in time" in browser.open("/statistics").words
    assert "How we count" in browser.open("/statistics/method").words
    assert "more than" in browser.open(f"/merchants/{cast.shop.slug}").words


def test_days_in_words(app) -> None:
    with app.test_request_context():
        assert days_words(Days(8, 20, 5, 5)) == "8 hari kerja"
        assert days_words(Days(None, 20, 5, 50)) == "lebih dari 20 hari kerja"
        assert days_words(Days(None, 20, 0, 50)) == "belum ada tanggapan"


def test_the_strip_of_the_front_page_leads_on(browse, cast) -> None:
    many(cast, cast.shop, 3, solved=1)
    figures.count_all()
    page = browse().open("/")
    waiting = browse().open(page.link("2"))
    assert len(waiting.find("article", class_="letter-row")) == 2
    assert "/statistics" in page.links()


def badge(browse, cast) -> tuple[str, str]:
    """Words and colour of the picture."""
    page = browse().open(f"/merchants/{cast.shop.slug}/badge.svg")
    tree = ET.fromstring(page.response.get_data(as_text=True).strip())
    return " ".join("".join(tree.itertext()).split()), tree.findall(f"{SVG}rect")[1].get("fill", "")


def test_the_badge_says_the_figure_of_now_and_its_date(browse, cast) -> None:
    many(cast, cast.shop, 9, solved=9, days=1)
    figures.count_all()
    assert "Belum cukup data (n = 9)" in badge(browse, cast)[0]
    answered(cast.letter(published_at=ago(4)), 1, Outcome.SOLVED)
    figures.count_all()
    words, plain = badge(browse, cast)
    assert "Selesai 100% dari 10 surat · 12 bulan · Surat Pembaca" in words
    assert re.search(r"per \d+ \w+ \d{4}", words)
    cast.letter(published_at=ago(60))
    figures.count_all()
    words, red = badge(browse, cast)
    assert "Selesai 91% dari 11 surat" in words
    assert "1 surat lewat batas tanggapan" in words
    assert red == "#A3261B" != plain


def test_no_way_of_asking_hides_the_figure(browse, cast) -> None:
    many(cast, cast.shop, 12, solved=1)
    figures.count_all()
    whole = browse().open(f"/merchants/{cast.shop.slug}/badge.svg").response.get_data()
    for query in ("figure=none", "show=name", "hide=1", "state=plain", "span=all", "lang=en"):
        assert browse().open(f"/merchants/{cast.shop.slug}/badge.svg?{query}").response.get_data() == whole


def test_the_badge_is_the_same_for_everybody(browse, cast) -> None:
    many(cast, cast.shop, 12, solved=1)
    figures.count_all()
    at = f"/merchants/{cast.shop.slug}/badge.svg"
    found = {browse(one).open(at).response.get_data() for one in (None, cast.ana, cast.bima, cast.dewi)}
    found.add(browse(language="en").open(at).response.get_data())
    assert len(found) == 1


def test_only_the_badge_may_stand_on_other_sites(browse, cast) -> None:
    many(cast, cast.shop, 1)
    for end in ("/badge.svg", "/badge"):
        headers = browse().open(f"/merchants/{cast.shop.slug}{end}").response.headers
        assert "frame-ancestors *" in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "X-Frame-Options" not in headers
        assert headers["Cache-Control"] == "public, max-age=60"
        assert "Set-Cookie" not in headers
    for url in (f"/merchants/{cast.shop.slug}", f"/merchants/{cast.shop.slug}/badge/code", "/statistics"):
        headers = browse().open(url).response.headers
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    text = browse().open(f"/merchants/{cast.shop.slug}/badge").text
    assert "<script" not in text
    assert len(text) < 2_500


def test_a_name_in_quotes_stays_inside_its_attribute(browse, cast) -> None:
    sly = cast.merchant('Toko "><script>alert(1)</script>')
    many(cast, sly, 1)
    page = browse().open(f"/merchants/{sly.slug}/badge/code")
    snippet = "".join(page.find("pre")[0].itertext())
    assert 'alt="Toko &#34;&gt;&lt;script&gt;' in snippet
    assert "<script>alert" not in snippet
    assert "<script>alert" not in browse().open(f"/merchants/{sly.slug}/badge.svg").response.get_data(as_text=True)


def test_no_badge_of_what_nobody_knows(browse, cast) -> None:
    cast.merchant("Rahasia")
    for end in ("/badge", "/badge.svg", "/badge/code", "/figures.csv", "/letters"):
        assert browse().open(f"/merchants/rahasia{end}").status == 404


@pytest.mark.parametrize(
    "path",
    ["/statistics", "/statistics/method", "/statistics/letters", "/statistics/categories/toko-online",
     "/merchants/toko-melati/letters", "/merchants/toko-melati/badge/code"],
)  # fmt: skip
def test_the_page_cache_keeps_them(path: str) -> None:
    assert cache.KEPT.fullmatch(path)
    assert cache._kept_query("figure=overdue&span=202611&category=perbankan&after=abc&sort=median")
