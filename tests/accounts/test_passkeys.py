"""Passkeys, with a key in software: added, named, used as the second step, refused when anything about the answer is wrong."""

import json
from datetime import timedelta
from hashlib import sha256

import cbor2
import pytest
import time_machine
from sqlalchemy import func, select
from webauthn.helpers import bytes_to_base64url

from forum.accounts import passkeys
from forum.accounts.models import Passkey, PasskeyChallenge, User
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid
from tests.accounts.authenticator import SoftKey
from tests.accounts.post import mails_to
from tests.cast import PASSWORD, give_second_factor

ADD = "/settings/second-factor/passkey"
PAGE = "/settings/second-factor"
JSON = {"Accept": "application/json"}


def question(browser, path):
    """What the script fetches before it asks the key."""
    tokens = browser.page.find("input", name="csrf_token")
    data = {"csrf_token": tokens[0].get("value")} if tokens else {}
    page, shown = None, browser.page
    page = browser.request("POST", path, data=data, headers=JSON)
    browser.page = shown
    return json.loads(page.text)


def add(browser, key, name="laptop kantor", **changed):
    browser.open(ADD)
    asked = question(browser, f"{ADD}/options")
    return browser.submit(form="/passkey", name=name, credential=key.register(asked, **changed))


def first_step(browser, email="ana@surat.example"):
    browser.gives_code = False
    return browser.submit("/sign-in", email=email, password=PASSWORD)


def second_step(browser, key, **changed):
    asked = question(browser, "/sign-in/second/passkey/options")
    return browser.submit(form="/passkey", credential=key.sign(asked, **changed))


def is_in(page):
    return bool(page.find("form", action="/sign-out"))


@pytest.fixture
def key(cast, browse):
    made = SoftKey()
    add(browse(cast.ana), made)
    return made


def test_passkeys_are_added_under_names_and_removed(cast, browse, key):
    browser = browse(cast.ana)
    assert "laptop kantor" in browser.open(PAGE)
    add(browser, SoftKey(count=None), name="ponsel <b>")
    assert "ponsel <b>" in browser.open(PAGE)
    assert db.session.scalar(select(func.count(Passkey.id))) == 2
    number = db.session.scalar(select(Passkey.id).order_by(Passkey.id))
    page = browser.submit(PAGE, form=f"/passkeys/{number}/remove")
    assert "laptop kantor" not in page
    assert db.session.get(User, cast.ana.id).has_second_factor
    subjects = [mail.content["subject"] for mail in mails_to(cast.ana.email)]
    assert subjects == ["Faktor kedua ditambahkan ke akun Anda"] * 2 + ["Faktor kedua dihapus dari akun Anda"]
    assert "ponsel <b>" in mails_to(cast.ana.email)[1].content["text"]
    number = db.session.scalar(select(Passkey.id))
    assert browse(cast.citra).request("GET", PAGE).status == 200
    stranger = browse(cast.citra)
    stranger.open(PAGE)
    token = stranger.page.find("input", name="csrf_token")[0].get("value")
    assert stranger.request("POST", f"{PAGE}/passkeys/{number}/remove", data={"csrf_token": token}).status == 404


def test_the_first_passkey_brings_recovery_codes_and_is_not_added_twice(cast, browse):
    browser, key = browse(cast.ana), SoftKey()
    assert len(add(browser, key).find("li", class_="code")) == 10
    page = add(browser, key)
    assert page.find("div", class_="problems")
    assert page.find("input", name="name")[0].get("value") == "laptop kantor"
    other = browse(cast.citra)
    assert add(other, key).find("div", class_="problems")  # nor by somebody else
    assert db.session.scalar(select(func.count(Passkey.id))) == 1


@pytest.mark.parametrize("count", [0, None])
def test_a_passkey_is_the_second_step(cast, browse, count):
    key = SoftKey(count=count)
    add(browse(cast.ana), key)
    for _turn in range(2):
        browser = browse()
        first_step(browser)
        asked = question(browser, "/sign-in/second/passkey/options")
        assert key.knows(asked)
        assert is_in(browser.submit(form="/passkey", credential=key.sign(asked)))


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost.evil.example"},
        {"origin": "http://localhost:8000"},
        {"origin": "https://localhost"},
        {"challenge": "bm90IG91cnM"},
        {"type": "webauthn.create"},
    ],
)
def test_an_answer_for_another_site_or_question_opens_nothing(cast, browse, key, changed):
    browser = browse()
    first_step(browser)
    page = second_step(browser, key, **changed)
    assert not is_in(page)
    assert page.find("div", class_="problems")


def test_a_key_of_another_host_opens_nothing(cast, browse, key):
    key.host = "evil.example"
    browser = browse()
    first_step(browser)
    assert not is_in(second_step(browser, key))


@pytest.mark.parametrize("changed", [{"origin": "https://evil.example"}, {"challenge": "bm90IG91cnM"}, {"type": "webauthn.get"}])
def test_an_answer_for_another_site_adds_nothing(cast, browse, changed):
    page = add(browse(cast.ana), SoftKey(), **changed)
    assert page.find("div", class_="problems")
    assert db.session.scalar(select(func.count(Passkey.id))) == 0


