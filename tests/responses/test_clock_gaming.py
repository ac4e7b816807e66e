"""A question is asked to know something, not to let a clock stand."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid, NotNow
from forum.core.events import Event, Kind
from forum.letters.clocks import clock_of_facts
from forum.letters.lifecycle import ResponseState
from forum.letters.models import Question
from forum.letters.queries import letter_for
from forum.letters.queries.lists import stops_of
from forum.responses import actions, queries
from forum.responses.facts import facts_of
from forum.responses.same_words import MOST_SAME, words_hash
from tests.browser import Browser
from tests.cast import represent
from tests.responses.words import case_of, said

MONDAY = datetime(2026, 8, 3, 3, tzinfo=UTC)
ASKED = "Bisakah Anda menyebut nomor pesanan dan kota tujuan kiriman?"


def ask_many(cast, number: int, text: str = ASKED) -> list[Question]:
    return [
        actions.ask(case_of(cast.letter(published_at=MONDAY), cast.bima), by=cast.bima, text=text)
        for _ in range(number)
    ]


def test_the_same_question_to_more_than_five_letters_does_not_stop_the_clock(cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        asked = ask_many(cast, MOST_SAME)
        assert all(question.stops for question in asked)
        letter = cast.letter(published_at=MONDAY)
        sixth = actions.ask(
            case_of(letter, cast.bima),
            by=cast.bima,
            text="BISAKAH anda menyebut nomor pesanan, dan kota tujuan kiriman??",
        )
        case = case_of(letter, cast.bima)
    assert (sixth.stops, sixth.copies) == (False, MOST_SAME + 1)
    assert (case.response, case.acknowledged_at) == (ResponseState.AWAITING, None)
    assert stops_of([case.id])[case.id] == []


def test_other_words_or_another_business_or_later_days_are_not_the_same(cast) -> None:
    with time_machine.travel(MONDAY, tick=False) as now:
        ask_many(cast, MOST_SAME)
        other = cast.letter(published_at=MONDAY)
        own = actions.ask(case_of(other, cast.bima), by=cast.bima, text="Pada jam berapa kurir datang ke rumah Anda?")
        courier = cast.letter(merchants=[cast.courier], published_at=MONDAY)
        theirs = actions.ask(case_of(courier, cast.fajar), by=cast.fajar, text=ASKED)
        now.shift(timedelta(days=31))
        later = ask_many(cast, 1)[0]
    assert [own.stops, theirs.stops, later.stops] == [True, True, True]


def test_figures_signs_and_case_do_not_make_words_different() -> None:
    assert words_hash("Pesanan 123-A, tanggal 4?") == words_hash("pesanan 99 - a tanggal 17")
    assert words_hash("Pesanan mana?") != words_hash("Kurir mana?")


def test_a_question_that_does_not_stop_may_be_answered_and_lapses_without_moving_the_case(cast) -> None:
    with time_machine.travel(MONDAY, tick=False) as now:
        ask_many(cast, MOST_SAME)
        sixth, seventh = ask_many(cast, 2)
        actions.answer_question(queries.question_for(cast.ana, sixth.id), by=cast.ana, text="Kiriman ke Surabaya.")
        assert db.session.get(Question, sixth.id).answer
        now.shift(timedelta(days=7))
        assert actions.lapse_question(seventh.id)
        assert db.session.get(Question, seventh.id).resumed_at == MONDAY + timedelta(days=7)
    response = queries.question_for(cast.ana, seventh.id).case.response
    assert response is ResponseState.AWAITING


def test_an_answer_to_the_letter_ends_every_open_question(cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        ask_many(cast, MOST_SAME)
        letter = cast.letter(published_at=MONDAY)
        actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED)
        actions.ask(case_of(letter, cast.bima), by=cast.bima, text="Pada jam berapa kurir datang ke rumah Anda?")
        db.session.expire_all()
        actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
        case = case_of(letter, cast.bima)
    assert [question.resumed_at for question in case.questions] == [MONDAY, MONDAY]


def test_two_questions_are_the_most_whichever_agent_asks(cast) -> None:
    letter = cast.letter()
    agent = cast.person("Gilang Ramadhan")
    represent(agent, cast.shop)
    for by, text in ((cast.bima, ASKED), (agent, "Pada jam berapa kurir datang ke rumah Anda?")):
        made = actions.ask(case_of(letter, by), by=by, text=text)
        actions.answer_question(queries.question_for(cast.ana, made.id), by=cast.ana, text="Kiriman ke Surabaya.")
        db.session.expire_all()
    for by in (cast.bima, agent):
        with pytest.raises(Invalid, match="questions_used"):
            actions.ask(case_of(letter, by), by=by, text="Berapa lama Anda menunggu kurir itu?")


def test_nothing_is_asked_after_an_answer_even_in_words_that_do_not_stop(cast) -> None:
    ask_many(cast, MOST_SAME)
    letter = cast.letter()
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    with pytest.raises(NotNow):
        actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED)


@pytest.mark.parametrize(
    "text", ["Mohon maaf atas ketidaknyamanan ini ya?", "???????????????", "Terima kasih atas keluhan Bapak"]
)
def test_courtesies_are_no_question(cast, text: str) -> None:
    with pytest.raises(Invalid, match="no_question"):
        actions.ask(case_of(cast.letter(), cast.bima), by=cast.bima, text=text)


def test_the_page_says_that_many_got_the_same_words_and_how_long_the_clock_stood(app, cast) -> None:
    with time_machine.travel(MONDAY, tick=False) as now:
        questions = ask_many(cast, MOST_SAME + 1)
        now.shift(timedelta(days=3))
        db.session.expire_all()
        first, sixth = (db.session.get(Question, questions[place].id).case_id for place in (0, -1))
        page = Browser(app)
        standing = page.follow(page.open(f"/letters/{_letter_of(first)}")).text
        running = page.follow(page.open(f"/letters/{_letter_of(sixth)}")).text
    assert "Hitungan hari berhenti selama 3 hari kerja" in standing
    assert "Pertanyaan yang sama dikirim ke 6 surat" in running
    assert "Jam berhenti di sini" not in running


def _letter_of(case_id: int) -> int:
    return db.session.scalar(select(Event.letter_id).where(Event.case_id == case_id, Event.kind == Kind.CASE_ASKED))


def test_columns_and_events_tell_the_same_clock(app, cast) -> None:
    with time_machine.travel(MONDAY, tick=False) as now:
        letter = cast.letter(published_at=MONDAY)
        ask_many(cast, MOST_SAME)
        now.shift(timedelta(days=2))
        made = actions.ask(case_of(letter, cast.bima), by=cast.bima, text="Pada jam berapa kurir datang ke rumah Anda?")
        now.shift(timedelta(days=3))
        actions.answer_question(queries.question_for(cast.ana, made.id), by=cast.ana, text="Kiriman ke Surabaya.")
        db.session.expire_all()
        now.shift(timedelta(days=1))
        actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED)  # does not stop
        now.shift(timedelta(days=9))
        db.session.expire_all()
        with app.test_request_context():
            shown = queries.case_views(cast.ana, letter_for(cast.ana, letter.id))[0].clock
        counted = clock_of_facts(letter.category, facts_of(case_of(letter, cast.ana)), utcnow())
    assert shown == counted
    assert (shown.used, shown.stopped_days) == (8, 2)
