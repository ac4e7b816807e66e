"""The button "Daftar"."""

import re
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from forum.accounts import actions, queries
from forum.accounts.lifecycle import RULES_VERSION
from forum.accounts.models import MailedLink, User
from forum.config import settings
from forum.core.db import db
from forum.core.errors import Invalid
from forum.core.events import Event, Kind
from forum.core.mail import Mail
from tests.accounts.post import links_in, mails_to, work

GOOD = {
    "name": "Gita Ramadhani",
    "email": "gita@surat.example",
    "password": "teh manis tanpa gula",
    "adult": "y",
    "consent": "y",
}


def sign_up(browse, **fields):
    browser = browse()
    return browser, browser.submit("/sign-up", **{**GOOD, **fields})


def test_an_account_is_opened_unconfirmed_with_age_and_consent_and_their_time(browse):
    _, page = sign_up(browse)
    assert "Periksa kotak masuk Anda" in page
    gita = queries.user_by_email("gita@surat.example")
    assert gita.name == "Gita Ramadhani"
    assert not gita.is_confirmed
    assert gita.adult_declared_at
    assert gita.rules_version == RULES_VERSION
    assert gita.rules_accepted_at
    assert gita.password_hash.startswith("$argon2id$")
    assert db.session.scalar(select(Event.by_id).where(Event.kind == Kind.ACCOUNT_OPENED)) == gita.id
    [mail] = mails_to("gita@surat.example")
    assert mail.kind == "confirm"
    assert mail.content["subject"] == "Konfirmasi alamat email Anda"
    [link] = links_in(mail)
    assert link.startswith(settings().site_url + "/confirm/")
    assert link in mail.content["html"]


def test_the_token_is_kept_as_a_hash_only(browse):
    sign_up(browse)
    token = links_in(mails_to("gita@surat.example")[0])[0].rsplit("/", 1)[1]
    assert len(token) >= 43
    assert token not in [row.token_hash for row in db.session.scalars(select(MailedLink))]


def test_nobody_is_signed_in_by_signing_up_but_may_sign_in_unconfirmed(browse):
    browser, page = sign_up(browse)
    assert page.find("a", href="/sign-in")
    page = browser.submit("/sign-in", email=GOOD["email"], password=GOOD["password"])
    assert page.find("form", action="/sign-out")
    assert "belum dikonfirmasi" in browser.open("/settings")


def test_a_known_address_gets_the_same_page_and_its_owner_a_mail(cast, browse):
    owner = cast.ana
    before = owner.password_hash
    _new_browser, new = sign_up(browse)
    _known_browser, known = sign_up(browse, email="Ana@Surat.Example", name="Orang Lain")
    assert new.status == known.status == 200
    assert new.url == known.url
    assert new.text.replace("gita@", "ana@") == known.text
    [mail] = mails_to("ana@surat.example")
    assert mail.kind == "known_address"
    assert links_in(mail) == [settings().site_url + "/forgot-password"]
    assert queries.user_by_email("ana@surat.example").name == "Ana Wijaya"
    assert queries.user_by_email("ana@surat.example").password_hash == before
    assert db.session.query(User).count() == 2


def test_an_account_that_was_never_confirmed_goes_to_whoever_holds_the_mailbox(browse):
    """Somebody opens an account with another's address; the owner of the address signs up later."""
    thief, _ = sign_up(browse, password="kata sandi si pencuri")
    thief.submit("/sign-in", email=GOOD["email"], password="kata sandi si pencuri")
    _, _page = sign_up(browse)
    mail = mails_to(GOOD["email"])[-1]
    assert mail.kind == "known_unconfirmed"
    owner = browse()
    owner.submit(links_in(mail)[0], password="hanya saya yang tahu ini")
    assert queries.user_by_email(GOOD["email"]).is_confirmed
    assert thief.request("GET", "/settings").status == 302
    assert "tidak cocok" in browse().submit("/sign-in", email=GOOD["email"], password="kata sandi si pencuri")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Suharto", "Suharto"),
        ("  Siti   Aminah ", "Siti Aminah"),
        ("Nurhayati\u202e gnirts", "Nurhayati gnirts"),
        ("Rene\u0301", "René"),
        ("I Gusti Ngurah Rai", "I Gusti Ngurah Rai"),
        ("Adminah Redaksiani", "Adminah Redaksiani"),
        ("\u039d\u03af\u03ba\u03bf\u03c2 Wijaya", "\u039d\u03af\u03ba\u03bf\u03c2 Wijaya"),
        ("{{7*7}}", "{{7*7}}"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Ni\u0000ni", "Nini"),
    ],
)
def test_names_are_kept_as_people_write_them(browse, typed, kept):
    browser, _ = sign_up(browse, name=typed)
    assert queries.user_by_email(GOOD["email"]).name == kept
    page = browser.submit("/sign-in", email=GOOD["email"], password=GOOD["password"])
    assert kept in page
    assert "49" not in page.find("span", class_="menu__name")[0].text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "...",
        "\u200b\u200b",
        "a" * 101,
        "\ud83d\ude00",
        "Redaksi",
        "MODERATOR",
        "Surat Pembaca",
        "R\u0435daksi",
        "Redaksi.",
        "Tim Redaksi",
        "R e d a k s i",
        "Ｒｅｄａｋｓｉ",
        "R\u00e9daksi",
        "Redaks\u0131",
        "Red\u200baksi",
        "Moderator 1",
        "Surat Pembaca Resmi",
        "Penulis menghapus  akun.",
        "\u0391dmin",
    ],
)
def test_names_that_are_none_are_refused_at_the_field(browse, name):
    _, page = sign_up(browse, name=name.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    assert page.status == 200
    assert page.find("div", id="name-error")
    assert queries.user_by_email(GOOD["email"]) is None
    assert page.find("input", id="email")[0].get("value") == GOOD["email"]


@pytest.mark.parametrize(
    "email",
    [
        "",
        "gita",
        "gita@",
        "@surat.example",
        "gita@localhost",
        "gita@a b.example",
        "a@b.example\r\nBcc: c@d.example",
        "x" * 300 + "@surat.example",
        '"<b>"@surat.example',
        "gita@[127.0.0.1]",
        "gita@surat..example",
    ],
)
def test_addresses_that_are_none_are_refused_at_the_field(browse, email):
    _, page = sign_up(browse, email=email)
    assert page.status == 200
    assert page.find("div", id="email-error")
    assert db.session.query(User).count() == 0
    assert db.session.query(Mail).count() == 0


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "perlu diisi"),
        ("pendek", "Terlalu pendek"),
        ("password123", "banyak orang"),
        ("Indonesia2024!", "banyak orang"),
        ("aaaaaaaaaaaa", "banyak orang"),
        ("abcabcabcabc", "banyak orang"),
        ("1234567890", "banyak orang"),
        ("sayangsayang", "banyak orang"),
        ("gita@surat.example", "Alamat email Anda"),
        ("x y" * 200, "Terlalu panjang"),
    ],
)
def test_weak_passwords_are_refused_and_never_shown_again(browse, password, words):
    _, page = sign_up(browse, password=password)
    assert words in page
    assert not page.find("input", id="password")[0].get("value")
    assert queries.user_by_email(GOOD["email"]) is None


