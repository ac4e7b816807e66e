"""Ready pages: who gets them, how long they stand, and that nothing hidden and nobody's own page is ever among them."""

import gzip
from collections.abc import Iterator

import brotli
import pytest
from flask import Flask, g
from werkzeug.test import Client, TestResponse

from forum.accounts import sessions
from forum.comments import actions as comments
from forum.core.db import db
from forum.core.text import slug
from forum.letters import actions as letters
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.pages.cache import PageCache
from forum.pages.encoding import accepted
from forum.pages.queries import SITEMAP_PART
from forum.pages.store import OVERHEAD_BYTES, Ready, Store
from tests.cast import Cast


class Site:
    """The site behind a page cache, on committed rows; counts what reaches Flask."""

    def __init__(self, app: Flask) -> None:
        self.app, self.reached = app, 0
        self.cache = PageCache(app, self._flask, seconds=60)
        self.cast = Cast()

    def _flask(self, environ, start_response):
        self.reached += 1
        return Flask.wsgi_app(self.app, environ, start_response)

    def get(self, url: str, *, cookie: str = "", method: str = "GET", **headers: str) -> TestResponse:
        db.session.remove()
        for kept in ("_login_user", "session_row", "_flashes", "_flask_babel"):
            g.pop(kept, None)  # the test's context outlives the request
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            sent["Cookie"] = cookie
        return Client(self.cache, use_cookies=False).open(url, method=method, headers=sent)

    def letter(self, **fields: object) -> tuple[Letter, str]:
        made = self.cast.letter(**fields)
        return made, f"/letters/{made.id}-{slug(made.title)}"


@pytest.fixture
def site(committing_app: Flask) -> Iterator[Site]:
    return Site(committing_app)


def test_second_reader_is_answered_from_memory(site: Site) -> None:
    _, url = site.letter()
    first = site.get(url)
    second = site.get(url)
    assert (first.status_code, second.status_code, site.reached) == (200, 200, 1)
    assert first.data == second.data
    assert second.headers["Vary"] == "Cookie, Accept-Encoding"
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_hidden_letters_are_gone_at_once(site: Site) -> None:
    letter, url = site.letter(title="Rahasia yang segera diturunkan")
    pages = (
        url,
        "/",
        f"/merchants/{site.cast.shop.slug}",
        "/feed.atom",
        "/categories/toko-online",
        f"/sitemap-letters-{letter.id // SITEMAP_PART}.xml",
    )
    _other, other_url = site.letter(title="Surat tetangga yang terkait")
    for page in (*pages, other_url):
        assert site.get(page).status_code == site.get(page).status_code == 200, page
    db.session.remove()
    dewi = site.cast.dewi
    letters.take_down(letter_for(dewi, letter.id), by=dewi, reason="personal_data", message="Memuat nomor telepon.")
    assert site.get(url).status_code == 410
    for page in (*pages, other_url):
        assert "Rahasia yang segera" not in site.get(page).get_data(as_text=True), page
    db.session.remove()
    letters.reinstate(letter_for(dewi, letter.id), by=dewi)
    assert site.get(url).status_code == 200


def test_a_comment_makes_its_letter_old_and_no_other_page(site: Site) -> None:
    letter, url = site.letter()
    for page in (url, "/"):
        site.get(page)
    reached = site.reached
    comments.post(letter_for(site.cast.citra, letter.id), by=site.cast.citra, text="Komentar yang baru saja ditulis.")
    assert "baru saja ditulis" in site.get(url).get_data(as_text=True)
    site.get("/")
    assert site.reached == reached + 1


def test_signed_in_people_get_their_own_page_and_leave_none(site: Site) -> None:
    _, url = site.letter()
    site.get(url)
    token = sessions.open_session(site.cast.citra, address="127.0.0.1", device="test")
    own = site.get(url, cookie=f"{sessions.cookie_name()}={token}")
    assert "Citra" in own.get_data(as_text=True)
    assert own.headers["Cache-Control"] == "no-store"
    after = site.get(url)
    assert "Citra" not in after.get_data(as_text=True)
    assert "csrf_token" not in after.get_data(as_text=True)


@pytest.mark.parametrize(
    "cookie", ["notice=x", "language=en; notice=x", "a=b", "language=en; language=id", "=", "garbage"]
)
def test_any_other_cookie_goes_past_the_memory(site: Site, cookie: str) -> None:
    site.get("/rules")
    site.get("/rules", cookie=cookie)
    assert site.reached == 2


@pytest.mark.parametrize("cookie", ['language="en"', 'language="\\145n"', "language=en; x", "language=xx", 'language="xx"'])
def test_whoever_comes_first_leaves_nobody_their_language(site: Site, cookie: str) -> None:
    first = site.get("/rules", cookie=cookie)
    assert (b'<html lang="en"' in first.data) == ("xx" not in cookie)
    for again, language in ((site.get("/rules"), "id"), (site.get("/rules", cookie="language=en"), "en")):
        assert f'<html lang="{language}"' in again.get_data(as_text=True)
    assert site.get("/rules", cookie=cookie).data == first.data


def test_languages_do_not_mix(site: Site) -> None:
    indonesian, english = site.get("/rules"), site.get("/rules", cookie="language=en")
    again, again_english = site.get("/rules"), site.get("/rules", cookie="language=en")
    unknown = site.get("/rules", cookie="language=xx")
    assert site.reached == 2
    assert indonesian.data == again.data == unknown.data
    assert english.data == again_english.data
    assert b'<html lang="en"' in english.data
    assert b'<html lang="id"' in indonesian.data


