"""Signing in with a second factor: two steps, and no way around the second."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select

from forum.accounts import actions, second, sessions
from forum.accounts.models import Authenticator, LoginSession, SignInStep
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.rates import LIMITS
from tests.accounts.post import links_in, mails_to
from tests.cast import PASSWORD, code_now, give_second_factor

STEP = r"/sign-in/second($|\?)"


@pytest.fixture
def ana(cast):
    give_second_factor(cast.ana)
    return cast.ana


def first_step(browser, email="ana@surat.example", url="/sign-in"):
    browser.gives_code = False
    return browser.submit(url, email=email, password=PASSWORD)


def is_in(page):
    return bool(page.find("form", action="/sign-out"))


def test_password_then_code_opens_a_session_that_knows_of_both(ana, browse):
    browser = browse()
    page = first_step(browser)
    assert page.url.endswith("/sign-in/second")
    assert not is_in(page)
    page = browser.submit(form=STEP, code=f" {code_now()[:3]} {code_now()[3:]} ")
    assert is_in(page)
    assert db.session.scalar(select(LoginSession.second_factor_at)) is not None
    assert browser.client.get_cookie(sessions.step_cookie_name()) is None
    assert db.session.scalar(select(func.count(SignInStep.id))) == 0


def test_without_a_second_factor_nothing_changes(cast, browse):
    assert cast.citra
    assert is_in(first_step(browse(), cast.citra.email))


def test_the_right_password_alone_opens_no_page(ana, browse):
    browser = browse()
    first_step(browser)
    assert db.session.scalar(select(func.count(LoginSession.id))) == 0
    step = browser.client.get_cookie(sessions.step_cookie_name())
    assert step.http_only
    for name in (sessions.cookie_name(), "session_token"):
        thief = browse()
        thief.client.set_cookie(sessions.step_cookie_name(), step.value)
        thief.client.set_cookie(name, step.value)
        for path in ("/settings", "/desk", "/settings/second-factor", "/letters/mine", "/settings/second-factor/app"):
            location = thief.request("GET", path).response.headers["Location"]
            assert location.startswith("/sign-in?"), path


def test_the_second_step_is_reached_by_the_first_alone(ana, browse):
    for path in ("/sign-in/second", "/sign-in/second?next=/settings"):
        assert "/sign-in" in browse().request("GET", path).response.headers["Location"]
    page = browse().request("POST", "/sign-in/second", data={"code": code_now()})
    assert page.response.headers["Location"] == "/sign-in"
    assert browse().request("POST", "/sign-in/second/passkey/options").status == 410


def test_a_code_counts_once(ana, browse):
    code = code_now()
    browser = browse()
    first_step(browser)
    assert is_in(browser.submit(form=STEP, code=code))
    again = browse()
    first_step(again)
    page = again.submit(form=STEP, code=code)
    assert not is_in(page)
    assert "sudah dipakai" in page


@pytest.mark.parametrize("disguise", ["{0}-{1}", "{0} {1}", "\u2003{0}\u00a0{1}", "{0}.{1}"])
def test_a_code_in_another_dress_is_the_same_code(ana, browse, disguise):
    code = code_now()
    actions.take_code(ana, code=code)
    browser = browse()
    first_step(browser)
    assert not is_in(browser.submit(form=STEP, code=disguise.format(code[:3], code[3:])))


def test_an_older_code_is_worthless_after_a_newer_one(ana):
    from forum.core.errors import Invalid

    with time_machine.travel(utcnow(), tick=False):
        actions.take_code(ana, code=code_now(1))
        for steps in (1, 0, -1):
            with pytest.raises(Invalid):
                actions.take_code(ana, code=code_now(steps))


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(ana, browse, steps, taken):
    with time_machine.travel(utcnow(), tick=False):
        browser = browse()
        first_step(browser)
        assert is_in(browser.submit(form=STEP, code=code_now(steps))) is taken


def test_the_code_of_another_account_opens_nothing(ana, cast, browse):
    from forum.accounts import totp

    other = totp.new_secret()
    db.session.execute(Authenticator.__table__.update().where(Authenticator.user_id == ana.id).values(secret=other))
    assert cast.bima  # has the app of the cast
    browser = browse()
    first_step(browser)
    assert not is_in(browser.submit(form=STEP, code=code_now()))


def test_guessing_ends_and_the_owner_is_told(ana, browse):
    with time_machine.travel(utcnow(), tick=False) as clock:
        browser = browse()
        first_step(browser)
        statuses = [browser.submit(form=STEP, code="000000").status for _ in range(LIMITS["sign-in"].number + 1)]
        assert statuses == [200] * LIMITS["sign-in"].number + [429]
        elsewhere = browse()
        elsewhere.client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
        first_step(elsewhere)
        assert elsewhere.submit(form=STEP, code=code_now()).status == 429  # another address, another step: the same account
        told = [mail for mail in mails_to(ana.email) if mail.kind == "second_factor"]
        assert len(told) == 1
        assert "mengetahui kata sandi" in told[0].content["subject"]
        clock.shift(LIMITS["sign-in"].window + timedelta(seconds=1))
        first_step(browser)
        assert is_in(browser.submit(form=STEP, code=code_now()))


def test_guessing_for_days_ends_as_well(ana, browse):
    with time_machine.travel(utcnow(), tick=False) as clock:
        wrong = 0
        while wrong < LIMITS["wrong-codes"].number:
            browser = browse()
            first_step(browser)
            wrong += sum(browser.submit(form=STEP, code="000000").status == 200 for _ in range(LIMITS["sign-in"].number))
            clock.shift(LIMITS["sign-in"].window + timedelta(seconds=1))
        first_step(browser)
        assert browser.submit(form=STEP, code=code_now()).status == 429


def test_the_step_is_short_lived(ana, browse):
    with time_machine.travel(utcnow(), tick=False) as clock:
        browser = browse()
        first_step(browser)
        clock.shift(timedelta(minutes=10, seconds=1))
        page = browser.submit(form=STEP, code=code_now())
        assert not is_in(page)
        assert "Silakan masuk lagi" in page


def test_a_step_opens_one_session(ana, browse):
    """Two tabs, one step: the second finds it gone, though its code is good."""
    browser = browse()
    first_step(browser)
    token = browser.client.get_cookie(sessions.step_cookie_name()).value
    assert is_in(browser.submit(form=STEP, code=code_now()))
    other = browse()
    other.client.set_cookie(sessions.step_cookie_name(), token)
    page = other.request("POST", "/sign-in/second", data={"code": code_now(1)})
    assert page.response.headers["Location"] == "/sign-in"


def test_a_new_password_is_no_way_around(ana, browse):
    """Downgrade by reset: the mailbox gives a new password, never the second factor."""
    waiting = browse()
    first_step(waiting)
    actions.send_reset(ana)
    browser = browse()
    page = browser.submit(links_in(mails_to(ana.email)[-1])[-1], password="teh tawar di warung pojok")
    assert not is_in(page)
    browser.gives_code = False
    page = browser.submit(email=ana.email, password="teh tawar di warung pojok")
    assert page.url.endswith("/sign-in/second")
    assert not is_in(page)
    page = waiting.submit(form=STEP, code=code_now())  # begun with the old password
    assert not is_in(page)


def test_where_one_was_going_and_the_words_on_the_way_survive_both_steps(ana, cast, browse):
    letter = cast.letter(author=cast.citra)
    browser = browse()
    words = "Saya juga mengalami hal yang sama minggu lalu di kota saya."
    browser.request("POST", f"/letters/{letter.id}/comments", data={"text": words})
    browser.gives_code = False
    page = browser.open(browser.page.response.headers["Location"])
    page = browser.submit(email=ana.email, password=PASSWORD)
    page = browser.submit(form=STEP, code="000000")  # a wrong one loses nothing
    page = browser.submit(form=STEP, code=code_now())
    assert is_in(page)
    assert words in page.text


def test_the_way_on_leads_to_this_site_only(ana, browse):
    browser = browse()
    first_step(browser, url="/sign-in?next=%2F%2Fevil.example")
    page = browser.submit(form=STEP, code=code_now(), follow=False)
    assert page.response.headers["Location"] == "/"


def test_a_planted_session_is_replaced_at_the_second_step(ana, browse):
    browser = browse()
    browser.client.set_cookie(sessions.cookie_name(), "planted")
    first_step(browser)
    browser.submit(form=STEP, code=code_now())
    assert browser.client.get_cookie(sessions.cookie_name()).value != "planted"


@pytest.mark.parametrize("value", ["", " ", "\x00", "\ud800", "12345６", "9" * 100_000, "{{7*7}}", "-1", "<script>"])
def test_hostile_codes_are_wrong_codes(ana, browse, value):
    browser = browse()
    first_step(browser)
    page = browser.submit(form=STEP, code=value.encode("utf-8", "replace").decode())
    assert page.status in {200, 413}
    assert not is_in(page)


def test_a_form_from_another_site_takes_no_step(ana, browse):
    browser = browse()
    first_step(browser)
    for path in ("/sign-in/second", "/sign-in/second/passkey", "/sign-in/second/passkey/options"):
        page = browser.request("POST", path, data={"code": code_now()}, headers={"Sec-Fetch-Site": "cross-site"})
        assert page.status == 403


def test_the_step_costs_few_queries(ana, browse):
    browser = browse()
    assert len(first_step(browser).queries) <= 6
    assert len(browser.submit(form=STEP, code=code_now(), follow=False).queries) <= 16


def test_in_the_demo_a_demo_account_is_shown_its_code_and_nobody_else(ana, browse, setting, tmp_path):
    from tests.cast import TOTP_SECRET

    file = Path(tmp_path / "demo-accounts.json")
    file.write_text(f'[{{"email": "{ana.email}", "totp": "{TOTP_SECRET}"}}]')
    with time_machine.travel(utcnow(), tick=False):
        setting(environment="demo", data_dir=tmp_path)
        browser = browse()
        assert code_now() in first_step(browser)
        assert is_in(browser.submit(form=STEP, code=code_now()))
        assert code_now(1) in first_step(browse())  # the present one is used up
        for other in ("[]", "kacau", f'[{{"email": "{ana.email}", "totp": "AAAA"}}]'):
            file.write_text(other)
            assert "akun demo" not in first_step(browse())
    file.write_text(f'[{{"email": "{ana.email}", "totp": "{TOTP_SECRET}"}}]')
    for environment in ("production", "test"):
        setting(environment=environment, data_dir=tmp_path)
        assert second.code_of_the_demo(ana) is None
