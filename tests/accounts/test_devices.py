"""The devices that are signed in, listed and signed out."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from forum.accounts import actions
from forum.accounts.models import LoginSession
from forum.core.clock import utcnow
from forum.core.db import db
from tests.cast import PASSWORD


class TestDevices:
    def test_they_are_listed_in_words_and_this_one_is_marked(self, cast, browse):
        browser = browse()
        agent = (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
        )
        browser.request(
            "POST", "/sign-in", data={"email": cast.ana.email, "password": PASSWORD}, headers={"User-Agent": agent}
        )
        browse(cast.ana)
        browse(cast.citra)
        page = browser.open("/settings/sessions")
        assert "Chrome · Android perangkat ini" in page
        assert "127.0.0.1" in page
        assert len(page.find("li", class_="devices__item")) == 2
        assert len(page.queries) <= 4

    def test_one_is_ended(self, cast, browse):
        here, there = browse(cast.ana), browse(cast.ana)
        row = db.session.scalar(select(LoginSession).order_by(LoginSession.id.desc()))
        assert "dikeluarkan" in here.submit("/settings/sessions", form=f"sessions/{row.id}/end")
        assert there.request("GET", "/settings").status == 302
        assert here.request("GET", "/settings").status == 200

    def test_all_others_are_ended(self, cast, browse):
        here, there, stranger = browse(cast.ana), browse(cast.ana), browse(cast.citra)
        here.submit("/settings/sessions", form="sessions/end")
        assert there.request("GET", "/settings").status == 302
        assert here.request("GET", "/settings").status == 200 == stranger.request("GET", "/settings").status

    def test_ending_this_one_signs_out(self, cast, browse):
        here = browse(cast.ana)
        row = db.session.scalar(select(LoginSession))
        page = here.submit("/settings/sessions", form=f"sessions/{row.id}/end")
        assert not page.find("form", action="/sign-out")

    @pytest.mark.parametrize("number", ["0", "999999", str(2**63 - 1), str(2**63), "abc", "-1"])
    def test_another_persons_or_no_session_is_not_found(self, cast, browse, number):
        browser = browse(cast.ana)
        browse(cast.citra)
        theirs = db.session.scalar(select(LoginSession.id).where(LoginSession.user_id == cast.citra.id))
        token = browser.open("/settings/sessions").find("input", name="csrf_token")[0].get("value")
        for asked in (number, theirs):
            assert browser.request("POST", f"/settings/sessions/{asked}/end", data={"csrf_token": token}).status == 404
        assert db.session.get(LoginSession, theirs) is not None

    def test_without_the_token_of_this_session_nothing_ends(self, cast, browse):
        here, there = browse(cast.ana), browse(cast.ana)
        foreign = there.open("/settings/sessions").find("input", name="csrf_token")[0].get("value")
        for data in ({}, {"csrf_token": foreign}, {"csrf_token": "x"}):
            assert here.request("POST", "/settings/sessions/end", data=data).status == 409
        assert there.request("GET", "/settings").status == 200

    def test_old_ones_are_pruned(self, cast, browse):
        browse(cast.ana)
        with time_machine.travel(utcnow() + timedelta(days=13), tick=False):
            actions.prune_sessions()
            assert db.session.query(LoginSession).count() == 1
        with time_machine.travel(utcnow() + timedelta(days=15), tick=False):
            actions.prune_sessions()
            assert db.session.query(LoginSession).count() == 0
