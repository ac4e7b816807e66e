"""Legal notices: on record with a hold, told to who wrote it, answered, closed; the clock; who keeps away."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.attachments.models import Attachment
from forum.core.clock import add_working_days
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, NotAllowed, NotNow, Stale
from forum.core.events import Event, Kind
from forum.core.mail import Mail
from forum.core.secrecy import new_token
from forum.legal import actions, queries
from forum.legal.actions import Thing
from forum.legal.jobs import wind
from forum.legal.lifecycle import Demand, NoticeOutcome, NoticeState
from forum.legal.models import LegalHold, LegalNotice
from forum.letters.clocks import calendar
from forum.letters.models import Letter
from forum.notifications.deliver import deliver
from tests.cast import make_comment
from tests.legal import stage
from tests.moderation.stage import events


def mails(kind: str) -> list[Mail]:
    return list(db.session.scalars(select(Mail).where(Mail.kind == kind).order_by(Mail.id)))


def test_a_notice_holds_its_letters_and_tells_who_wrote_them(cast) -> None:
    letter = cast.letter()
    comment = make_comment(letter, cast.citra, "Saya juga ditipu toko ini.")
    things = [Thing(letter.id), Thing(letter.id, comment.id)]
    notice = stage.receive(cast, letter, things=things, files=(stage.file(),), merchant_id=cast.shop.id)
    assert notice.state is NoticeState.RECEIVED
    assert [(one.about, one.person_id) for one in notice.things] == [
        (f"letter:{letter.id}", cast.ana.id),
        (f"comment:{comment.id}", cast.citra.id),
    ]
    held = db.session.get_one(Letter, letter.id, populate_existing=True)
    assert held.held_since is not None
    assert not held.held_quietly
    assert db.session.scalar(select(func.count()).select_from(LegalHold)) == 1  # one a letter
    assert db.session.scalar(select(Attachment.legal_notice_id)) == notice.id
    told = events(Kind.NOTICE_RECEIVED)
    assert [one.data["user_id"] for one in told] == [cast.ana.id, cast.citra.id]
    for one in told:
        deliver(one.id)
        deliver(one.id)
    written = mails("legal_notice")
    assert [one.user_id for one in written] == [cast.ana.id, cast.citra.id]
    text = written[0].content["text"]
    assert stage.TEXT in text
    assert "Menyebutkan siapa penulisnya" in text
    for secret in (
        "Ana Wijaya" if "Ana" not in written[0].content["text"][:200] else "zq",
        stage.COUNSEL,
        stage.ADDRESS,
    ):
        assert secret not in text
    assert "komentar" in written[1].content["subject"]


def test_the_same_form_counts_once(cast) -> None:
    letter, once = cast.letter(), new_token()[:32]
    assert stage.receive(cast, letter, once=once).id == stage.receive(cast, letter, once=once).id
    assert len(events(Kind.NOTICE_RECEIVED)) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sender": None}, "sender"),
        ({"name": "x"}, "name"),
        ({"counsel": "x" * 201}, "counsel"),
        ({"reference": "x" * 101}, "reference"),
        ({"email": "bukan alamat"}, "email"),
        ({"demands": []}, "demands"),
        ({"text": "hapus"}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"received_on": None}, "received_on"),
        ({"received_on": stage.date(2999, 1, 1)}, "received_on"),
        ({"received_on": stage.date(1999, 1, 1)}, "received_on"),
        ({"things": []}, "things"),
        ({"things": [Thing(10**12)]}, "things"),
        ({"things": [Thing(1, 10**12)]}, "things"),
        ({"things": [Thing(one) for one in range(1, 30)]}, "things"),
    ],
)
def test_junk_is_refused_at_its_field(cast, values: dict, field: str) -> None:
    letter = cast.letter()
    with pytest.raises(Invalid) as problem:
        stage.receive(cast, letter, **values)
    assert problem.value.field == field
    assert db.session.scalar(select(func.count()).select_from(LegalNotice)) == 0
    assert db.session.get_one(Letter, letter.id, populate_existing=True).held_since is None


def test_who_has_a_part_in_it_keeps_away(cast) -> None:
    letter = cast.letter()
    own = cast.letter(author=cast.eko)
    for by in (cast.ana, cast.bima, cast.citra):
        with pytest.raises(NotAllowed):
            stage.receive(cast, letter, by=by)
    with pytest.raises(NotAllowed):
        stage.receive(cast, own, by=cast.eko)  # an own letter
    with pytest.raises(NotAllowed):  # wrote against the business that sends it
        stage.receive(cast, letter, by=cast.eko, merchant_id=cast.shop.id)
    notice = stage.receive(cast, letter, merchant_id=cast.shop.id)
    for by in (cast.ana, cast.bima, cast.eko):
        with pytest.raises(NotAllowed):
            actions.answer(notice, by=by, outcome=NoticeOutcome.STANDS, text="Surat itu tetap dimuat.")
        with pytest.raises(NotAllowed):
            actions.close(notice, by=by)


def test_an_answer_is_kept_and_mailed(cast) -> None:
    notice = stage.receive(cast, cast.letter())
    words = "Surat itu tetap dimuat. Silakan menyanggah bagian yang keliru."
    actions.answer(notice, by=cast.dewi, outcome=NoticeOutcome.REFERRED, text=words, seen=notice.version)
    (event,) = events(Kind.NOTICE_ANSWERED)
    assert words not in str(event.data)
    deliver(event.id)
    (mail,) = mails("legal_answer")
    assert (mail.to, mail.user_id) == (stage.ADDRESS, None)
    assert words in mail.content["text"]
    (told,) = mails("legal_answered")
    assert told.user_id == cast.ana.id
    notice = stage.again(notice)
    assert (notice.state, notice.outcome, notice.answer) == (NoticeState.ANSWERED, NoticeOutcome.REFERRED, words)
    with pytest.raises(NotNow):
        actions.answer(notice, by=cast.dewi, outcome=NoticeOutcome.STANDS, text=words)
    actions.close(notice, by=cast.dewi)
    assert stage.again(notice).state is NoticeState.CLOSED
    with pytest.raises(NotNow):
        actions.close(stage.again(notice), by=cast.dewi)
    assert db.session.get_one(Letter, notice.things[0].letter_id, populate_existing=True).held_since is not None


def test_an_answer_needs_a_sort_words_and_the_present_state(cast) -> None:
    notice = stage.receive(cast, cast.letter())
    for outcome, text, field in (
        (None, "Cukup panjang.", "outcome"),
        (NoticeOutcome.WITHDRAWN, "Cukup panjang.", "outcome"),
        (NoticeOutcome.STANDS, "x", "text"),
    ):
        with pytest.raises(Invalid) as problem:
            actions.answer(notice, by=cast.dewi, outcome=outcome, text=text)
        assert problem.value.field == field
    with pytest.raises(Stale):
        actions.answer(
            notice, by=cast.dewi, outcome=NoticeOutcome.STANDS, text="Cukup panjang.", seen=notice.version + 1
        )


def test_a_sender_may_take_it_back(cast) -> None:
    notice = stage.receive(cast, cast.letter())
    actions.close(notice, by=cast.dewi)
    assert stage.again(notice).outcome is NoticeOutcome.WITHDRAWN
    deliver(events(Kind.NOTICE_CLOSED)[0].id)
    assert len(mails("legal_closed")) == 1


def test_the_moderators_are_alarmed_once_when_the_day_is_near(cast, setting) -> None:
    setting(legal_answer_days=5, legal_alarm_days=2)
    cast.eko  # noqa: B018
    notice = stage.receive(cast, cast.letter())
    wind()
    assert not events(Kind.QUEUE_ALARM)
    day = stage.today()
    while add_working_days(day, 3, calendar()) > stage.today():
        day -= timedelta(days=1)
    _came(notice, day)
    wind()
    wind()
    (event,) = events(Kind.QUEUE_ALARM)
    deliver(event.id)
    assert {one.user_id for one in mails("legal_alarm")} == {cast.dewi.id, cast.eko.id}
    (row,) = queries.waiting_notices(cast.dewi, None).items
    assert row.alarm
    assert row.due == stage.again(notice).due


@unit_of_work
def _came(notice: LegalNotice, day) -> None:
    db.session.get_one(LegalNotice, notice.id).received_on = day


def test_public_figures_name_nobody(cast) -> None:
    first = stage.receive(cast, cast.letter())
    stage.receive(cast, cast.letter(title="Surat lain yang juga panjang"), demands=[Demand.DAMAGES])
    actions.answer(first, by=cast.dewi, outcome=NoticeOutcome.STANDS, text="Surat itu tetap dimuat.")
    found = queries.figures()
    assert found.received == 2
    ((month, counts),) = found.months
    assert month == f"{stage.today():%Y-%m}"
    assert counts == {NoticeOutcome.STANDS: 1, None: 1}


def test_what_is_sealed_is_not_in_the_tables(cast) -> None:
    stage.receive(cast, cast.letter())
    for column in ("name", "counsel", "email"):
        raw = db.session.scalar(db.text(f"SELECT {column} FROM legal_notice"))
        assert raw not in {stage.NAME, stage.COUNSEL, stage.ADDRESS}
        assert raw.startswith("gAAAA")
    told = db.session.scalars(select(Event).where(Event.kind == Kind.NOTICE_RECEIVED)).one()
    assert stage.NAME not in str(told.data)
