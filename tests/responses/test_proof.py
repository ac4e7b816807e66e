""" "Not our customer" asks the author for one proof before it can answer the case."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from PIL import Image
from sqlalchemy import func, select

from forum.attachments.jobs import make_all
from forum.attachments.models import Attachment, FileAudience
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.letters.lifecycle import ResponseState
from forum.letters.models import Case, Letter, Question
from forum.responses import actions, queries
from forum.responses.models import Remedy, Response
from tests.responses.words import case_of, said

THEN = datetime(2026, 8, 3, 3, tzinfo=UTC)


def strange(letter: Letter, who) -> Response:
    return actions.respond(case_of(letter, who), said(remedy=Remedy.NOT_OUR_CUSTOMER), by=who)


def question(who) -> Question:
    return queries.question_for(who, db.session.scalar(select(Question.id).order_by(Question.id.desc())))


def count(kind: Kind) -> int:
    return db.session.scalar(select(func.count(Event.id)).where(Event.kind == kind))


def test_it_asks_and_answers_nothing(cast) -> None:
    letter = cast.letter()
    response = strange(letter, cast.bima)
    case = case_of(letter, cast.bima)
    assert (case.response, case.answered_at) == (ResponseState.ASKED, None)
    assert question(cast.ana).proof_for_id == response.id
    assert (count(Kind.PROOF_ASKED), count(Kind.CASE_ANSWERED)) == (1, 0)


def test_silence_lets_it_stand_from_its_own_moment(cast) -> None:
    with time_machine.travel(THEN, tick=False) as now:
        letter = cast.letter(published_at=THEN - timedelta(days=3))
        response = strange(letter, cast.bima)
        now.shift(timedelta(days=7))
        for _turn in range(2):
            actions.lapse_question(question(cast.ana).id)
    case = case_of(letter, cast.bima)
    assert (case.response, case.answered_at) == (ResponseState.ANSWERED, response.created_at)
    assert count(Kind.RESPONSE_STANDS) == 1


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"details": {"order": "TM-1"}}, ResponseState.ACKNOWLEDGED),
        ({"bought_on": THEN.date()}, ResponseState.ACKNOWLEDGED),
        ({}, ResponseState.ANSWERED),
    ],
)
def test_a_proof_makes_the_business_owe_another_answer(cast, given: dict, state: ResponseState) -> None:
    letter = cast.letter()
    strange(letter, cast.bima)
    for _turn in range(2):  # a double click is one answer
        actions.answer_question(question(cast.ana), by=cast.ana, text="Saya membeli di toko ini.", **given)
    case = case_of(letter, cast.bima)
    assert case.response is state
    assert (case.answered_at is None) == (state is ResponseState.ACKNOWLEDGED)
    assert question(cast.ana).proof_given is bool(given)
    answer = actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    assert case_of(letter, cast.bima).response is ResponseState.ANSWERED
    assert answer.counts


def test_it_is_one_of_the_two_stops_and_the_third_time_an_answer(cast) -> None:
    letter = cast.letter()
    for _turn in range(2):
        strange(letter, cast.bima)
        actions.answer_question(question(cast.ana), by=cast.ana, text="Ini bukti saya.", details={"order": "TM-9"})
        assert case_of(letter, cast.bima).answered_at is None
    third = strange(letter, cast.bima)
    assert case_of(letter, cast.bima).answered_at == third.created_at
    assert db.session.scalar(select(func.count(Question.id))) == 2


def test_an_open_question_ends_with_it(cast) -> None:
    letter = cast.letter()
    first = actions.ask(case_of(letter, cast.bima), by=cast.bima, text="Apakah kurir sempat menelepon?")
    strange(letter, cast.bima)
    assert db.session.get(Question, first.id).resumed_at is not None
    assert case_of(letter, cast.bima).response is ResponseState.ASKED


def test_a_real_answer_ends_the_question(cast) -> None:
    letter = cast.letter()
    strange(letter, cast.bima)
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    assert question(cast.ana).resumed_at is not None
    assert case_of(letter, cast.bima).response is ResponseState.ANSWERED


def test_after_an_answer_it_asks_nothing(cast) -> None:
    letter = cast.letter()
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    strange(letter, cast.bima)
    assert db.session.scalar(select(func.count(Question.id))) == 0


def picture() -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(made, "PNG")
    made.seek(0)
    return made


def test_a_receipt_is_for_the_business_that_asked_and_no_other_of_the_letter(cast, browse) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    strange(letter, cast.bima)
    browse(cast.ana).submit(
        f"/questions/{question(cast.ana).id}/answer",
        text="Ini struk saya.",
        bought_on="2026-03-03",
        receipt=(picture(), "struk.png"),
    )
    make_all()
    [file] = db.session.scalars(select(Attachment)).all()
    assert file.case_id == case_of(letter, cast.bima).id
    address = f"/files/{file.token}/full/{file.name}"
    assert [browse(who).open(address).status for who in (cast.ana, cast.bima, cast.fajar)] == [200, 200, 404]
    assert "struk.webp" not in browse(cast.fajar).open(f"/letters/{letter.id}").text


def test_the_author_gives_a_receipt_that_only_the_business_sees(cast, browse) -> None:
    letter = cast.letter()
    strange(letter, cast.bima)
    page = browse().open(f"/letters/{letter.id}")
    assert "Penulis diminta memberi satu bukti" in page
    ana = browse(cast.ana)
    page = ana.submit(
        f"/questions/{question(cast.ana).id}/answer",
        text="Ini struk saya.",
        bought_on="2026-03-03",
        receipt=(picture(), "struk.png"),
    )
    assert "Bukti sudah diberikan kepada pelaku usaha" in page
    [file] = db.session.scalars(select(Attachment)).all()
    assert (file.audience, file.letter_id) == (FileAudience.BUSINESS, letter.id)
    assert "struk" in browse(cast.bima).open(f"/letters/{letter.id}")
    assert "struk.webp" not in browse(cast.citra).open(f"/letters/{letter.id}").text
    assert db.session.get(Case, case_of(letter, cast.bima).id).details["date"] == "2026-03-03"


def test_a_bad_receipt_is_told_and_every_word_kept(cast, browse) -> None:
    letter = cast.letter()
    strange(letter, cast.bima)
    page = browse(cast.ana).submit(
        f"/questions/{question(cast.ana).id}/answer",
        text="Ini struk saya.",
        receipt=(io.BytesIO(b"MZ not a picture"), "struk.exe"),
    )
    assert page.status == 200
    assert "struk.exe" in page
    assert "Ini struk saya." in page.text
    assert question(cast.ana).resumed_at is None


def test_the_day_of_a_purchase_stops_no_answer(cast) -> None:
    letter = cast.letter()
    strange(letter, cast.bima)
    actions.answer_question(question(cast.ana), by=cast.ana, text="Ini hari belanja saya.", bought_on=THEN.date())
    assert actions.respond(
        case_of(letter, cast.bima), said(text=said().text + " Pembelian 2026-08-03 tercatat."), by=cast.bima
    )
