"""The buttons "Masuk" and "Keluar"."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from forum.accounts import proof, queries, sessions
from forum.accounts.models import LoginSession
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.rates import LIMITS
from forum.core.secrecy import digest
from tests.cast import PASSWORD


def attempt(browser, email="ana@surat.example", password="salah sekali ini"):
    return browser.submit("/sign-in", email=email, password=password)


def is_in(page):
    return bool(page.find("form", action="/sign-out"))


def test_the_right_password_opens_a_session_whose_token_is_kept_as_a_hash(cast, browse):
    assert cast.ana
    browser = browse()
    page = browser.submit("/sign-in", email=" ANA@surat.example ", password=PASSWORD, follow=False)
    assert page.status == 302
    assert page.response.headers["Location"] == "/"
    cookie = browser.client.get_cookie(sessions.cookie_name())
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.path == "/"
    row = db.session.scalar(select(LoginSession))
    assert row.token_hash == digest(cookie.value)
    assert cookie.value not in row.token_hash
    assert is_in(browser.open("/settings"))


def test_known_and_unknown_addresses_get_the_same_page_for_the_same_work(cast, browse, monkeypatch):
    assert cast.ana
    checks = []
    monkeypatch.setattr(
        proof, "matches", lambda stored, password: checks.append(bool(stored)) or real(stored, password)
    )
    real_pages = [
        attempt(browse(), email=email) for email in ("ana@surat.example", "nia@surat.example", "bukan alamat")
    ]
    texts = {
        page.text.replace(email, "")
        for page, email in zip(real_pages, ("ana@surat.example", "nia@surat.example", "bukan alamat"), strict=True)
    }
    assert len(texts) == 1
    assert "tidak cocok" in real_pages[0]
    assert checks == [True, False, False]
    assert {page.status for page in real_pages} == {200}
    assert len({len(page.queries) for page in real_pages}) == 1


real = proof.matches


def test_without_an_account_a_decoy_is_verified(app, monkeypatch):
    from forum.accounts import passwords

    verified = []

    class Spy:
        def verify(self, stored, password):
            verified.append(stored)
            return passwords._cheapest.verify(stored, password)

        hash = staticmethod(passwords._cheapest.hash)

    monkeypatch.setattr(passwords, "_hasher", Spy)
    assert passwords.matches(None, "nobody has this password") is False
    assert len(verified) == 1


def test_closed_accounts_answer_like_unknown_ones(cast, browse):
    from forum.accounts import actions

    actions.close_account(cast.ana, by=cast.ana)
    assert "tidak cocok" in attempt(browse(), password=PASSWORD)


def test_after_five_wrong_tries_this_address_waits_and_another_does_not(cast, browse):
    assert cast.ana
    signed_in = browse(cast.ana)
    browser = browse()
    for _ in range(LIMITS["sign-in"].number):
        assert "tidak cocok" in attempt(browser)
    page = attempt(browser, password=PASSWORD)
    assert page.status == 429
    assert "Terlalu sering" in page
    assert not is_in(page)
    assert page.find("input", id="email")[0].get("value") == "ana@surat.example"
    assert is_in(signed_in.open("/settings"))
    elsewhere = browse()
    elsewhere.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert is_in(attempt(elsewhere, password=PASSWORD))


def test_unknown_addresses_wait_alike(browse):
    browser = browse()
    pages = [attempt(browser, email="nia@surat.example") for _ in range(LIMITS["sign-in"].number + 1)]
    assert [page.status for page in pages] == [200] * LIMITS["sign-in"].number + [429]


def test_the_wait_ends_and_success_forgets_the_tries(cast, browse):
    assert cast.ana
    browser = browse()
    with time_machine.travel(utcnow(), tick=False) as clock:
        for _ in range(LIMITS["sign-in"].number + 1):
            attempt(browser)
        clock.shift(LIMITS["sign-in"].window + timedelta(seconds=1))
        assert is_in(attempt(browser, password=PASSWORD))
        browser.submit("/settings", form="sign-out")
        for _ in range(LIMITS["sign-in"].number - 1):
            attempt(browser)
        assert is_in(attempt(browser, password=PASSWORD))


def test_tries_from_all_over_the_world_never_close_an_account(cast, browse):
    assert cast.ana
    for number in range(LIMITS["wrong-account"].number + 5):
        other = browse()
        other.client.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
        attempt(other)
    stranger = browse()
    stranger.client.environ_base["REMOTE_ADDR"] = "198.51.100.200"
    statuses = [attempt(stranger).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    owner = browse()
    owner.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert is_in(attempt(owner, password=PASSWORD))


def test_one_ipv6_household_counts_as_one(cast, browse):
    assert cast.ana
    for number in range(LIMITS["sign-in"].number):
        browser = browse()
        browser.client.environ_base["REMOTE_ADDR"] = f"2001:db8:1:2:{number}::1"
        attempt(browser)
    assert attempt(browser).status == 429


def test_one_network_address_cannot_try_many_accounts(cast, browse, monkeypatch, limit):
    limit("wrong-address", 3)
    assert cast.ana
    browser = browse()
    for number in range(3):
        attempt(browser, email=f"korban{number}@surat.example")
    assert attempt(browser, password=PASSWORD).status == 429


def test_a_planted_session_id_is_never_taken_over(cast, browse):
    """Fixation: the id before sign-in is not the id after it, known or unknown to us."""
    planted = browse()
    planted.client.set_cookie(sessions.cookie_name(), "planted-by-a-stranger")
    attempt(planted, email=cast.ana.email, password=PASSWORD)
    first = planted.client.get_cookie(sessions.cookie_name()).value
    assert first != "planted-by-a-stranger"
    attempt_page = planted.request("POST", "/sign-in", data={"email": "citra@surat.example", "password": PASSWORD})
    assert attempt_page.status == 409  # another person's form needs the token of this session


def test_signing_in_again_replaces_the_session_of_this_browser(cast, browse):
    assert cast.ana
    assert cast.citra
    browser = browse()
    attempt(browser, password=PASSWORD)
    old = browser.client.get_cookie(sessions.cookie_name()).value
    browser.open("/settings")
    token = browser.page.find("input", name="csrf_token")[0].get("value")
    browser.request(
        "POST", "/sign-in", data={"email": "citra@surat.example", "password": PASSWORD, "csrf_token": token}
    )
    assert "Citra" in browser.open("/settings")
    thief = browse()
    thief.client.set_cookie(sessions.cookie_name(), old)
    assert thief.request("GET", "/settings").status == 302


def test_a_cookie_is_worthless_after_signing_out(cast, browse):
    browser = browse()
    attempt(browser, email=cast.ana.email, password=PASSWORD)
    cookie = browser.client.get_cookie(sessions.cookie_name()).value
    page = browser.submit("/settings", form="sign-out")
    assert not is_in(page)
    assert "Anda sudah keluar" in page
    assert browser.client.get_cookie(sessions.cookie_name()) is None
    thief = browse()
    thief.client.set_cookie(sessions.cookie_name(), cookie)
    assert thief.request("GET", "/settings").status == 302
    assert db.session.query(LoginSession).count() == 0


def test_sessions_end_by_themselves(cast, browse):
    browser, desk = browse(cast.ana), browse(cast.dewi)
    with time_machine.travel(utcnow() + timedelta(hours=13), tick=False):
        assert is_in(browser.open("/settings"))
        assert desk.request("GET", "/settings").status == 302
    with time_machine.travel(utcnow() + timedelta(days=15), tick=False):
        assert browser.request("GET", "/settings").status == 302


def test_a_session_in_use_lives_at_most_ninety_days(cast, browse):
    browser = browse(cast.ana)
    with time_machine.travel(utcnow(), tick=False) as clock:
        for _ in range(9):
            clock.shift(timedelta(days=10) - timedelta(minutes=1))
            assert browser.request("GET", "/settings").status == 200
        clock.shift(timedelta(days=1))
        assert browser.request("GET", "/settings").status == 302


@pytest.mark.parametrize(
    ("target", "goes"),
    [
        ("/letters/write", "/letters/write"),
        ("/letters/1-x?parked=abc#comments", "/letters/1-x?parked=abc#comments"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("https:evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\tevil.example", "/"),
        ("/a\r\nSet-Cookie: x=y", "/"),
        ("/%2F/evil.example", "/%2F/evil.example"),
        ("evil.example", "/"),
        ("", "/"),
        ("/" + "a" * 600, "/"),
    ],
)
def test_one_goes_on_only_to_pages_of_this_site(cast, browse, target, goes):
    from urllib.parse import quote

    assert cast.ana
    page = browse().submit(
        f"/sign-in?next={quote(target, safe='')}", email="ana@surat.example", password=PASSWORD, follow=False
    )
    assert page.response.headers["Location"] == goes
    assert (
        "evil"
        not in browse(cast.ana).request("GET", f"/sign-in?next={quote(target, safe='')}").response.headers["Location"]
        or goes != "/"
    )


def test_a_form_from_another_site_signs_nobody_in(cast, browse):
    assert cast.ana
    data = {"email": "ana@surat.example", "password": PASSWORD}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        assert browse().request("POST", "/sign-in", data=data, headers=headers).status == 403


def test_an_old_hash_is_made_anew_at_sign_in(cast, browse, monkeypatch):
    ana = cast.ana
    before = ana.password_hash
    monkeypatch.setattr("forum.accounts.views.entry.outdated", lambda stored: True)
    attempt(browse(), password=PASSWORD)
    after = queries.user_by_email("ana@surat.example").password_hash
    assert after != before
    assert real(after, PASSWORD)


@pytest.mark.parametrize(
    "value", ["\x00", "\ud800", "{{7*7}}", "\u202e", "(" * 100_000, "9223372036854775808", "<script>"]
)
def test_hostile_input_is_only_a_wrong_try(browse, value):
    text = value.encode("utf-8", "replace").decode()
    assert attempt(browse(), email=text, password=text).status in {200, 413}
    assert attempt(browse(), email=text, password="x" * 256).status == 200


def test_pages_of_accounts_are_kept_by_no_cache_and_tell_other_sites_nothing(browse):
    headers = browse().request("GET", "/sign-in").response.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert not headers.getlist("Set-Cookie")


def test_signing_in_costs_few_queries(cast, browse):
    assert cast.ana
    page = browse().submit("/sign-in", email="ana@surat.example", password=PASSWORD, follow=False)
    assert len(page.queries) <= 9
