"""The next item is fetched while the present one is decided: it costs nobody a notice, takes nothing in hand, decides nothing twice."""

import json
from itertools import pairwise

from forum.core.events import Kind
from forum.letters.lifecycle import Publication
from forum.moderation import actions
from tests.moderation.stage import events

AHEAD = {"headers": {"Sec-Purpose": "prefetch"}}


def waiting(cast, number: int) -> list[str]:
    return [f"/moderation/letters/{cast.letter(publication=Publication.SUBMITTED).id}" for _ in range(number)]


def test_an_item_names_the_next_free_one_and_the_rules(cast, browse) -> None:
    paths = waiting(cast, 3)
    dewi = browse(cast.dewi)
    for path, following in pairwise(paths):
        page = dewi.open(path)
        (link,) = page.find("a", data_ahead="")
        assert link.get("href") == following
        rules = page.response.headers["Speculation-Rules"].strip('"')
        assert rules.startswith("/static/")
        assert rules.endswith("/ahead.json")
    assert dewi.open(paths[-1]).find("a", data_ahead="")[0].get("href") == paths[0]
    actions.take("letter:" + paths[1].rsplit("/", 1)[1], by=cast.eko)
    assert dewi.open(paths[0]).find("a", data_ahead="")[0].get("href") == paths[2]


def test_the_only_item_and_the_pages_of_others_name_nothing(cast, browse) -> None:
    (path,) = waiting(cast, 1)
    dewi = browse(cast.dewi)
    for url in (path, "/moderation", "/"):
        assert "Speculation-Rules" not in dewi.open(url).response.headers
    assert "Speculation-Rules" not in browse().open("/").response.headers


def test_a_page_fetched_ahead_leaves_the_notice_to_be_asked_for(cast, browse) -> None:
    first, second = waiting(cast, 2)
    dewi = browse(cast.dewi)
    dewi.submit(first, button=("decision", "publish"), follow=False)
    page = dewi.request("GET", second, **AHEAD)
    assert not page.find("div", class_="notices")
    ((kind, words),) = json.loads(dewi.open("/moderation/said").text)
    assert kind == "success"
    assert words
    assert json.loads(dewi.open("/moderation/said").text) == []


def test_what_was_decided_meanwhile_is_not_decided_from_a_page_fetched_before(cast, browse) -> None:
    first, second = waiting(cast, 2)
    dewi, eko = browse(cast.dewi), browse(cast.eko)
    dewi.open(first)
    fetched = dewi.request("GET", second, **AHEAD)
    eko.submit(second, button=("decision", "publish"))
    dewi.page = fetched
    page = dewi.submit(button=("decision", "publish"), follow=False)
    assert "Keadaannya berubah selagi Anda menulis" in page
    assert len(events(Kind.LETTER_PUBLISHED)) == 1
