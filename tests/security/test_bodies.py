"""What a guest may send: words, not files; and not as much as they like."""

import io
from typing import Any

import pytest
from sqlalchemy import select

from forum.core import limits, uploads, web
from forum.core.db import db
from forum.core.parking import ParkedForm
from forum.core.rates import LIMITS

HOST = "127.0.0.1"
BIG = web.LARGEST_PLAIN_BYTES + 1


class Watched(io.BytesIO):
    """A body that knows how far it was read."""

    far = 0

    def read(self, *size: Any) -> bytes:
        found = super().read(*size)
        self.far += len(found)
        return found

    def readinto(self, room: Any) -> int:
        number = super().readinto(room)
        self.far += number
        return number


def multipart(size: int) -> bytes:
    head = b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
    return (
        head % (b"title", b"") + b"Kata yang tidak boleh hilang." + b"\r\n"
        + head % (b"files", b'; filename="a.jpg"') + b"a" * size + b"\r\n"
        + head % (b"text", b"") + b"Dan yang sesudahnya.\r\n--b--\r\n"
    )  # fmt: skip


def send(browser, size: int):
    body = Watched(multipart(size))
    page = browser.request(
        "POST",
        "/letters/write",
        input_stream=body,
        content_length=len(body.getvalue()),
        content_type="multipart/form-data; boundary=b",
    )
    return page, body


@pytest.fixture
def spools(monkeypatch):
    """How much of each file was kept."""
    kept = []
    plain = uploads.SpooledTemporaryFile.write
    monkeypatch.setattr(uploads.SpooledTemporaryFile, "write", lambda one, data: kept.append(len(data)) or plain(one, data))
    return kept


def test_a_guest_s_file_is_dropped_on_the_way_and_the_words_are_kept(app, browse, spools):
    page, _body = send(browse(), BIG)
    assert page.status == 302
    parked = db.session.scalars(select(ParkedForm)).one().fields
    assert parked == {"title": ["Kata yang tidak boleh hilang."], "text": ["Dan yang sesudahnya."]}
    assert sum(spools) == 0


def test_a_member_s_file_is_kept(cast, browse, spools):
    browser = browse(cast.ana)
    send(browser, BIG)
    assert sum(spools) == BIG


def test_too_many_large_bodies_of_a_guest_are_refused_before_they_are_read(cast, browse):
    for _ in range(LIMITS["guest-body"].number):
        limits.count("guest-body", HOST)
    page, body = send(browse(), BIG)
    assert page.status == 429
    assert body.far == 0
    assert send(browse(), 1000)[0].status == 302
    assert send(browse(cast.ana), BIG)[0].status != 429


def test_hints_for_guests_are_counted_by_their_address(cast, browse):
    for _ in range(LIMITS["hints"].number - 1):
        limits.count("hints", HOST)
    guest, ana = browse(), browse(cast.ana)

    def ask(browser):
        browser.open("/about")
        tokens = browser.page.find("input", name="csrf_token")
        headers = {"X-CSRF-Token": tokens[0].get("value")} if tokens else {}
        return browser.request("POST", "/letters/hints", json={"text": "HP 081234567890"}, headers=headers).status

    assert [ask(guest), ask(guest), ask(ana)] == [200, 429, 200]
