"""Requests that no browser of ours makes: addresses, cursors, bodies, cookies and headers as a stranger writes them."""

import io
import json
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.security.hostile import MARKUP, OVERRIDE, SCRIPT, get, post

BAD_QUERIES = (
    "abc", "-1", str(2**63), "9" * 5_000, "%00", "%ED%A0%80", "%ff%fe", "%e2%80%ae", "{{7*7}}", "%3Cscript%3Ealert(1)%3C/script%3E",
    "(" * 5_000, "W10", "W1siaSIsMV1d", "W1sidCIsOTk5OTk5OTk5OTk5OTk5OTk5OV1d", "bnVsbA", "e30", "%0d%0aSet-Cookie:%20a=b", "'%20OR%201=1--",
    "Infinity", "WyJpIiwxXQ", "%22%22%22", "AND%20OR%20NOT%20*", "a:b%20NEAR(", "&" * 300, "%F0%9F%98%80",
)  # fmt: skip
PARAMETERS = (
    "page",
    "after",
    "q",
    "sort",
    "tab",
    "order",
    "category",
    "state",
    "next",
    "parked",
    "draft",
    "to",
    "preview",
    "nothing",
)
PAGES = (
    "/",
    "/search",
    "/merchants",
    "/categories/toko-online",
    "/letters/write",
    "/sign-in",
    "/sign-up",
    "/merchants/suggest",
    "/places/suggest",
)
PATHS = (
    "/letters/abc", "/letters/-1", f"/letters/{2**63}", f"/letters/{2**63}-x", f"/letters/{'9' * 5_000}", f"/letters/{'9' * 5_000}-x",
    "/letters/%00", "/letters/1%00", "/letters/%ED%A0%80", "/letters/%ff-x", "/letters/1-%e2%80%ae", "/letters/%D9%A1", "/letters/%D9%A1-x",
    "/letters/1.5", "/letters/1e5", "/letters/0x1", "/letters/", "/letters/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd", "/%2e%2e/",
    f"/comments/{'9' * 5_000}", f"/comments/{2**63}", f"/report/letter/{'9' * 5_000}", "/report/user/1", f"/cases/{'9' * 4_301}/respond",
    "/merchants/%00", "/merchants/%ED%A0%80", "/merchants/" + "a" * 5_000, "/merchants/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/categories/%ff",
    "/categories/'--", "/files/x/full/x", "/files/%00/full/x", "/files/x/huge/x", "/files/x/full/..%2f..%2fsecret-key", "/static/../wsgi.py",
    "/static/%2e%2e/secret-key", "/static/%00", "/confirm/" + "a" * 5_000, "/confirm/%ED%A0%80", "/reset-password/%ff", "/claims/%00",
    "/unsubscribe/%ED%A0%80", "/unsubscribe/" + "x" * 5_000, "/reports/%ED%A0%80", "/reports/'", "/sitemap-letters-99999999999999999999.xml",
    f"/sitemap-letters-{'9' * 5_000}.xml", "/sitemap-letters--1.xml", "/feed.atom?after=abc", "/notifications/99999999999999999999", "/%",
    "/%zz", "//surat.example/", "/\\surat.example", "/{{7*7}}", "/" + "a" * 20_000, "/.env", "/.git/config", "/settings/sessions/x/end",
)  # fmt: skip


def _checked(answer: TestResponse, what: str, *, below: int = 500) -> None:
    page = re.sub(r'<input type="hidden"[^>]*>', "", answer.get_data(as_text=True))
    assert answer.status_code < below, (what[:200], answer.status_code)
    for word in ("Traceback", SCRIPT, OVERRIDE, "sqlalchemy"):
        assert word not in page, (what[:200], word)


@pytest.mark.parametrize("page", PAGES)
def test_no_query_breaks_a_page(app: Any, cast: Any, browse: Any, page: str) -> None:
    cast.letter()
    browser = browse()
    for name in PARAMETERS:
        for value in BAD_QUERIES:
            _checked(get(browser, f"{page}?{name}={value}"), f"{page}?{name}={value}")
    _checked(get(browser, f"{page}?q=a&q=b&after=&after=x&{MARKUP}"), page)


def test_no_cursor_breaks_a_thread_or_an_inbox(app: Any, cast: Any, browse: Any) -> None:
    letter = cast.letter()
    guest, dewi, bima = browse(), browse(cast.dewi), browse(cast.bima)
    pages = [(guest, get(guest, f"/letters/{letter.id}").headers["Location"]), (guest, f"/merchants/{cast.shop.slug}")]
    pages += [(dewi, path) for path in ("/moderation", "/moderation/reports", "/moderation/claims", "/notifications")]
    pages += [(bima, "/desk"), (bima, "/letters/mine")]
    for browser, path in pages:
        for value in BAD_QUERIES:
            for query in (f"after={value}", "&".join(f"{name}={value}" for name in ("sort", "state", "kind", "tab"))):
                _checked(get(browser, f"{path}?{query}"), f"{path}?{query}")


@pytest.mark.parametrize("path", PATHS)
def test_no_address_breaks_the_site(app: Any, cast: Any, browse: Any, path: str) -> None:
    browser = browse(cast.ana)
    _checked(get(browser, path), path)
    _checked(post(browser, path, data={"a": "b"}), path)


