"""Monday's mail: what the week brings; once, only to those who answer, nothing when there is nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from forum.core.db import db
from forum.core.mail import Mail
from forum.desk import actions as desk
from forum.notifications import digest
from forum.notifications.actions import choose
from forum.notifications.choices import Choice
from forum.responses import actions
from forum.responses.models import Response
from tests.cast import represent
from tests.desk.team import change, gita, hana
from tests.responses.words import case_of, said

MONDAY = datetime(2026, 11, 30, 0, 5, tzinfo=UTC)  # 07.05 in Jakarta


def mails() -> dict[str, dict[str, str]]:
    return {mail.to.split("@")[0]: mail.content for mail in db.session.scalars(select(Mail).where(Mail.kind == "desk_digest"))}


def on(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        digest.send_digests()


def test_it_tells_what_is_due_and_leads_there(cast) -> None:
    overdue = cast.letter(title="Sudah lewat batas", published_at=MONDAY - timedelta(days=40))
    due = cast.letter(title="Jatuh tempo pekan ini", published_at=MONDAY - timedelta(days=13))
    cast.letter(title="Surat baru kemarin", published_at=MONDAY - timedelta(days=1))
    promised = cast.letter(title="Ada janji di sini", published_at=MONDAY - timedelta(days=20))
    cast.letter(title="Surat milik kurir", merchants=[cast.courier], published_at=MONDAY - timedelta(days=40))
    with time_machine.travel(MONDAY - timedelta(days=2), tick=False):
        actions.respond(case_of(promised, cast.bima), said(promise="Barang baru", promise_due=(MONDAY + timedelta(days=2)).date()), by=cast.bima)
        desk.assign(case_of(due, cast.bima), to=gita(cast).id, by=cast.bima)
    hana(cast), cast.fajar
    on(MONDAY)
    assert set(mails()) == {"bima", "gita", "fajar"}, "owners and agents; a reader is not written to"
    text = mails()["bima"]["text"]
    for line in (
        "1 surat lewat batas tanggapan",
        "1 surat perlu ditanggapi pekan ini",
        "1 janji jatuh tempo dalam tujuh hari atau lewat waktu",
        "1 surat masuk dalam tujuh hari terakhir",
        "2 surat belum ada yang menangani",
        "Sudah lewat batas",
        "Jatuh tempo pekan ini",
    ):
        assert line in text, line
    assert text.index("Sudah lewat batas") < text.index("Jatuh tempo pekan ini")
    assert f"/desk/cases/{case_of(overdue, cast.bima).id}" in text
    assert "Surat milik kurir" not in text
    assert "Surat baru kemarin" not in text
    assert mails()["bima"]["unsubscribe"]


@pytest.mark.parametrize(
    "moment",
    [
        MONDAY - timedelta(minutes=10),  # 06.55
        MONDAY + timedelta(days=1),
        MONDAY - timedelta(hours=12),  # Sunday there
        MONDAY + timedelta(days=3),
    ],
)
def test_not_before_seven_and_on_no_other_day(cast, moment: datetime) -> None:
    cast.letter(published_at=MONDAY - timedelta(days=40))
    cast.bima  # noqa: B018 - makes him
    on(moment)
    assert mails() == {}


def test_a_worker_that_was_away_sends_it_later_the_same_day_and_nobody_twice(cast) -> None:
    cast.letter(published_at=MONDAY - timedelta(days=40))
    cast.bima  # noqa: B018
    for hours in (5, 5.5, 9, 16):
        on(MONDAY + timedelta(hours=hours))
    assert len(db.session.scalars(select(Mail)).all()) == 1
    on(MONDAY + timedelta(days=7))
    assert len(db.session.scalars(select(Mail)).all()) == 2


def test_nothing_when_there_is_nothing(cast) -> None:
    letter = cast.letter(published_at=MONDAY - timedelta(days=40))
    with time_machine.travel(MONDAY - timedelta(days=20), tick=False):
        actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    on(MONDAY)
    assert mails() == {}


def test_it_can_be_switched_off(cast) -> None:
    cast.letter(published_at=MONDAY - timedelta(days=40))
    choose([], offered=[Choice.DESK_DIGEST], by=cast.bima)
    gita(cast)
    on(MONDAY)
    assert set(mails()) == {"gita"}


def test_who_cannot_be_written_to_is_left_out(cast) -> None:
    cast.letter(published_at=MONDAY - timedelta(days=40))
    change(cast.bima, confirmed_at=None)
    on(MONDAY)
    assert mails() == {}


def test_a_promise_far_away_is_not_told(cast) -> None:
    letter = cast.letter(published_at=MONDAY - timedelta(days=20))
    with time_machine.travel(MONDAY - timedelta(days=9), tick=False):
        actions.respond(case_of(letter, cast.bima), said(promise="Barang", promise_due=(MONDAY + timedelta(days=9)).date()), by=cast.bima)
    on(MONDAY)
    assert mails() == {}


def test_the_business_is_named_only_to_who_answers_for_several(cast) -> None:
    cast.letter(title="Surat toko", published_at=MONDAY - timedelta(days=40))
    represent(gita(cast), cast.courier)
    cast.bima  # noqa: B018 - makes him
    on(MONDAY)
    for part in ("text", "html"):
        assert cast.shop.name not in mails()["bima"][part]
        assert cast.shop.name in mails()["gita"][part]


def test_a_kept_promise_is_not_told(cast) -> None:
    letter = cast.letter(published_at=MONDAY - timedelta(days=20))
    with time_machine.travel(MONDAY - timedelta(days=9), tick=False):
        actions.respond(case_of(letter, cast.bima), said(promise="Barang", promise_due=(MONDAY + timedelta(days=1)).date()), by=cast.bima)
    change(db.session.scalar(select(Response)), promise_done_at=MONDAY - timedelta(days=1))
    on(MONDAY)
    assert mails() == {}
