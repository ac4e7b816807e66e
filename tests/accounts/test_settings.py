"""The settings: profile, password, address, devices, closing."""

import pytest
import time_machine
from sqlalchemy import select

from forum.accounts import actions, queries, sessions
from forum.accounts.lifecycle import CHANGE_EMAIL_LIVES
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed
from forum.core.events import Event, Kind
from forum.core.rates import LIMITS
from tests.accounts.post import links_in, mails_to, press, work
from tests.cast import PASSWORD

NEW = "jeruk bali rasa anggur"


def test_guests_are_led_through_sign_in(browse):
    for path in ("/settings", "/settings/password", "/settings/email", "/settings/sessions", "/settings/close"):
        page = browse().request("GET", path)
        assert page.status == 302
        assert page.response.headers["Location"] == f"/sign-in?next={path}"
    for path in ("/settings/sessions/end", "/settings/sessions/1/end"):
        page = browse().request("POST", path)
        assert page.status == 302
        assert "/sign-in?next=/settings/sessions" in page.response.headers["Location"]


class TestProfile:
    def test_name_language_and_zone_are_kept_and_speak_at_once(self, cast, browse):
        browser = browse(cast.ana)
        page = browser.submit("/settings", name="Ana  W.", language="en", time_zone="Asia/Jayapura")
        assert "Your settings are kept." in page
        assert page.tree.get("lang") == "en"
        ana = queries.user_by_email("ana@surat.example")
        assert (ana.name, ana.language, ana.time_zone) == ("Ana W.", "en", "Asia/Jayapura")
        with time_machine.travel("2026-11-23T03:00:00+00:00", tick=False):
            fresh = browse(ana)
            assert "23 November 2026 at 12:00 WIT" in fresh.open("/settings/sessions")
        assert browse().open("/sign-in").tree.get("lang") == "id"
        assert browse(cast.citra).open("/settings").tree.get("lang") == "id"

    @pytest.mark.parametrize(
        "fields",
        [
            {"name": ""},
            {"name": "redaksi"},
            {"name": "a" * 101},
            {"language": "xx"},
            {"time_zone": "Mars/Olympus"},
            {"language": ["en", "x" * 9999]},
        ],
    )
    def test_values_that_are_none_change_nothing(self, cast, browse, fields):
        page = browse(cast.ana).submit("/settings", **fields)
        assert page.status == 200
        if fields != {"language": ["en", "x" * 9999]}:
            assert "Ada yang perlu diperbaiki" in page
            assert queries.user_by_email("ana@surat.example").language == "id"
        assert queries.user_by_email("ana@surat.example").name == "Ana Wijaya"

    def test_only_the_owner_changes_an_account(self, cast):
        for action, facts in (
            (actions.update_profile, {"name": "x", "language": "id", "time_zone": "Asia/Jakarta"}),
            (actions.choose_language, {"language": "en"}),
            (actions.change_password, {"password_hash": "x"}),
            (actions.ask_email_change, {"email": "x@surat.example"}),
            (actions.close_account, {}),
            (actions.resend_confirmation, {}),
        ):
            with pytest.raises(NotAllowed):
                action(cast.ana, by=cast.dewi, **facts)

    def test_a_language_that_is_not_offered_is_refused(self, cast):
        actions.choose_language(cast.ana, by=cast.ana, language="en")
        with pytest.raises(Invalid):
            actions.choose_language(cast.ana, by=cast.ana, language="nl")
        assert queries.user_by_email("ana@surat.example").language == "en"

    def test_the_page_costs_few_queries(self, cast, browse):
        page = browse(cast.ana).open("/settings")
        assert len(page.queries) <= 4


class TestPassword:
    def test_it_is_asked_again_ends_other_devices_and_is_told(self, cast, browse):
        ana = cast.ana
        browser, other = browse(ana), browse(ana)
        old = browser.client.get_cookie(sessions.cookie_name()).value
        page = browser.submit("/settings/password", current_password=PASSWORD, password=NEW)
        assert "diubah" in page
        assert page.url.endswith("/settings")
        assert other.request("GET", "/settings").status == 302
        assert browser.open("/settings").find("form", action="/sign-out")
        thief = browse()
        thief.client.set_cookie(sessions.cookie_name(), old)
        assert thief.request("GET", "/settings").status == 302
        assert [mail.kind for mail in mails_to(ana.email)] == ["password_changed"]
        assert db.session.scalar(select(Event.by_id).where(Event.kind == Kind.PASSWORD_CHANGED)) == ana.id
        assert browse().submit("/sign-in", email=ana.email, password=NEW).find("form", action="/sign-out")

    def test_a_wrong_present_password_changes_nothing_and_waits_in_the_end(self, cast, browse):
        browser = browse(cast.ana)
        for _ in range(LIMITS["sign-in"].number):
            page = browser.submit("/settings/password", current_password="tidak tahu lagi", password=NEW)
            assert page.status == 200
            assert page.find("div", id="current_password-error")
        assert browser.submit("/settings/password", current_password=PASSWORD, password=NEW).status == 429
        assert (
            browse(cast.ana)
            .submit("/settings/password", current_password=PASSWORD, password=NEW)
            .url.endswith("/settings")
        )

    def test_a_weak_new_one_is_refused(self, cast, browse):
        page = browse(cast.ana).submit("/settings/password", current_password=PASSWORD, password="ana@surat.example")
        assert page.find("div", id="password-error")
        assert not mails_to("ana@surat.example")

    def test_a_mailed_link_for_a_new_password_dies_with_the_change(self, cast, browse):
        ana = cast.ana
        browse().submit("/forgot-password", email=ana.email)
        work()
        link = links_in(mails_to(ana.email)[0])[0]
        browse(ana).submit("/settings/password", current_password=PASSWORD, password=NEW)
        assert browse().open(link).status == 410


