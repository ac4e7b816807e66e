"""Requests about own data from end to end: by account and by mailed link, their copies, their decisions, their log; hostile ones refused."""

import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Gone, Invalid, NotAllowed, NotNow, TooMany
from forum.core.events import Event, Kind
from forum.core.parking import ParkedForm, park
from forum.privacy import actions, links, queries, retention
from forum.privacy.jobs import alarm_requests
from forum.privacy.lifecycle import Act, DataKind, DataState, Refusal
from forum.privacy.models import DataRequest, Processing
from tests.accounts.post import mails_to
from tests.cast import PASSWORD, Cast

WRONG = "Nama saya di surat nomor 12 keliru ditulis."
MADE = "Sudah kami betulkan sesuai permintaan Anda."


def acts() -> list[Act]:
    return list(db.session.scalars(select(Processing.act).order_by(Processing.id)))


def storage():
    return current_app.extensions["storage"]


def state_of(request_id: int) -> DataState:
    db.session.expire_all()
    return queries.request_by_id(request_id).state


class TestCopy:
    def test_is_asked_for_made_told_and_fetched_with_the_password(self, cast: Cast, browse) -> None:
        browser = browse(cast.ana)
        page = browser.submit("/settings/data", kind="access", current_password=PASSWORD)
        assert "Permintaan Anda dicatat" in page
        made = db.session.scalar(select(DataRequest))
        actions.make_copy(made.id, storage())
        assert [mail.kind for mail in mails_to("ana@surat.example")] == ["data_copy"]
        answer = browser.submit(f"/settings/data/{made.id}", current_password=PASSWORD)
        assert zipfile.is_zipfile(io.BytesIO(answer.response.data))
        assert acts() == [Act.ASKED, Act.COPY_MADE, Act.COPY_FETCHED]

    def test_a_wrong_password_asks_and_fetches_nothing(self, cast: Cast, browse) -> None:
        browse(cast.ana).submit("/settings/data", kind="access", current_password="bukan ini")
        assert db.session.scalar(select(DataRequest)) is None

    def test_is_nobody_elses(self, cast: Cast, browse) -> None:
        made = actions.ask(cast.ana, by=cast.ana, kind=DataKind.ACCESS)
        actions.make_copy(made.id, storage())
        request = queries.request_by_id(made.id)
        for other in (cast.citra, cast.dewi, cast.surya):
            with pytest.raises(NotAllowed):
                actions.fetch(request, by=other, storage=storage())
            assert browse(other).request("GET", f"/settings/data/{made.id}").status == 404
        for key in ("0" * 64, links.sign(links.STATE, str(made.id)), links.sign(links.COPY, str(made.id))):
            assert browse().request("GET", f"/data-requests/{made.id}/copy/{key}").status == 404
        with pytest.raises(NotAllowed):
            actions.ask(cast.ana, by=cast.citra, kind=DataKind.ACCESS)

    def test_goes_after_its_days(self, cast: Cast) -> None:
        made = actions.ask(cast.ana, by=cast.ana, kind=DataKind.ACCESS)
        actions.make_copy(made.id, storage())
        key = queries.request_by_id(made.id).key
        with time_machine.travel(utcnow() + timedelta(days=8), tick=False):
            with pytest.raises(Gone):
                actions.fetch(queries.request_by_id(made.id), by=cast.ana, storage=storage())
            assert retention.count("copies") == 1
            assert storage().exists(key)
            actions.forget_copies(storage())
        assert not storage().exists(key)
        assert queries.request_by_id(made.id).key is None

    def test_the_same_twice_is_once_and_too_many_are_refused(self, cast: Cast, limit) -> None:
        first = actions.ask(cast.ana, by=cast.ana, kind=DataKind.ACCESS)
        assert actions.ask(cast.ana, by=cast.ana, kind=DataKind.ACCESS).id == first.id
        limit("data-request", 1)
        with pytest.raises(TooMany):
            actions.ask(cast.ana, by=cast.ana, kind=DataKind.CORRECTION, text=WRONG)


