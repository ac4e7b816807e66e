"""Each figure opens the letters that it counts: as many rows as the figure says, on however many pages."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from forum.letters import categories
from forum.letters.lifecycle import Publication
from forum.statistics import figures
from forum.statistics.measures import MEASURES
from forum.statistics.models import WHOLE_SITE, business, filed_under
from forum.statistics.tally import BY_MONTH
from tests.statistics.story import CATEGORIES, Story

BEGIN = datetime(2026, 1, 28, 2, tzinfo=UTC)
MOST_QUERIES = 8


def walked(browser, url: str) -> int:
    """The rows of a list, over all its pages."""
    rows, pages = 0, 0
    while url:
        page = browser.open(url)
        assert page.status == 200, url
        assert len(page.queries) <= MOST_QUERIES, url
        rows += len(page.find("article", class_="letter-row"))
        following = [a.get("href") for a in page.find("a", rel="next")]
        url, pages = following[0] if following else "", pages + 1
        assert pages < 50
    return rows


@pytest.mark.timeout(300)
def test_a_story_of_some_months(browse, cast) -> None:
    """Counted, its end still the present; told once, for telling takes longer than looking."""
    with time_machine.travel(BEGIN, tick=False) as now:
        story = Story(cast, 5, now)
        story.go(260)
        now.shift(timedelta(days=150))
        story.go(50)
        every_figure_is_as_long_as_its_list(browse(), cast)
        every_number_on_a_page_leads_to_as_many_letters(browse(), cast)
        letters_that_left_show_no_word_of_theirs(browse(), cast)


def every_figure_is_as_long_as_its_list(browser, cast) -> None:
    met: set[str] = set()
    places = [(WHOLE_SITE, "/statistics/letters?"), (business(cast.shop.id), f"/merchants/{cast.shop.slug}/letters?")]
    places += [(filed_under(one), f"/statistics/letters?category={one}&") for one in CATEGORIES[:1]]
    for subject, at in places:
        counted = figures.of(subject)
        for span in ("year", "all"):
            for measure in MEASURES:
                count = counted.part(span)[measure]
                if count:
                    assert walked(browser, f"{at}figure={measure}&span={span}") == count, (subject, span, measure)
                    met.add(measure)
        for month in counted.months:
            for measure in BY_MONTH:
                count = month.counts[measure]
                if count:
                    assert walked(browser, f"{at}figure={measure}&span={month.month}") == count, (
                        subject,
                        month,
                        measure,
                    )
    assert len(met) >= 30, set(MEASURES) - met


def every_number_on_a_page_leads_to_as_many_letters(browser, cast) -> None:
    """As a reader finds it: each link of the pages of figures whose words are a number."""
    for url in (f"/merchants/{cast.shop.slug}", "/statistics", f"/statistics/categories/{CATEGORIES[0]}"):
        links = {}
        for a in browser.open(url).find("a"):
            href, words = a.get("href") or "", "".join(a.itertext()).strip()
            if "figure=" in href and re.fullmatch(r"[\d.]+", words):
                links.setdefault(href, set()).add(int(words.replace(".", "")))
        assert len(links) > 20
        for href, numbers in links.items():
            assert {walked(browser, href)} == numbers, (url, href)


def letters_that_left_show_no_word_of_theirs(browser, cast) -> None:
    gone = cast.letter(title="Judul rahasia sekali", publication=Publication.TAKEN_DOWN)
    figures.count_all()
    for measure in ("taken_down", "withdrawn", "contested"):
        page = browser.open(f"/statistics/letters?figure={measure}&span=all")
        assert "Judul rahasia" not in page.text
        assert "Barang belum dikirim" not in page.text or measure == "contested"
    assert gone.id


def test_a_business_in_a_comparison_is_counted_by_its_letters_of_the_category(browse, cast) -> None:
    for number in range(12):
        cast.letter(published_at=datetime.now(UTC) - timedelta(days=number + 1))
    cast.letter(category="perbankan")
    figures.count_all()
    browser = browse()
    page = browser.open("/statistics/categories/toko-online")
    row = next(a.get("href") for a in page.find("a") if f"/merchants/{cast.shop.slug}/letters" in (a.get("href") or ""))
    assert parse_qs(urlsplit(row).query)["category"] == ["toko-online"]
    assert walked(browser, row) == 12
    assert walked(browser, row.replace("&category=toko-online", "")) == 13


@pytest.mark.parametrize(
    "query",
    [
        "figure=nonsense", "span=never", "span=202613", "span=20261", "category=tidak-ada", "after=abc",
        "figure=" + "a" * 500, "span=٢٠٢٦١١", "figure=cases&after=W1tdXQ",
    ],
)  # fmt: skip
def test_bad_addresses_are_400(browse, cast, query: str) -> None:
    cast.letter()
    for at in ("/statistics/letters", f"/merchants/{cast.shop.slug}/letters"):
        assert browse().open(f"{at}?{query}").status == 400


def test_a_business_nobody_knows_is_missing(browse, cast) -> None:
    assert browse().open("/merchants/tidak-ada/letters").status == 404
    assert browse().open("/statistics/categories/tidak-ada").status == 404
    assert len(categories.all_keys()) > 20