class TestEmail:
    def ask(self, browse, person, email="ana.baru@surat.example", password=PASSWORD):
        return browse(person).submit("/settings/email", email=email, current_password=password)

    def test_the_new_address_confirms_and_the_old_one_is_told(self, cast, browse):
        ana = cast.ana
        page = self.ask(browse, ana)
        assert "ana.baru@surat.example" in page
        assert queries.user_by_email("ana.baru@surat.example") is None
        [mail] = mails_to("ana.baru@surat.example")
        assert [m.kind for m in mails_to("ana@surat.example")] == ["change_email_asked"]
        browser = browse()
        browser.open(links_in(mail)[0])
        assert queries.user_by_email("ana.baru@surat.example") is None
        press(browser, links_in(mail)[0])
        changed = queries.user_by_email("ana.baru@surat.example")
        assert changed.id == ana.id
        assert queries.user_by_email("ana@surat.example") is None
        assert [m.kind for m in mails_to("ana@surat.example")] == ["change_email_asked", "email_changed"]
        assert "ana.baru" not in str([m.content for m in mails_to("ana@surat.example")])
        assert db.session.scalar(select(Event.by_id).where(Event.kind == Kind.EMAIL_CHANGED)) == ana.id
        assert browse().open(links_in(mail)[0]).status == 410

    def test_without_the_password_nothing_is_mailed(self, cast, browse):
        page = self.ask(browse, cast.ana, password="tidak tahu lagi")
        assert page.find("div", id="current_password-error")
        assert page.find("input", id="email")[0].get("value") == "ana.baru@surat.example"
        assert not mails_to("ana.baru@surat.example")
        assert not mails_to("ana@surat.example")

    def test_a_known_address_gets_the_same_page_and_its_owner_a_mail(self, cast, browse):
        assert cast.citra
        browser = browse(cast.ana)
        free, known = (
            browser.submit("/settings/email", email=email, current_password=PASSWORD)
            for email in ("ana.baru@surat.example", "citra@surat.example")
        )
        assert free.words.replace("ana.baru@", "citra@") == known.words
        assert [mail.kind for mail in mails_to("citra@surat.example")] == ["known_address"]

    def test_an_address_taken_meanwhile_is_told(self, cast, browse):
        ana = cast.ana
        self.ask(browse, ana)
        actions.open_account(name="Lain", email="ana.baru@surat.example", password_hash="x")
        page = press(browse(), links_in(mails_to("ana.baru@surat.example")[0])[0])
        assert "sudah dipakai akun lain" in page
        assert queries.user_by_email("ana@surat.example").id == ana.id

    def test_the_same_address_and_a_bad_one_are_refused(self, cast, browse):
        assert "sudah alamat Anda" in self.ask(browse, cast.ana, email="ANA@surat.example")
        assert self.ask(browse, cast.ana, email="ana").find("div", id="email-error")

    def test_after_a_day_the_link_is_over_and_a_second_wish_replaces_the_first(self, cast, browse):
        ana = cast.ana
        self.ask(browse, ana)
        self.ask(browse, ana, email="ana.lain@surat.example")
        assert browse().open(links_in(mails_to("ana.baru@surat.example")[0])[0]).status == 410
        with time_machine.travel(utcnow() + CHANGE_EMAIL_LIVES, tick=False):
            assert browse().open(links_in(mails_to("ana.lain@surat.example")[0])[0]).status == 410

    def test_a_link_for_a_new_password_in_the_old_mailbox_dies_with_the_change(self, cast, browse):
        ana = cast.ana
        browse().submit("/forgot-password", email=ana.email)
        work()
        reset = links_in(mails_to("ana@surat.example")[0])[0]
        self.ask(browse, ana)
        press(browse(), links_in(mails_to("ana.baru@surat.example")[0])[0])
        assert browse().open(reset).status == 410

    def test_an_unconfirmed_person_mends_a_mistyped_address(self, cast, browse):
        gita = cast.person("Gita", confirmed=False)
        self.ask(browse, gita, email="gita.benar@surat.example")
        press(browse(), links_in(mails_to("gita.benar@surat.example")[0])[0])
        assert queries.user_by_email("gita.benar@surat.example").is_confirmed
