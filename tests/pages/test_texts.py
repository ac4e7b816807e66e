"""Rules, privacy, about, the language switch, health, feeds, sitemap, robots, styleguide."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from forum import config
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.letters.lifecycle import Publication
from forum.notifications.models import Heartbeat

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@unit_of_work
def beat(at: datetime) -> None:
    db.session.merge(Heartbeat(name="test", at=at))


@pytest.mark.parametrize("path", ["/rules", "/privacy", "/about"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_texts_stand_in_both_languages(browse, path: str, language: str) -> None:
    page = browse(language=language).open(path)
    assert page.status == 200
    assert page.tree.get("lang") == language
    assert len(page.words) > 1_000


def test_rules_name_the_operators_limits(browse, app) -> None:
    before = config.settings()
    config.activate(replace(before, answer_days=13, comment_edit_minutes=17))
    try:
        words = browse(language="en").open("/rules").words
    finally:
        config.activate(before)
    assert "13 to answer" in words
    assert "17 minutes" in words


def test_other_days_of_a_category_stand_where_days_are_told(browse, app) -> None:
    before = config.settings()
    config.activate(replace(before, category_days=(("asuransi", (6, 17, 33)),)))
    try:
        browser = browse(language="en")
        assert "Insurance: 6, 17 and 33 working days." in browser.open("/rules").words
        assert "Some categories have other days" in browser.open("/about").words
        assert "Some categories have other days" in browser.open("/letters/write").words
    finally:
        config.activate(before)
    assert "other days" not in browse(language="en").open("/about").words.lower()


@pytest.mark.parametrize(
    ("path", "values", "promises"),
    [
        ("/rules", {"review_days": 3}, ["usually within 3 working days"]),
        ("/rules", {"report_hours": 41, "report_alarm_hours": 17}, ["decides within 41 hours", "after 17 without"]),
        ("/rules", {"urgent_order_hours": 2, "order_hours": 19}, ["within 2 hours and any other within 19"]),
        ("/privacy", {"data_request_hours": 61}, ["answer within 61 hours", "redaksi@surat-pembaca.example"]),
        ("/about", {"review_days": 3}, ["usually within 3 working days"]),
        ("/letters/write", {"review_days": 3}, ["usually within 3 working days"]),
    ],
)
def test_what_is_promised_is_what_is_set(browse, setting, path: str, values: dict, promises: list[str]) -> None:
    setting(**values)
    words = browse(language="en").open(path).words
    for promise in promises:
        assert promise in words


def test_how_long_things_are_kept_is_what_the_pruning_does(browse, setting) -> None:
    assert "for 24 hours, sent mails for 30 days and undeliverable ones for 90" in browse(language="en").open("/privacy").words
    setting(mail_log_days=12)
    assert "sent mails for 12 days" in browse(language="en").open("/privacy").words


def test_language_switch_keeps_the_page_and_lasts_a_year(browse) -> None:
    guest = browse()
    page = guest.submit("/rules", button=("language", "en"))
    assert page.url.endswith("/rules")
    assert page.tree.get("lang") == "en"
    cookie = guest.client.get_cookie("language")
    assert cookie.value == "en"
    assert cookie.max_age == 365 * 24 * 3600


def test_language_of_a_member_is_remembered_with_the_account(browse, cast) -> None:
    browse(cast.ana).submit("/about", button=("language", "en"))
    db.session.refresh(cast.ana)
    assert cast.ana.language == "en"
    assert browse(cast.ana).open("/about").tree.get("lang") == "en"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_language_switch_leads_nowhere_else(browse, target: str) -> None:
    answer = browse().request("POST", "/language", data={"language": "en", "next": target})
    assert answer.status == 302
    assert answer.response.headers["Location"] == "/"


@pytest.mark.parametrize("language", ["", "xx", "en\r\nSet-Cookie: a=b", "\ud800"])
def test_unknown_languages_are_refused(browse, language: str) -> None:
    answer = browse().request("POST", "/language", data={"language": language.encode("utf-8", "replace")})
    assert answer.status == 400
    assert "Set-Cookie" not in answer.response.headers


def test_other_sites_cannot_switch(browse) -> None:
    assert (
        browse().request("POST", "/language", data={"language": "en"}, headers={"Sec-Fetch-Site": "cross-site"}).status
        == 403
    )


def test_health(browse) -> None:
    assert json.loads(browse().open("/health/live").text) == {"live": True}
    page = browse().open("/health/ready")
    assert page.status == 503
    well = {"database": True, "migrations": True, "disk": True, "storage": True}
    assert json.loads(page.text)["checks"] == {**well, "worker": False}
    beat(utcnow())
    assert browse().open("/health/ready").status == 200
    beat(utcnow() - timedelta(seconds=90))
    assert browse().open("/health/ready").status == 503


def test_ready_says_when_the_disk_cannot_be_written(browse, tmp_path) -> None:
    beat(utcnow())
    before = config.settings()
    config.activate(replace(before, data_dir=tmp_path / "gone"))
    try:
        page = browse().open("/health/ready")
    finally:
        config.activate(before)
    assert page.status == 503
    assert json.loads(page.text)["checks"]["disk"] is False


@pytest.mark.parametrize("url", ["/feed.atom", "/categories/toko-online/feed.atom", "/merchants/toko-melati/feed.atom"])
def test_feeds_hold_excerpts_of_public_letters(browse, cast, url: str) -> None:
    letter = cast.letter(title='Barang <rusak> & "hilang"', text="Pembuka surat ini. " * 60 + "KALIMAT TERAKHIR")
    cast.letter(title="Surat yang diturunkan redaksi", publication=Publication.TAKEN_DOWN)
    page = browse().open(url)
    assert page.response.mimetype == "application/atom+xml"
    feed = ET.fromstring(page.text)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [letter.title]
    assert entries[0].findtext(f"{ATOM}id") == f"http://localhost/letters/{letter.id}"
    assert entries[0].find(f"{ATOM}link").get("href").startswith(f"http://localhost/letters/{letter.id}-barang-rusak")
    assert entries[0].findtext(f"{ATOM}author/{ATOM}name") == letter.byline
    assert "KALIMAT TERAKHIR" not in page.text


def test_feeds_of_unknown_things_are_missing(browse, cast) -> None:
    assert browse().open("/categories/tidak-ada/feed.atom").status == 404
    assert browse().open("/merchants/tidak-ada/feed.atom").status == 404


def test_sitemap_leads_to_every_public_page_and_no_other(browse, cast) -> None:
    shown, hidden = cast.letter(), cast.letter(title="Surat yang ditarik penulisnya", publication=Publication.WITHDRAWN)
    index = ET.fromstring(browse().open("/sitemap.xml").text)
    parts = [place.text.removeprefix("http://localhost") for place in index.iter(f"{MAP}loc")]
    found = [
        place.text.removeprefix("http://localhost")
        for part in parts
        for place in ET.fromstring(browse().open(part).text).iter(f"{MAP}loc")
    ]
    assert f"/letters/{shown.id}-barang-belum-dikirim-setelah-tiga-minggu" in found
    assert f"/merchants/{cast.shop.slug}" in found
    assert "/categories/perbankan" in found
    assert not [place for place in found if f"/{hidden.id}-" in place]
    assert all(browse().open(place).status == 200 for place in found[:8])


@pytest.mark.parametrize(
    "part", ["/sitemap-letters-99.xml", f"/sitemap-letters-{2**63 - 1}.xml", "/sitemap-merchants-7.xml"]
)
def test_empty_parts_are_missing(browse, part: str) -> None:
    assert browse().open(part).status == 404


def test_robots(browse) -> None:
    page = browse().open("/robots.txt")
    assert "Sitemap: http://localhost/sitemap.xml" in page.text
    assert "Disallow: /moderation" in page.text
    assert "Disallow: /\n" not in page.text


def test_styleguide_is_for_builders_only(browse, app) -> None:
    assert browse().open("/styleguide").status == 200
    before = config.settings()
    config.activate(replace(before, environment="production"))
    try:
        assert browse().open("/styleguide").status == 404
    finally:
        config.activate(before)


def test_dates_in_feeds_are_of_the_letter(browse, cast) -> None:
    cast.letter(published_at=datetime(2026, 3, 1, 5, tzinfo=UTC))
    entry = ET.fromstring(browse().open("/feed.atom").text).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}published") == "2026-03-01T05:00:00+00:00"