@pytest.mark.parametrize(
    "password",
    ["kuda besi di atas meja", "ñandú ñandú €uro", "日本語の長いパスワード", "        spasi", "p" + "äöü ß" * 50],
)
def test_any_characters_make_a_password(browse, password):
    browser, page = sign_up(browse, password=password)
    assert "Periksa kotak masuk" in page
    assert browser.submit("/sign-in", email=GOOD["email"], password=password).find("form", action="/sign-out")


@pytest.mark.parametrize("missing", ["adult", "consent"])
def test_without_age_or_consent_no_account(browse, missing):
    _, page = sign_up(browse, **{missing: None})
    assert page.find("div", id=f"{missing}-error")
    assert queries.user_by_email(GOOD["email"]) is None


def test_a_double_click_opens_one_account(browse):
    sign_up(browse)
    sign_up(browse)
    assert db.session.query(User).count() == 1


def test_too_many_sign_ups_from_one_network_address_wait(browse, monkeypatch):
    for number in range(settings().sign_ups_per_hour):
        sign_up(browse, email=f"g{number}@surat.example")
    _browser, page = sign_up(browse, email="lagi@surat.example")
    assert page.status == 429
    assert "Terlalu sering" in page
    assert page.find("input", id="name")[0].get("value") == GOOD["name"]
    assert queries.user_by_email("lagi@surat.example") is None


def test_a_huge_password_is_refused_before_anything_is_hashed(browse, monkeypatch):
    def never(*_args):
        raise AssertionError("hashed")

    monkeypatch.setattr("forum.accounts.proof.hash_password", never)
    browser = browse()
    page = browser.request("POST", "/sign-up", data={**GOOD, "password": "x" * 10_000_000})
    assert page.status == 413
    page = browser.request("POST", "/sign-up", data={**GOOD, "password": "x y" * 100_000})
    assert page.status == 200
    assert "Terlalu panjang" in page


def test_the_mail_to_one_address_is_limited_while_the_page_stays_the_same(cast, browse):
    assert cast.ana
    pages = [sign_up(browse, email="ana@surat.example")[1].text for _ in range(settings().mails_per_hour + 2)]
    assert len(set(pages)) == 1
    assert len(mails_to("ana@surat.example")) == settings().mails_per_hour
    browse().submit("/forgot-password", email="ana@surat.example")
    work()
    assert mails_to("ana@surat.example")[-1].kind == "reset"


def test_sign_up_keeps_where_one_was_going(browse):
    browser = browse()
    browser.open("/sign-up?next=/letters/write?parked%3Dabc")
    page = browser.submit(**GOOD)
    assert "/sign-in?next=/letters/write?parked%3Dabc" in page.links()


def test_the_language_of_the_page_becomes_the_persons(browse):
    browser = browse(language="en")
    browser.submit("/sign-up", **GOOD)
    assert queries.user_by_email(GOOD["email"]).language == "en"
    assert mails_to(GOOD["email"])[0].content["subject"] == "Confirm your e-mail address"


def test_two_at_once_make_one_account(app):
    actions.open_account(name="Gita", email="gita@surat.example", password_hash="x")
    with pytest.raises(Invalid) as problem:
        actions.open_account(name="Gita", email="GITA@surat.example", password_hash="y")
    assert problem.value.code == "email_taken"
    assert re.fullmatch(r"\w+", problem.value.code)


def test_two_threads_that_sign_up_at_the_same_moment_make_one_account(committing_app):
    barrier, results = Barrier(4), []

    def run():
        with committing_app.app_context():
            barrier.wait()
            results.append(actions.sign_up(name="Gita", email="gita@surat.example", password_hash="x"))

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert len([user for user in results if user is not None]) == 1
    assert db.session.query(User).count() == 1
    assert sorted(mail.kind for mail in mails_to("gita@surat.example")) == ["confirm"] + ["known_unconfirmed"] * 3