@pytest.mark.parametrize(
    "url",
    [
        "/sign-in",
        "/sign-up",
        "/rules?parked=abc",
        "/rules?next=/x",
        "/letters/write",
        "/health/live",
        "/?q=" + "a" * 400,
    ],
)
def test_forms_and_odd_addresses_are_never_kept(site: Site, url: str) -> None:
    site.get(url)
    site.get(url)
    assert site.reached == 2


@pytest.mark.parametrize(
    "url", ["/tidak-ada", "/letters/999-x", "/letters/1", "/?tab=nonsense", "/merchants/tidak-ada"]
)
def test_only_answers_with_200_are_kept(site: Site, url: str) -> None:
    site.get(url)
    site.get(url)
    assert (len(site.cache.store), site.reached) == (0, 2)


def test_posts_reach_flask(site: Site) -> None:
    site.get("/rules")
    site.get("/rules", method="POST", Sec_Fetch_Site="same-origin")
    assert site.reached == 2


def test_tracking_words_do_not_split_a_page(site: Site) -> None:
    site.get("/rules")
    shared = site.get("/rules?gclid=1&utm_source=wa&fbclid=abc")
    assert site.reached == 1
    assert b"fbclid" not in shared.data
    assert site.get("/?tab=solved&fbclid=abc").data == site.get("/?tab=solved").data


def test_etag_answers_304_and_changes_with_the_page(site: Site) -> None:
    letter, url = site.letter()
    etag = site.get(url).headers["ETag"]
    same = site.get(url, If_None_Match=f'"other", {etag}')
    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["ETag"] == etag
    assert "Content-Length" not in same.headers
    comments.post(letter_for(site.cast.citra, letter.id), by=site.cast.citra, text="Komentar yang baru saja ditulis.")
    assert site.get(url, If_None_Match=etag).status_code == 200


def test_head_answers_from_memory_without_a_body(site: Site) -> None:
    length = site.get("/rules").headers["Content-Length"]
    head = site.get("/rules", method="HEAD")
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", length)
    assert site.reached == 1


def test_bodies_are_compressed_once_and_well(site: Site) -> None:
    plain = site.get("/rules").data
    for _ in range(3):
        packed = site.get("/rules", Accept_Encoding="gzip")
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain
        assert int(packed.headers["Content-Length"]) == len(packed.data)
    best = site.get("/rules", Accept_Encoding="gzip, deflate, br, zstd")
    assert best.headers["Content-Encoding"] == "br"
    assert brotli.decompress(best.data) == plain
    assert len(best.data) < len(packed.data) < len(plain)


def test_pages_of_members_are_compressed_as_they_pass(site: Site) -> None:
    token = sessions.open_session(site.cast.ana, address="127.0.0.1", device="test")
    own = site.get("/rules", cookie=f"{sessions.cookie_name()}={token}", Accept_Encoding="gzip")
    assert own.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in own.headers["Vary"]
    assert b"<h1>" in gzip.decompress(own.data)
    assert "Content-Encoding" not in site.get("/health/live", Accept_Encoding="gzip").headers


def test_pages_grow_old_by_themselves(site: Site) -> None:
    site.get("/rules")
    for ready, _size in site.cache.store._pages.values():
        ready.expires = 0
    site.get("/rules")
    assert site.reached == 2


def test_without_the_database_nothing_comes_from_memory(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.get("/rules")
    monkeypatch.setattr(site.cache, "versions", type("Down", (), {"now": staticmethod(lambda _id: None)})())
    assert site.get("/rules").status_code == 200
    assert site.reached == 2


def test_a_page_made_while_it_changed_is_not_believed(site: Site) -> None:
    letter, url = site.letter()
    inner = site.cache.served

    def changing(environ, start_response):
        body = inner(environ, start_response)
        comments.post(letter_for(site.cast.citra, letter.id), by=site.cast.citra, text="Ditulis selagi halaman dibuat.")
        return body

    site.cache.served = changing
    site.get(url)
    site.cache.served = inner
    assert "selagi halaman dibuat" in site.get(url).get_data(as_text=True)


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("", ()),
        ("gzip", ("gzip",)),
        ("br;q=0, gzip;q=0.5", ("gzip",)),
        ("*", ("br", "gzip")),
        ("identity", ()),
        ("gzip;q=abc", ()),
        ("GZIP", ("gzip",)),
        (",,;;q=", ()),
    ],
)
def test_accept_encoding(header: str, takes: tuple[str, ...]) -> None:
    assert accepted(header) == takes


def _ready(size: int) -> Ready:
    return Ready([], "", (1, 1), 0.0, b"x" * (size - OVERHEAD_BYTES))


def test_memory_is_bounded_and_the_least_read_leave_first() -> None:
    store = Store(100_000)
    for number in range(20):
        store.put(("", str(number), "id"), _ready(10_000))
        store.get(("", "0", "id"))
    assert store.bytes <= 100_000
    assert store.get(("", "0", "id")) is not None
    assert store.get(("", "1", "id")) is None
    assert store.get(("", "19", "id")) is not None
    store.put(("", "large", "id"), _ready(50_000))
    assert store.get(("", "large", "id")) is None