BODIES: dict[str, tuple[str, bytes]] = {
    "no form at all": ("application/octet-stream", b"\x00\xff" * 50),
    "JSON": ("application/json", b'{"text": ["a"]}'),
    "JSON that is none": ("application/json", b"{" * 2_000),
    "deep JSON": ("application/json", b"[" * 100_000),
    "XML": ("text/xml", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"),
    "multipart without a boundary": ("multipart/form-data", b"--x\r\n\r\n"),
    "multipart cut short": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nkata',
    ),
    "multipart cut in a file": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8',
    ),
    "multipart with bad heads": ("multipart/form-data; boundary=x", b"--x\r\n\xff\xff:\r\n\r\nkata\r\n--x--\r\n"),
    "multipart with another charset": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\nContent-Type: text/plain; charset=utf-16\r\n\r\n\xd8\x00\r\n--x--\r\n',
    ),
    "a name of controls": ("application/x-www-form-urlencoded", b"%00%0a%ed%a0%80=1&text=a"),
    "600 fields": ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(600))),
    "a text 600 times": ("application/x-www-form-urlencoded", b"&".join([b"text=a&merchants=a&details_order=b"] * 600)),
    "ampersands": ("application/x-www-form-urlencoded", b"&" * 500_000),
    "percents": ("application/x-www-form-urlencoded", b"text=" + b"%" * 100_000),
    "600 parts": (
        "multipart/form-data; boundary=x",
        b"".join(b'--x\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n1\r\n' % n for n in range(600))
        + b"--x--\r\n",
    ),
    "three megabytes": ("application/x-www-form-urlencoded", b"text=" + b"a" * 3_000_000),
}


@pytest.mark.parametrize("label", BODIES)
def test_no_body_breaks_the_site(app: Any, cast: Any, browse: Any, label: str) -> None:
    letter, kind = cast.letter(), BODIES[label]
    for browser in (browse(), browse(cast.citra)):
        token = _token(browser)
        for path in (
            "/sign-in",
            "/letters/write",
            "/letters/hints",
            f"/letters/{letter.id}/comments",
            f"/report/letter/{letter.id}",
            "/language",
        ):
            forged = browser.client.post(
                path,
                data=kind[1],
                content_type=kind[0],
                headers={"Sec-Fetch-Site": "same-origin", "X-CSRF-Token": token},
            )
            _checked(forged, f"{label} to {path}")


def _token(browser: Any) -> str:
    found = browser.open("/about").find("input", name="csrf_token")
    return found[0].get("value") if found else ""


@pytest.mark.parametrize(
    "given", [None, 1, [], {}, {"text": None}, {"text": 7}, {"text": ["a"]}, {"text": "\ud800 0812-3456-7890 \x00"}]
)
def test_hints_take_any_json(app: Any, browse: Any, given: object) -> None:
    answer = post(browse(), "/letters/hints", data=json.dumps(given), content_type="application/json")
    _checked(answer, str(given))


HEADERS: dict[str, dict[str, str]] = {
    "huge cookies": {"Cookie": "; ".join(f"c{n}=" + "x" * 200 for n in range(40))},
    "cookies of nobody": {"Cookie": "session_token=\xff\xfe; notice=eyJ.x.y; language=\xff; theme=<script>"},
    "a long session": {"Cookie": "session_token=" + "a" * 8_000},
    "a quoted session": {"Cookie": 'session_token="\\377\\000\\355\\240\\200"'},
    "a forged notice": {"Cookie": "notice=.eJwAAAD__w.aaaa.bbbb"},
    "an odd agent": {"User-Agent": "\xff" * 4_000},
    "odd languages": {"Accept-Language": "xx-\xff;q=nan, *;q=9e999"},
    "odd types": {"Accept": "application/json;q=abc, */*;q=-1"},
    "a bad range": {"Range": "bytes=9999999999999999999999-1,-0"},
    "bad dates": {"If-Modified-Since": "Sun, 99 Foo 99999 99:99:99 GMT", "If-None-Match": '"' * 50},
    "bad encodings": {"Accept-Encoding": "gzip;q=abc, br;q=1e999, \xff"},
    "a referer of nobody": {"Referer": "http://[::1"},
    "an origin of nobody": {"Origin": "http://[", "Referer": "http://]"},
}


@pytest.mark.parametrize("label", HEADERS)
def test_no_header_breaks_the_site(app: Any, cast: Any, browse: Any, label: str) -> None:
    letter = cast.letter()
    browser = browse()
    for path in ("/", f"/letters/{letter.id}", "/sign-in", "/search?q=kipas", "/feed.atom"):
        _checked(browser.client.get(path, headers=HEADERS[label], follow_redirects=True), f"{label} at {path}")
    sent = {name: value for name, value in HEADERS[label].items() if name != "Origin"}
    for headers in (HEADERS[label], {"Sec-Fetch-Site": "same-origin", **sent}):
        answer = browser.client.post(
            "/sign-in", data={"email": "ana@surat.example", "password": "x" * 12}, headers=headers
        )
        _checked(answer, label)


@pytest.mark.parametrize(
    "name",
    ["../../x.jpg", "a\x00.jpg", "\ud800.jpg", "a" * 5_000 + ".jpg", OVERRIDE + "gpj.exe", "", "<b>.jpg", "a\r\nb.jpg"],
)
def test_no_file_name_breaks_a_letter(app: Any, cast: Any, browse: Any, name: str) -> None:
    browser = browse(cast.ana)
    browser.submit("/letters/write", text="Kata yang tidak boleh hilang.", do="save")
    data = {"csrf_token": _token(browser), "do": "save", "text": "Kata yang tidak boleh hilang.", "once": "k" * 32}
    sent = name.encode("utf-8", "surrogatepass").decode("latin-1")
    answer = post(
        browser,
        "/letters/write",
        data={**data, "files": (io.BytesIO(b"not a picture"), sent)},
        content_type="multipart/form-data",
    )
    _checked(answer, name)
    assert answer.status_code == 302 or "Kata yang tidak boleh hilang." in answer.get_data(as_text=True)


def test_a_wrong_method_is_told_which_ones_there_are(app: Any, browse: Any) -> None:
    answer = get(browse(), "/sign-out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
