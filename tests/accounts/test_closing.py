"""Accounts closed, and moderators appointed."""

import pytest
from sqlalchemy import select

from forum.accounts import actions, queries
from forum.accounts.lifecycle import CLOSED_NAME
from forum.accounts.models import User
from forum.accounts.rights import Standing
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Event, Kind
from tests.accounts.post import mails_to
from tests.cast import PASSWORD


class TestClosing:
    def test_name_address_and_password_go_and_sessions_end(self, cast, browse):
        ana = cast.ana
        browser, other = browse(ana), browse(ana)
        page = browser.submit("/settings/close", current_password=PASSWORD)
        assert "Akun Anda ditutup" in page
        assert not page.find("form", action="/sign-out")
        row = db.session.get(User, ana.id)
        assert (row.name, row.email, row.password_hash) == (CLOSED_NAME, None, None)
        assert row.closed_at
        assert other.request("GET", "/settings").status == 302
        event = db.session.scalar(select(Event).where(Event.kind == Kind.ACCOUNT_CLOSED))
        assert event.by_id == ana.id
        assert event.data == {"withdraw": False}
        [mail] = mails_to("ana@surat.example")
        assert mail.kind == "account_closed"
        assert CLOSED_NAME in mail.content["text"]
        assert actions.open_account(name="Ana", email="ana@surat.example", password_hash="x").id != ana.id

    def test_letters_are_withdrawn_on_wish(self, cast, browse):
        browse(cast.ana).submit("/settings/close", current_password=PASSWORD, withdraw="y")
        assert db.session.scalar(select(Event).where(Event.kind == Kind.ACCOUNT_CLOSED)).data == {"withdraw": True}

    def test_a_wrong_password_closes_nothing(self, cast, browse):
        page = browse(cast.ana).submit("/settings/close", current_password="tidak tahu lagi")
        assert page.find("div", id="current_password-error")
        assert queries.user_by_email("ana@surat.example").is_active

    def test_a_moderator_who_closes_loses_the_office(self, cast):
        dewi = cast.dewi
        actions.close_account(dewi, by=dewi)
        assert db.session.get(User, dewi.id).standing is Standing.MEMBER

    def test_what_is_closed_stays_closed(self, cast):
        actions.close_account(cast.ana, by=cast.ana)
        with pytest.raises(NotAllowed):
            actions.close_account(cast.ana, by=cast.ana)


class TestOffice:
    def test_the_first_moderator_is_appointed_anew_or_raised(self, cast, browse):
        member = browse(cast.ana)
        raised = actions.appoint_first(Standing.MODERATOR, email=cast.ana.email, name="Lain", password="x")
        assert raised.id == cast.ana.id
        assert raised.name == "Ana Wijaya"
        assert raised.holds_office
        assert not raised.is_moderator  # not without a second factor
        assert member.request("GET", "/settings").status == 302
        made = actions.appoint_first(
            Standing.ADMINISTRATOR, email="Hana@surat.example", name="Hana", password="meja redaksi pagi hari"
        )
        assert made.is_confirmed
        assert (
            browse()
            .submit("/sign-in", email="hana@surat.example", password="meja redaksi pagi hari")
            .find("form", action="/sign-out")
        )

    @pytest.mark.parametrize("standing", [Standing.MODERATOR, Standing.ADMINISTRATOR])
    def test_only_the_first_is_appointed_by_the_command(self, cast, app, standing):
        holder = cast.dewi if standing is Standing.MODERATOR else cast.surya
        with pytest.raises(NotNow) as problem:
            actions.appoint_first(standing, email=cast.ana.email, name="Lain", password="x")
        assert problem.value.code == "office_held"
        command = f"create-{standing}"
        said = app.test_cli_runner().invoke(args=[command, cast.ana.email, "--name", "Lain", "--password", "x"])
        assert said.exit_code == 1
        assert "/moderation/people" in said.output
        actions.close_account(holder, by=holder)
        said = app.test_cli_runner().invoke(args=[command, cast.ana.email, "--name", "Lain", "--password", "x"])
        assert said.exit_code == 0, said.output
        assert db.session.get(User, cast.ana.id, populate_existing=True).standing is standing

    def test_nobody_gets_both_offices_by_the_command(self, cast):
        with pytest.raises(NotNow) as problem:
            actions.appoint_first(Standing.ADMINISTRATOR, email=cast.dewi.email, name="Dewi", password="x")
        assert problem.value.code == "office_of_two"

    def test_a_weak_password_appoints_nobody(self, app):
        with pytest.raises(Invalid):
            actions.appoint_first(Standing.MODERATOR, email="hana@surat.example", name="Hana", password="password123")
        assert queries.user_by_email("hana@surat.example") is None