def test_the_passkey_of_another_account_opens_nothing(cast, browse, key):
    other = SoftKey()
    add(browse(cast.citra), other)
    browser = browse()
    first_step(browser)
    assert not is_in(second_step(browser, other))
    assert is_in(second_step(browser, key))


def test_an_answer_is_taken_once(cast, browse, key):
    browser = browse()
    first_step(browser)
    answer = key.sign(question(browser, "/sign-in/second/passkey/options"))
    assert is_in(browser.submit(form="/passkey", credential=answer))
    again = browse()
    first_step(again)
    assert not is_in(again.submit(form="/passkey", credential=answer))  # nothing was asked
    question(again, "/sign-in/second/passkey/options")
    assert not is_in(again.submit(form="/passkey", credential=answer))  # something else was


def test_a_challenge_is_over_after_one_answer_right_or_wrong(cast, browse, key):
    browser = browse()
    first_step(browser)
    asked = question(browser, "/sign-in/second/passkey/options")
    assert not is_in(browser.submit(form="/passkey", credential=key.sign(asked, origin="https://evil.example")))
    assert not is_in(browser.submit(form="/passkey", credential=key.sign(asked)))
    assert db.session.scalar(select(func.count(PasskeyChallenge.id))) == 0


def test_a_challenge_of_another_sign_in_opens_nothing(cast, browse, key):
    mine, other = browse(), browse()
    first_step(mine)
    first_step(other)
    asked = question(other, "/sign-in/second/passkey/options")
    question(mine, "/sign-in/second/passkey/options")
    assert not is_in(mine.submit(form="/passkey", credential=key.sign(asked)))


def test_a_challenge_is_short_lived(cast, browse, key):
    with time_machine.travel(utcnow(), tick=False) as clock:
        browser = browse()
        first_step(browser)
        answer = key.sign(question(browser, "/sign-in/second/passkey/options"))
        clock.shift(timedelta(minutes=5, seconds=1))
        assert not is_in(browser.submit(form="/passkey", credential=answer))


def test_a_copied_key_is_noticed_by_its_count(cast, browse, key):
    browser = browse()
    first_step(browser)
    assert is_in(second_step(browser, key))
    key.count -= 1  # the copy does not know of the last signature
    copy = browse()
    first_step(copy)
    assert not is_in(second_step(copy, key))


def test_a_forged_signature_opens_nothing(cast, browse, key):
    forger = SoftKey()
    forger.id = key.id
    browser = browse()
    first_step(browser)
    assert not is_in(second_step(browser, forger))


@pytest.mark.parametrize(
    "answer",
    [
        "", "{}", "[]", "null", "[" * 100_000, '{"id": 1}', '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}',
        '{"id":"x","rawId":"!!","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA","authenticatorData":"AA","signature":"AA"}}',
        "x" * 300_000, "\x00",
    ],
)  # fmt: skip
def test_hostile_answers_are_refused_with_words(cast, browse, key, answer):
    browser = browse()
    first_step(browser)
    question(browser, "/sign-in/second/passkey/options")
    page = browser.submit(form="/passkey", credential=answer)
    assert page.status == 200
    assert page.find("div", class_="problems")
    own = browse(cast.citra)
    own.open(ADD)
    question(own, f"{ADD}/options")
    page = own.submit(form="/passkey", name="x", credential=answer)
    assert page.status == 200
    assert page.find("div", class_="problems")


def test_a_key_that_is_none_is_refused(app):
    challenge = bytes_to_base64url(b"c" * 32)
    told = {"type": "webauthn.create", "challenge": challenge, "origin": passkeys.origin()}
    host = sha256(passkeys.relying_party().encode()).digest()
    data = host + b"\x45" + bytes(4) + bytes(16) + b"\x00\x04abcd" + cbor2.dumps([])  # a list where a key should be
    made = {"fmt": "packed", "attStmt": {"sig": b"x", "alg": -7}, "authData": data}
    answer = {
        "id": bytes_to_base64url(b"abcd"),
        "rawId": bytes_to_base64url(b"abcd"),
        "type": "public-key",
        "response": {
            "clientDataJSON": bytes_to_base64url(json.dumps(told).encode()),
            "attestationObject": bytes_to_base64url(cbor2.dumps(made)),
        },
    }
    with pytest.raises(Invalid) as refused:
        passkeys.made(json.dumps(answer), challenge)
    assert refused.value.code == "bad_passkey"


def test_most_passkeys(cast, browse, monkeypatch):
    monkeypatch.setattr(passkeys, "MOST_PASSKEYS", 1)
    browser = browse(cast.ana)
    add(browser, SoftKey())
    assert "Hapus salah satu dahulu" in add(browser, SoftKey())


@pytest.mark.parametrize(
    ("url", "possible"),
    [
        ("https://surat.example", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", False),
        ("http://surat.example", False),
        ("https://192.0.2.7", False),
        ("https://[2001:db8::1]", False),
    ],
)
def test_passkeys_are_offered_where_browsers_make_them(cast, browse, setting, url, possible):
    setting(site_url=url)
    assert passkeys.possible() is possible
    assert bool(browse(cast.ana).open(PAGE).find("a", href=ADD)) is possible


def test_somebody_with_an_app_only_is_not_asked_for_a_passkey(cast, browse):
    give_second_factor(cast.ana)
    browser = browse()
    assert not first_step(browser).find("input", name="credential")
