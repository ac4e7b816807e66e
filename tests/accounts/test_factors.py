"""Second factors in the settings: set up, listed, removed, recovery codes, and the operator's last resort."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pyotp
import pytest
import time_machine
from sqlalchemy import func, select, text

from forum.accounts import actions, recovery, second, sessions, totp
from forum.accounts.models import Authenticator, LoginSession, RecoveryCode, User
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Event, Kind
from tests.accounts.post import mails_to
from tests.cast import PASSWORD, code_now, give_second_factor

PAGE, APP = "/settings/second-factor", "/settings/second-factor/app"
STEP = r"/sign-in/second($|\?)"


def set_up(browser, url=APP):
    """Set up an app as a person does: read the key, type the code; returns (page, secret)."""
    page = browser.open(url)
    secret = page.find("input", name="secret")[0].get("value")
    code = pyotp.TOTP(secret).generate_otp(totp.counter_now())
    return browser.submit(form="/app", code=code), secret


def codes_on(page):
    return ["".join(item.itertext()) for item in page.find("li", class_="code")]


def told(person):
    return [mail.content["subject"] for mail in mails_to(person.email) if mail.kind == "second_factor"]


def test_an_app_is_set_up_with_codes_for_the_day_it_is_lost(cast, browse):
    browser = browse(cast.ana)
    page, secret = set_up(browser)
    codes = codes_on(page)
    assert len(set(codes)) == recovery.HOW_MANY
    assert all(re.fullmatch(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}", code) for code in codes)
    saved = page.find("a", download="recovery-codes.txt")[0].get("href")
    assert saved.startswith("data:text/plain")
    assert all(code in unquote(saved) for code in codes)
    kept = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert len(kept) == recovery.HOW_MANY
    assert not [code for code in codes if any(code.replace("-", "") in one for one in kept)]
    stored = db.session.execute(text("SELECT secret FROM authenticator")).scalar_one()
    assert secret not in stored  # sealed
    assert told(cast.ana) == ["Faktor kedua ditambahkan ke akun Anda"]
    assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == Kind.SECOND_FACTOR_ADDED)) == 1
    page = browser.open(PAGE)
    assert "Tersisa 10 kode." in page
    assert not any(code in page.text for code in codes)  # shown once


def test_the_key_is_drawn_as_a_picture_and_written_in_words(cast, browse):
    page = browse(cast.ana).open(APP)
    secret = page.find("input", name="secret")[0].get("value")
    assert totp.in_groups(secret) in page
    [svg] = [one for one in page.tree.iter("svg") if one.get("class") == "qr"]
    side, path = totp.qr_path(totp.address_of(secret, cast.ana.email))
    assert svg.get("viewbox") == f"0 0 {side} {side}"
    assert svg.find("path").get("d") == path
    assert len(path) > 2_000


def test_a_wrong_code_sets_nothing_up_and_keeps_the_key(cast, browse):
    browser = browse(cast.ana)
    page = browser.open(APP)
    secret = page.find("input", name="secret")[0].get("value")
    page = browser.submit(form="/app", code="000000")
    assert page.find("input", name="secret")[0].get("value") == secret
    assert page.find("div", class_="problems")
    assert db.session.scalar(select(func.count(Authenticator.id))) == 0


def test_a_key_that_somebody_else_chose_is_not_taken(cast, browse):
    browser, chosen = browse(cast.ana), totp.new_secret()
    browser.open(APP)
    page = browser.submit(form="/app", secret=chosen, code=pyotp.TOTP(chosen).generate_otp(totp.counter_now()))
    assert page.find("div", class_="problems")
    assert page.find("input", name="secret")[0].get("value") != chosen
    seal = totp.seal(cast.citra.id, chosen)  # given to somebody else
    page = browser.submit(form="/app", secret=chosen, seal=seal, code=pyotp.TOTP(chosen).now())
    assert page.find("div", class_="problems")
    assert db.session.scalar(select(func.count(Authenticator.id))) == 0


def test_set_up_twice_is_once(cast, browse):
    browser = browse(cast.ana)
    page, secret = set_up(browser)
    token = browser.open(PAGE).find("input", name="csrf_token")[0].get("value")
    sent = {"secret": secret, "seal": totp.seal(cast.ana.id, secret), "code": code_now(), "csrf_token": token}
    page = browser.request("POST", APP, data=sent)
    assert page.response.headers["Location"] == PAGE
    assert db.session.scalar(select(func.count(RecoveryCode.id))) == recovery.HOW_MANY
    with pytest.raises(NotNow):
        actions.add_authenticator(cast.ana, by=cast.ana, secret=secret, code=code_now())


def test_the_first_factor_signs_out_the_other_devices(cast, browse):
    other, browser = browse(cast.ana), browse(cast.ana)
    half_done = actions.begin_step(cast.ana)
    set_up(browser)
    assert other.request("GET", "/settings").status == 302
    assert browser.request("GET", "/settings").status == 200
    thief = browse()
    thief.client.set_cookie(sessions.step_cookie_name(), half_done)
    assert thief.request("GET", "/sign-in/second").response.headers["Location"] == "/sign-in"
    assert db.session.scalar(select(LoginSession.second_factor_at)) is not None


def test_a_recovery_code_opens_the_second_step_once_and_is_told(cast, browse):
    codes = codes_on(set_up(browse(cast.ana))[0])
    for number, (code, opens) in enumerate([(codes[0].upper().replace("-", " "), True), (codes[0], False), (codes[1], True)]):
        browser = browse()
        browser.gives_code = False
        browser.submit("/sign-in", email=cast.ana.email, password=PASSWORD)
        page = browser.submit(form=STEP, code=code)
        assert bool(page.find("form", action="/sign-out")) is opens, number
    assert told(cast.ana)[1:] == ["Kode pemulihan Anda dipakai"] * 2
    assert "Sisa kode: 8" in mails_to(cast.ana.email)[-1].content["text"]
    assert "Tersisa 8 kode." in browser.open(PAGE)


def test_a_recovery_code_of_another_account_opens_nothing(cast, browse):
    give_second_factor(cast.citra)
    codes = codes_on(set_up(browse(cast.ana))[0])
    with pytest.raises(Invalid):
        actions.take_code(cast.citra, code=codes[0])


def test_new_recovery_codes_replace_the_old_ones(cast, browse):
    browser = browse(cast.ana)
    old = codes_on(set_up(browser)[0])
    new = codes_on(browser.submit(PAGE, form="/codes"))
    assert len(new) == recovery.HOW_MANY
    assert not set(new) & set(old)
    with pytest.raises(Invalid):
        actions.take_code(cast.ana, code=old[0])
    actions.take_code(cast.ana, code=new[0])
    assert "Kode pemulihan Anda baru" in told(cast.ana)


def test_the_last_factor_takes_the_recovery_codes_with_it(cast, browse):
    browser = browse(cast.ana)
    set_up(browser)
    page = browser.submit(PAGE, form="/app/remove")
    assert "Aplikasi dihapus." in page
    assert db.session.scalar(select(func.count(RecoveryCode.id))) == 0
    assert not db.session.get(User, cast.ana.id).has_second_factor
    assert told(cast.ana)[-1] == "Faktor kedua dihapus dari akun Anda"
    assert browse().submit("/sign-in", email=cast.ana.email, password=PASSWORD).find("form", action="/sign-out")
    token = browser.page.find("input", name="csrf_token")[0].get("value")
    page = browser.follow(browser.request("POST", f"{APP}/remove", data={"csrf_token": token}))
    assert "Ini sudah dihapus." in page
    with pytest.raises(NotNow):
        actions.renew_codes(cast.ana, by=cast.ana)


@pytest.mark.parametrize("path", [APP, "/settings/second-factor/passkey"])
def test_an_open_session_alone_adds_no_factor(cast, browse, path):
    browser = browse(cast.ana)
    with time_machine.travel(utcnow() + second.RECENT + timedelta(seconds=1), tick=False):
        page = browser.open(path)
        assert page.url.endswith(f"/settings/confirm?next={path}".replace("?next=/", "?next=/"))
        assert "tidak benar" in browser.submit(current_password="salah sekali ini") or browser.page.find("div", class_="problems")
        assert browser.submit(current_password=PASSWORD).url.endswith(path)


@pytest.mark.parametrize("form", ["/app/remove", "/codes"])
def test_an_open_session_alone_changes_no_factor_but_a_code_does(cast, browse, form):
    give_second_factor(cast.ana)
    browser = browse(cast.ana)
    with time_machine.travel(utcnow() + second.RECENT + timedelta(seconds=1), tick=False):
        page = browser.submit(PAGE, form=form)
        assert "/settings/confirm" in page.url
        assert db.session.scalar(select(func.count(Authenticator.id))) == 1
        assert not told(cast.ana)
        browser.submit(code=code_now())
        browser.submit(PAGE, form=form)
        assert len(told(cast.ana)) == 1


def test_the_password_page_keeps_the_second_factor_of_the_session(cast, browse):
    give_second_factor(cast.ana)
    browser = browse(cast.ana)
    page = browser.submit("/settings/password", current_password=PASSWORD, password="teh tawar di warung pojok")
    assert page.find("form", action="/sign-out")
    assert db.session.scalar(select(LoginSession.second_factor_at)) is not None


def test_only_the_owner_changes_an_account(cast):
    secret = totp.new_secret()
    for verb in (
        lambda: actions.add_authenticator(cast.ana, by=cast.citra, secret=secret, code=pyotp.TOTP(secret).now()),
        lambda: actions.remove_authenticator(cast.ana, by=cast.citra),
        lambda: actions.renew_codes(cast.ana, by=cast.dewi),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_the_operator_takes_everything_away_and_the_owner_is_told(cast, browse, app):
    give_second_factor(cast.ana)
    browser = browse(cast.ana)
    run = app.test_cli_runner()
    done = run.invoke(args=["second-factor-reset", "ANA@surat.example"])
    assert done.exit_code == 0, done.output
    db.session.expire_all()
    assert not db.session.get(User, cast.ana.id).has_second_factor
    assert browser.request("GET", "/settings").status == 302
    assert told(cast.ana) == ["Faktor kedua Anda dicabut"]
    assert db.session.scalar(select(Event.by_id).where(Event.kind == Kind.SECOND_FACTOR_RESET)) is None
    assert browse().submit("/sign-in", email=cast.ana.email, password=PASSWORD).find("form", action="/sign-out")
    refused = run.invoke(args=["second-factor-reset", "nia@surat.example"])
    assert refused.exit_code == 1
    assert "no account" in refused.output


def test_a_closed_account_leaves_no_secret_behind(cast, browse):
    set_up(browse(cast.ana))
    actions.close_account(cast.ana, by=cast.ana)
    assert db.session.scalar(select(func.count(Authenticator.id))) == 0
    assert db.session.scalar(select(func.count(RecoveryCode.id))) == 0


@pytest.mark.parametrize("value", ["", "\x00", "\ud800", "x" * 100_000, "{{7*7}}", "<script>"])
def test_hostile_fields_set_nothing_up(cast, browse, value):
    browser = browse(cast.ana)
    browser.open(APP)
    typed = value.encode("utf-8", "replace").decode()
    for field in ({"secret": typed}, {"seal": typed}, {"code": typed}):
        page = browser.submit(APP, form="/app", **{"code": "123456", **field})
        assert page.status in {200, 413, 429}
    assert db.session.scalar(select(func.count(Authenticator.id))) == 0


def test_pages_cost_few_queries(cast, browse):
    give_second_factor(cast.ana)
    browser = browse(cast.ana)
    assert len(browser.open(PAGE).queries) <= 5
    assert len(browse(cast.citra).open(APP).queries) <= 3