class TestByMail:
    def asked(self, kind: DataKind = DataKind.ACCESS) -> DataRequest:
        return actions.ask_by_mail(email="Zul@surat.example", kind=kind, text=WRONG, address="192.0.2.7")

    def test_nothing_is_done_before_the_address_is_proved(self, cast: Cast, browse) -> None:
        page = browse().submit("/privacy/request", kind="access", email="zul@surat.example")
        assert "zul@surat.example" in page
        made = db.session.scalar(select(DataRequest))
        assert made.state is DataState.UNPROVEN
        actions.make_copy(made.id, storage())
        assert state_of(made.id) is DataState.UNPROVEN
        [mail] = mails_to("zul@surat.example")
        path = links.path_of(made)
        assert path in mail.content["text"]
        assert browse().request("POST", path + "/confirm").status == 302
        actions.make_copy(made.id, storage())
        copy = links.copy_path_of(queries.request_by_id(made.id))
        assert copy in mails_to("zul@surat.example")[-1].content["text"]
        assert zipfile.is_zipfile(io.BytesIO(browse().request("POST", copy).response.data))

    def test_a_key_of_another_purpose_or_request_opens_nothing(self, cast: Cast, browse) -> None:
        made = self.asked()
        actions.prove(made)
        actions.make_copy(made.id, storage())
        state = links.sign(links.STATE, str(made.id))
        assert browse().request("POST", f"/data-requests/{made.id}/copy/{state}").status == 404
        assert browse().request("GET", f"/data-requests/{made.id + 1}/{state}").status == 404

    def test_an_old_link_proves_nothing_and_a_second_one_waits(self, cast: Cast) -> None:
        made = self.asked()
        assert self.asked().id == made.id  # sent twice
        with time_machine.travel(utcnow() + timedelta(minutes=11), tick=False):
            again = self.asked()
        actions.prove(made)
        actions.prove(made)
        with pytest.raises(Invalid):
            actions.prove(again)
        late = self.asked(DataKind.CORRECTION)
        with time_machine.travel(utcnow() + timedelta(days=8), tick=False), pytest.raises(Gone):
            actions.prove(late)


class TestDeciding:
    def test_a_correction_is_answered_or_refused_with_a_reason(self, cast: Cast, browse) -> None:
        made = actions.ask(cast.ana, by=cast.ana, kind=DataKind.CORRECTION, text=WRONG)
        assert WRONG in browse(cast.dewi).open(f"/moderation/data-requests/{made.id}")
        assert "Pembetulan data" in browse(cast.dewi).open("/moderation/data-requests")
        with pytest.raises(Invalid):
            actions.refuse(made, by=cast.dewi, refusal=None, message=MADE)
        actions.settle(made, by=cast.dewi, message=MADE)
        assert MADE in browse(cast.ana).open(f"/settings/data/{made.id}")
        with pytest.raises(NotAllowed):
            actions.refuse(made, by=cast.dewi, refusal=Refusal.NOT_WRONG, message=MADE)
        other = actions.ask(cast.ana, by=cast.ana, kind=DataKind.CORRECTION, text=WRONG)
        actions.refuse(other, by=cast.eko, refusal=Refusal.NOT_WRONG, message=MADE)
        assert acts() == [Act.ASKED, Act.CORRECTED, Act.ASKED, Act.REFUSED]

    def test_nobody_decides_on_an_own_one(self, cast: Cast) -> None:
        made = actions.ask(cast.dewi, by=cast.dewi, kind=DataKind.CORRECTION, text=WRONG)
        with pytest.raises(NotAllowed):
            actions.settle(made, by=cast.dewi, message=MADE)

    def test_deleting_what_others_see_needs_two(self, cast: Cast) -> None:
        from forum.people.actions import requests as two_persons

        letter = cast.letter()
        made = actions.ask(cast.ana, by=cast.ana, kind=DataKind.DELETION, everything=True)
        with pytest.raises(NotAllowed):
            actions.erase(made, by=None)
        joint = actions.ask_second(made, by=cast.dewi, why="permintaan pemilik data, sudah diperiksa")
        with pytest.raises(NotAllowed):
            two_persons.confirm(joint, by=cast.dewi)
        two_persons.confirm(joint, by=cast.eko)
        assert state_of(made.id) is DataState.DONE
        assert db.session.get(User, cast.ana.id).closed_at is not None
        db.session.refresh(letter)
        assert (letter.text, letter.visibility.value) == ("", "tombstone")

    def test_a_withdrawn_one_is_not_erased_by_the_second_person(self, cast: Cast) -> None:
        from forum.people.actions import requests as two_persons

        made = actions.ask(cast.ana, by=cast.ana, kind=DataKind.DELETION, everything=True)
        joint = actions.ask_second(made, by=cast.dewi, why="permintaan pemilik data, sudah diperiksa")
        actions.withdraw(made, by=cast.ana)
        with pytest.raises(NotNow):
            two_persons.confirm(joint, by=cast.eko)
        assert db.session.get(User, cast.ana.id).closed_at is None

    def test_half_of_the_time_alarms_once(self, cast: Cast) -> None:
        made = actions.ask(cast.ana, by=cast.ana, kind=DataKind.CORRECTION, text=WRONG)
        with time_machine.travel(utcnow() + timedelta(hours=37), tick=False):
            alarm_requests()
            alarm_requests()
        alarms = db.session.scalars(select(Event.about).where(Event.kind == Kind.QUEUE_ALARM)).all()
        assert alarms == [f"data_request:{made.id}"]


