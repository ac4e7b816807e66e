"""Links in mails: confirm the address, choose a new password."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from forum.accounts import actions, queries
from forum.accounts.lifecycle import CONFIRM_LIVES, RESET_LIVES
from forum.accounts.links import mail_link
from forum.accounts.models import LoginSession, MailedLink, Purpose, User
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Gone
from forum.core.events import Event, Kind
from forum.core.jobs import Job
from forum.core.mail import Mail
from forum.letters.policy import may_write
from tests.accounts.post import links_in, mails_to, press, work
from tests.cast import PASSWORD

NEW = "jeruk bali rasa anggur"


@unit_of_work
def send(user: User, purpose: Purpose = Purpose.CONFIRM, kind: str = "confirm") -> None:
    mail_link(user, purpose, to=user.email, kind=kind)


def gita(cast):
    return cast.person("Gita", confirmed=False)


def newest_link(address):
    return links_in(mails_to(address)[-1])[0]


def forgot(browse, email):
    page = browse().submit("/forgot-password", email=email)
    work()
    return page


WORDS = "Saya pernah mengalaminya juga, bulan lalu."


def park(browser, letter):
    """Send a comment as a guest; returns the address of the sign-in page that keeps the words."""
    return browser.submit(f"/letters/{letter.id}", form=f"/letters/{letter.id}/comments", text=WORDS).url


class TestTheWayGoesOn:
    """Who was stopped by sign-in on the way somewhere is led on by the mail, words and all."""

    def test_through_signing_up(self, cast, browse):
        browser = browse()
        sign_in = park(browser, cast.letter())
        browser.submit(
            sign_in.replace("/sign-in", "/sign-up"), name="Gita", email="gita@surat.example", password=NEW, adult="y", consent="y"
        )
        page = browser.submit(newest_link("gita@surat.example"), form="/confirm")
        page = browser.submit(password=NEW)
        assert WORDS in page

    def test_through_a_forgotten_password(self, cast, browse):
        browser = browse()
        sign_in = park(browser, cast.letter())
        browser.submit(sign_in.replace("/sign-in", "/forgot-password"), email=cast.citra.email)
        work()
        page = browser.submit(newest_link(cast.citra.email), form="/reset-password", password=NEW)
        page = browser.submit(page.url, email=cast.citra.email, password=NEW)
        assert WORDS in page

    def test_never_to_another_site(self, browse):
        browser = browse()
        browser.submit(
            "/sign-up?next=https://evil.example/", name="Gita", email="gita@surat.example", password=NEW, adult="y", consent="y"
        )
        assert "evil" not in newest_link("gita@surat.example")
        page = browser.submit(newest_link("gita@surat.example") + "?next=//evil.example/", form="/confirm")
        assert "/sign-in?parked=" in page.url


class TestConfirm:
    def test_opening_changes_nothing_and_the_button_confirms(self, cast, browse):
        person = gita(cast)
        send(person)
        browser = browse()
        for _ in range(3):
            page = browser.open(newest_link(person.email))
            assert person.email in page
        assert browser.client.head(newest_link(person.email)).status_code == 200
        assert not queries.user_by_email(person.email).is_confirmed
        assert not may_write(person)
        page = press(browser, newest_link(person.email))
        assert "terkonfirmasi" in page
        assert page.find("input", id="password")
        assert page.find("input", id="email")[0].get("value") == person.email
        assert person.email not in page.url
        assert person.email not in browse().open("/sign-in?parked=" + "a" * 43).text
        person = queries.user_by_email("gita@surat.example")
        assert person.is_confirmed
        assert may_write(person)
        assert db.session.scalar(select(Event.by_id).where(Event.kind == Kind.EMAIL_CONFIRMED)) == person.id
        assert db.session.query(LoginSession).count() == 0

    def test_a_used_link_says_so(self, cast, browse):
        person = gita(cast)
        send(person)
        press(browse(), newest_link(person.email))
        page = browse().open(newest_link(person.email))
        assert page.status == 410
        assert "sudah dipakai" in page
        assert browse().request("POST", newest_link(person.email)).status == 410

    def test_an_old_link_says_so(self, cast, browse):
        person = gita(cast)
        send(person)
        with time_machine.travel(utcnow() + CONFIRM_LIVES - timedelta(seconds=5), tick=False):
            assert browse().open(newest_link(person.email)).status == 200
        with time_machine.travel(utcnow() + CONFIRM_LIVES, tick=False):
            page = browse().open(newest_link(person.email))
            assert page.status == 410
            assert "tidak berlaku lagi" in page
            assert browse().request("POST", newest_link(person.email)).status == 410
        assert not queries.user_by_email(person.email).is_confirmed

    @pytest.mark.parametrize(
        "token", ["x", "a" * 43, "a" * 5000, "%00", "..%2f", "9223372036854775808", "{{7*7}}", "%ff"]
    )
    def test_an_invented_token_is_no_link(self, browse, token):
        for path in ("confirm", "reset-password", "confirm-email"):
            assert browse().request("GET", f"/{path}/{token}").status in {400, 404, 410}
            assert browse().request("POST", f"/{path}/{token}", data={"password": NEW}).status in {400, 404, 410}

    def test_a_link_serves_its_own_purpose_only(self, cast, browse):
        person = gita(cast)
        send(person)
        token = newest_link(person.email).rsplit("/", 1)[1]
        assert browse().request("GET", f"/reset-password/{token}").status == 410
        assert browse().request("GET", f"/confirm-email/{token}").status == 410

    def test_the_mail_can_be_sent_again_to_oneself_within_the_limit(self, cast, browse):
        person = gita(cast)
        browser = browse(person)
        for _ in range(settings().mails_per_hour):
            assert person.email in browser.submit("/settings", form="/confirm$")
        assert "Terlalu sering" in browser.submit("/settings", form="/confirm$")
        assert len(mails_to(person.email)) == settings().mails_per_hour
        press(browser, links_in(mails_to(person.email)[0])[0])
        assert queries.user_by_email(person.email).is_confirmed
        assert browser.open(newest_link(person.email)).status == 410
        assert not browser.open("/settings").find("form", action="/confirm")

    def test_a_guest_and_a_confirmed_person_get_no_mail(self, cast, browse):
        assert browse().request("POST", "/confirm").status == 302
        browser = browse(cast.ana)
        browser.open("/settings")
        token = browser.page.find("input", name="csrf_token")[0].get("value")
        assert "sudah terkonfirmasi" in browser.follow(browser.request("POST", "/confirm", data={"csrf_token": token}))
        assert db.session.query(Mail).count() == 0

    def test_two_at_once_use_a_link_once(self, cast):
        person = gita(cast)
        send(person)
        link = db.session.scalar(select(MailedLink))
        link = queries.link_for(newest_link(person.email).rsplit("/", 1)[1], Purpose.CONFIRM)
        actions.confirm(link)
        with pytest.raises(Gone):
            actions.confirm(link)


class TestForgotten:
    def test_the_answer_is_the_same_and_only_the_owner_gets_a_mail(self, cast, browse):
        assert cast.ana
        known, unknown = forgot(browse, "ana@surat.example"), forgot(browse, "nia@surat.example")
        assert known.text.replace("ana@", "nia@") == unknown.text
        assert known.url == unknown.url
        assert len(mails_to("ana@surat.example")) == 1
        assert not mails_to("nia@surat.example")

    def test_the_request_does_the_same_work_for_both(self, cast, browse):
        assert cast.ana
        counts = []
        for email in ("ana@surat.example", "nia@surat.example"):
            page = browse().submit("/forgot-password", email=email, follow=False)
            counts.append([statement.split(" ")[0] for statement in page.queries])
        assert counts[0] == counts[1]
        assert "surat.example" not in str([job.payload for job in db.session.scalars(select(Job))])

    def test_a_new_password_ends_every_session_signs_nobody_in_and_is_told(self, cast, browse):
        ana = cast.ana
        elsewhere = browse(ana)
        forgot(browse, ana.email)
        browser = browse()
        link = newest_link(ana.email)
        assert browser.open(link).find("input", id="password")
        page = browser.submit(link, password=NEW)
        assert "/sign-in?parked=" in page.url
        assert not page.find("form", action="/sign-out")
        assert elsewhere.request("GET", "/settings").status == 302
        assert mails_to(ana.email)[-1].kind == "password_changed"
        assert "tidak cocok" in browse().submit("/sign-in", email=ana.email, password=PASSWORD)
        assert browse().submit("/sign-in", email=ana.email, password=NEW).find("form", action="/sign-out")
        assert browse().open(link).status == 410
        assert browse().request("POST", link, data={"password": "yang ketiga lagi ya"}).status == 410

    def test_all_links_end_when_one_is_used(self, cast, browse):
        ana = cast.ana
        forgot(browse, ana.email)
        forgot(browse, ana.email)
        first, second = (links_in(mail)[0] for mail in mails_to(ana.email))
        browse().submit(first, password=NEW)
        assert browse().open(second).status == 410

    def test_after_sixty_minutes_it_is_over(self, cast, browse):
        ana = cast.ana
        forgot(browse, ana.email)
        link = newest_link(ana.email)
        with time_machine.travel(utcnow() + RESET_LIVES, tick=False):
            assert browse().open(link).status == 410

    @pytest.mark.parametrize("password", ["", "pendek", "password123", "ana@surat.example", "x y" * 200])
    def test_a_weak_password_leaves_the_link_usable(self, cast, browse, password):
        ana = cast.ana
        forgot(browse, ana.email)
        link = newest_link(ana.email)
        page = browse().submit(link, password=password)
        assert page.status == 200
        assert page.find("div", id="password-error")
        assert "/sign-in?parked=" in browse().submit(link, password=NEW).url

    def test_mails_to_one_address_and_requests_from_one_address_are_limited(self, cast, browse, monkeypatch, limit):
        assert cast.ana
        for _ in range(settings().mails_per_hour + 2):
            forgot(browse, "ana@surat.example")
        assert len(mails_to("ana@surat.example")) == settings().mails_per_hour
        limit("forgot", 1)
        assert forgot(browse, "ana@surat.example").status == 429

    def test_links_name_the_site_not_the_host_that_was_asked(self, cast, browse):
        assert cast.ana
        browse().request(
            "POST",
            "/forgot-password",
            data={"email": "ana@surat.example"},
            headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
        )
        work()
        mail = mails_to("ana@surat.example")[0]
        assert "evil" not in str(mail.content)
        assert newest_link("ana@surat.example").startswith(settings().site_url)

    def test_a_closed_account_gets_no_mail(self, cast, browse):
        ana = cast.ana
        browse().submit("/forgot-password", email=ana.email)
        actions.close_account(ana, by=ana)
        work()
        assert [mail.kind for mail in mails_to("ana@surat.example")] == ["account_closed"]

    def test_the_dead_link_of_a_closed_account_is_over(self, cast, browse):
        ana = cast.ana
        forgot(browse, ana.email)
        link = newest_link(ana.email)
        actions.close_account(ana, by=ana)
        assert browse().open(link).status == 410


def test_every_mail_renders_in_both_languages_without_an_untranslated_word(cast):
    from forum.core.mailing import TEMPLATES, compose

    facts = {
        "name": "Ana",
        "url": "http://localhost/x",
        "until": utcnow(),
        "at": utcnow(),
        "contact": "r@s.example",
        "withdraw": False,
        "pseudonym": "P",
    }
    for kind in (
        "confirm",
        "reset",
        "known_address",
        "known_unconfirmed",
        "password_changed",
        "change_email",
        "change_email_asked",
        "email_changed",
        "account_closed",
    ):
        assert (TEMPLATES / "emails" / f"{kind}.html").exists()
        indonesian, english = compose(kind, "id", **facts), compose(kind, "en", **facts)
        assert indonesian[0]
        assert indonesian[0] != english[0]
        lines = set(indonesian[1].splitlines()) & set(english[1].splitlines())
        assert lines <= {"", "-- ", "http://localhost/x", "Surat Pembaca · http://localhost"}, (kind, lines)
        assert "Halo Ana," in indonesian[2]
        assert "Hello Ana," in english[2]


def test_what_a_person_called_themselves_is_escaped_in_the_html_part_only(cast):
    from forum.core.mailing import compose

    _, text, html = compose("confirm", "id", name="<b>Ana</b> & {{7*7}}", url="http://localhost/x", until=utcnow())
    assert "Halo <b>Ana</b> & {{7*7}}," in text
    assert "&lt;b&gt;Ana&lt;/b&gt; &amp; {{7*7}}" in html
    assert "<b>Ana" not in html


def test_a_forgotten_fact_is_an_error_not_a_hole(app):
    from jinja2 import UndefinedError

    from forum.core.mailing import compose

    with pytest.raises(UndefinedError):
        compose("confirm", "id", until=utcnow())
