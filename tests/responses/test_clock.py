"""Receipt, questions that stop the clock, their answers and their end."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow, Stale
from forum.core.events import Event, Kind
from forum.letters.lifecycle import ResponseState
from forum.letters.models import Case, Question
from forum.letters.queries import letter_for
from forum.responses import actions, queries
from tests.responses.words import case_of, said

ASKED = "Bisakah Anda menyebut nomor pesanan dan kota tujuan kiriman?"


def events(kind: Kind) -> int:
    return db.session.scalar(select(func.count(Event.id)).where(Event.kind == kind))


def test_acknowledge_once(cast) -> None:
    letter = cast.letter()
    for _turn in range(2):
        actions.acknowledge(case_of(letter, cast.bima), by=cast.bima, seen=1)
    case = case_of(letter, cast.bima)
    assert (case.response, case.acknowledged_at is not None) == (ResponseState.ACKNOWLEDGED, True)
    assert events(Kind.CASE_ACKNOWLEDGED) == 1


@pytest.mark.parametrize("who", ["ana", "citra", "dewi", "fajar"])
@pytest.mark.parametrize("verb", ["acknowledge", "ask"])
def test_only_the_business_acknowledges_and_asks(cast, who: str, verb: str) -> None:
    person = getattr(cast, who)
    case = case_of(cast.letter(), person)
    with pytest.raises(NotAllowed):
        actions.acknowledge(case, by=person) if verb == "acknowledge" else actions.ask(case, by=person, text=ASKED)


def test_after_an_answer_nothing_is_acknowledged_or_asked(cast) -> None:
    letter = cast.letter()
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    with pytest.raises(NotNow):
        actions.acknowledge(case_of(letter, cast.bima), by=cast.bima)
    with pytest.raises(NotNow):
        actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED)


def test_the_clock_stands_from_the_question_to_the_answer(app, cast) -> None:
    monday = datetime(2026, 8, 3, 3, tzinfo=UTC)
    with time_machine.travel(monday, tick=False) as now:
        letter = cast.letter(published_at=monday)
        now.shift(timedelta(days=2))
        question = actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED)
        now.shift(timedelta(days=5))  # the next Monday
        db.session.expire_all()  # another request
        with app.test_request_context():
            view = queries.case_views(cast.ana, letter_for(cast.ana, letter.id))
    assert question.resumed_at is None
    assert (view[0].clock.used, view[0].clock.stopped, view[0].stops) == (2, True, ((2, 3),))


def test_the_author_answers_and_the_clock_runs(cast) -> None:
    letter = cast.letter(details={"order": "TM-1", "phone": "08111111111"})
    actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED)
    question = queries.question_for(cast.ana, db.session.scalar(select(Question.id)))
    for _turn in range(2):  # a double click is one answer
        actions.answer_question(question, by=cast.ana, text="Kiriman ke Surabaya.", details={"order": "TM-2", "x": "y"})
    case = case_of(letter, cast.bima)
    assert case.response is ResponseState.ACKNOWLEDGED
    assert case.details == {"order": "TM-2", "phone": "08111111111"}
    assert events(Kind.QUESTION_ANSWERED) == 1


@pytest.mark.parametrize("who", ["bima", "citra", "dewi"])
def test_nobody_else_answers_a_question(cast, who: str) -> None:
    letter = cast.letter()
    made = actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED)
    person = getattr(cast, who)
    with pytest.raises(NotAllowed):
        actions.answer_question(queries.question_for(person, made.id), by=person, text="Kiriman ke Surabaya.")


def test_the_same_question_twice_is_one_and_two_are_the_most(cast) -> None:
    letter = cast.letter()
    first = actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED, seen=1)
    assert actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED, seen=1).id == first.id
    with pytest.raises(Stale):
        actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED + " Lagi?", seen=1)
    actions.answer_question(queries.question_for(cast.ana, first.id), by=cast.ana, text="Kiriman ke Surabaya.")
    second = actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED)
    actions.answer_question(queries.question_for(cast.ana, second.id), by=cast.ana, text="Sudah saya jawab tadi.")
    with pytest.raises(Invalid) as refused:
        actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED)
    assert refused.value.code == "questions_used"


def test_a_question_lapses_when_its_days_are_over(cast) -> None:
    letter = cast.letter()
    with time_machine.travel(datetime(2026, 8, 3, 3, tzinfo=UTC), tick=False) as now:
        made = actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED)
        now.shift(timedelta(days=7, seconds=-1))
        assert queries.lapsing_questions() == []
        assert not actions.lapse_question(made.id)
        now.shift(timedelta(seconds=1))
        assert queries.lapsing_questions() == [made.id]
        assert actions.lapse_question(made.id)
        assert not actions.lapse_question(made.id)
    assert case_of(letter, cast.bima).response is ResponseState.ACKNOWLEDGED
    assert events(Kind.QUESTION_LAPSED) == 1
    with pytest.raises(NotNow) as late:
        actions.answer_question(queries.question_for(cast.ana, made.id), by=cast.ana, text="Terlambat.")
    assert late.value.code == "question_over"


def test_an_answer_to_the_letter_ends_an_open_question(cast) -> None:
    letter = cast.letter()
    made = actions.ask(case_of(letter, cast.bima), by=cast.bima, text=ASKED)
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    assert db.session.get(Question, made.id).resumed_at is not None
    assert not actions.lapse_question(made.id)


@pytest.mark.parametrize("number", [0, 2**40])
def test_the_worker_bears_what_is_gone(app, number: int) -> None:
    assert not actions.lapse_question(number)
    assert not actions.lapse_outcome(number)


def test_opening_is_noted_once_and_for_representatives_only(cast) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    for person in (cast.citra, cast.ana, cast.dewi):
        assert not queries.unopened(person, letter.id)
        assert actions.note_opened(letter.id, by=person) == 0
    assert queries.unopened(cast.bima, letter.id)
    assert [actions.note_opened(letter.id, by=cast.bima) for _turn in range(2)] == [1, 0]
    assert not queries.unopened(cast.bima, letter.id)
    opened = db.session.scalars(select(Case.opened_at).order_by(Case.position)).all()
    assert (opened[0] is not None, opened[1]) == (True, None)
    assert events(Kind.CASE_OPENED) == 1