def test_a_deletion_keeps_the_chains_whole_and_signs_the_letter_by_the_pseudonym(cast: Cast, browse) -> None:
    from forum.accounts.lifecycle import CLOSED_NAME
    from forum.ledger.verifying import of_ledger
    from forum.receipts import queries as receipts
    from forum.receipts import verifying

    letter = cast.letter()
    browser = browse(cast.ana)
    assert "Akun Anda ditutup" in browser.submit("/settings/data", kind="deletion", current_password=PASSWORD)
    assert browser.request("GET", "/settings").status == 302
    db.session.refresh(letter)
    assert letter.byline == CLOSED_NAME
    assert letter.text
    assert [*verifying.loose(), *verifying.of_files(), *verifying.of_all(receipts.ends(None)), *of_ledger()] == []
    [mail] = [one for one in mails_to("ana@surat.example") if one.kind == "data_erased"]
    assert "nama samaran" in mail.content["text"]


@pytest.mark.parametrize("change", [update(Processing).values(subject="x"), delete(Processing)])
def test_the_log_only_grows(cast: Cast, change) -> None:
    actions.ask(cast.ana, by=cast.ana, kind=DataKind.CORRECTION, text=WRONG)
    with pytest.raises(DBAPIError):
        db.session.execute(change)
    db.session.rollback()


def test_the_log_is_shown_and_exported_to_administrators(cast: Cast, browse) -> None:
    actions.ask(cast.ana, by=cast.ana, kind=DataKind.CORRECTION, text=WRONG)
    browser = browse(cast.surya)
    page = browser.open("/moderation/processing")
    assert "diminta oleh akun" in page
    assert WRONG not in page
    lines = browser.submit("/moderation/processing", form="processing.csv").text.splitlines()
    assert lines[0].startswith("number,at,act")
    assert len(lines) == 3  # the export is a row of it


def test_a_try_of_the_retention_counts_and_changes_nothing(cast: Cast, app) -> None:
    park("x", {"a": ["b"]}, browser="b")
    with time_machine.travel(utcnow() + timedelta(days=3), tick=False):
        said = app.test_cli_runner().invoke(args=["retention"])
        assert said.exit_code == 0, said.output
        assert "parked: 1 rows would go" in said.output
        assert db.session.scalar(select(ParkedForm.id)) is not None
        said = app.test_cli_runner().invoke(args=["retention", "--run"])
        assert "parked: 1 rows go" in said.output
        assert db.session.scalar(select(ParkedForm.id)) is None


def test_everybody_reads_how_long_what_is_kept(browse) -> None:
    page = browse().open("/privacy")
    assert "Yang kami simpan dan berapa lama" in page
    assert "Salinan data seseorang" in page
