"""What the clock tells the author and when; and that other days of a category move all of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from forum import config
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Publication, ResponseState
from forum.letters.models import Case, Letter, Question
from forum.letters.queries import case_for
from forum.notifications import overdue, reminders, ticks
from forum.responses import actions
from tests.notifications.helping import mailed, mails, told, work

MONDAY = datetime(2026, 7, 6, 3, 0, tzinfo=UTC)  # 10:00 in Jakarta; July has no public holiday on a working day


def at(**later):
    return time_machine.travel(MONDAY + timedelta(**later), tick=False)


def events(*kinds: Kind) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.kind.in_(kinds)).order_by(Event.id)))


@pytest.fixture
def case(cast):
    _bima = cast.bima
    with at():
        return cast.letter(published_at=MONDAY).cases[0]


@pytest.fixture
def other_days():
    """Letters of this category have half the days; those of insurance the double."""
    before = config.settings()
    config.activate(replace(before, category_days=(("toko-online", (2, 5, 10)), ("asuransi", (10, 20, 40)))))
    yield
    config.activate(before)


@unit_of_work
def change(model, number, **values):
    db.session.execute(update(model).where(model.id == number).values(**values))


def days_of(kind: Kind, run, last: int = 60) -> dict[int, int]:
    """On which day after Monday each event of a kind was written, when the worker looks twice a day."""
    seen: dict[int, int] = {}
    for day in range(last):
        with at(days=day):
            before = len(events(kind))
            run()
            run()
            for event in events(kind)[before:]:
                seen[day] = event.data.get("day")
    return seen


def test_the_author_is_told_once_after_ten_and_once_after_twenty_working_days(cast, case):
    assert days_of(Kind.CASE_OVERDUE, overdue.tell_authors) == {15: 11}  # the Tuesday after the tenth working day
    assert days_of(Kind.CASE_VERY_LATE, overdue.tell_authors) == {}
    assert [event.data["day"] for event in events(Kind.CASE_VERY_LATE)] == [21]
    work()
    assert told() == {("Ana", "overdue"), ("Ana", "very_late")}
    assert mailed() == {("ana", "overdue"), ("ana", "very_late")}


def test_the_mail_leads_to_the_hand_over_pack(cast, case):
    with at(days=15):
        overdue.tell_authors()
        work()
    mail = mails("overdue")[0]
    assert f"/cases/{case.id}/hand-over" in mail.content["text"]
    assert "10 hari kerja" in mail.content["text"]


def test_a_worker_that_slept_says_very_late_alone(case):
    with at(days=40):
        overdue.tell_authors()
        overdue.tell_authors()
    assert [event.kind for event in events(Kind.CASE_OVERDUE, Kind.CASE_VERY_LATE)] == [Kind.CASE_VERY_LATE]


@pytest.mark.parametrize("state", [ResponseState.ASKED, ResponseState.ANSWERED])
def test_nobody_is_told_once_answered_or_while_the_author_is_asked(case, state):
    change(Case, case.id, response=state)
    with at(days=40):
        overdue.tell_authors()
    assert events(Kind.CASE_OVERDUE, Kind.CASE_VERY_LATE) == []


def test_nobody_is_told_of_a_letter_out_of_print(case):
    change(Letter, case.letter_id, publication=Publication.WITHDRAWN)
    with at(days=40):
        overdue.tell_authors()
    assert events(Kind.CASE_OVERDUE, Kind.CASE_VERY_LATE) == []


def test_days_out_of_print_are_not_counted(case):
    away = [[(MONDAY + timedelta(days=2)).isoformat(), (MONDAY + timedelta(days=9)).isoformat()]]
    change(Letter, case.letter_id, absences=away)
    assert list(days_of(Kind.CASE_OVERDUE, overdue.tell_authors, 30)) == [22]  # a week later than without


def test_days_of_a_category_move_what_is_told_and_when(case, other_days):
    assert days_of(Kind.BUSINESS_REMINDED, reminders.remind_businesses) == {2: 2, 4: 4, 7: 5}
    assert list(days_of(Kind.CASE_OVERDUE, overdue.tell_authors, 12)) == [8]


@pytest.mark.parametrize(
    ("category", "expected"), [("toko-online", (2, 4, 5)), ("asuransi", (6, 14, 20)), ("perbankan", (3, 7, 10))]
)
def test_reminders_move_in_proportion_to_the_days_to_answer(app, other_days, category, expected):
    assert reminders.reminder_days(category) == expected


def test_a_reminder_says_what_is_due_when(cast, case):
    texts = []
    for day in (3, 14):
        with at(days=day):
            reminders.remind_businesses()
            work()
        texts.append(mails("reminder")[-1].content["text"])
    assert "Paling lambat 13 Juli 2026" in texts[0]
    assert "Hari terakhir untuk menanggapi tepat waktu adalah 20 Juli 2026." in texts[0]
    assert "Hari ini hari terakhir" in texts[1]


def test_a_reminder_that_comes_late_says_that_the_day_has_passed(cast, case):
    with at(days=20):
        reminders.remind_businesses()
        work()
    text = mails("reminder")[0].content["text"]
    assert "20 Juli 2026, dan hari itu sudah lewat" in text
    assert "Paling lambat" not in text


def test_the_first_mail_says_what_is_due_when(cast):
    from tests.notifications.helping import happen

    _bima = cast.bima
    with at():
        letter = cast.letter(published_at=MONDAY)
        happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=letter)
        work()
    text = mails("new_letter")[0].content["text"]
    assert "5 hari kerja" in text
    assert "13 Juli 2026" in text
    assert "20 Juli 2026" in text


def ask(cast, case) -> Question:
    with at():
        return actions.ask(
            case_for(cast.bima, case.id), by=cast.bima, text="Bisakah Anda menyebut nomor pesanan dan kota tujuan?"
        )


def test_the_author_is_reminded_of_a_question_two_days_before_it_lapses(cast, case):
    asked = ask(cast, case)
    with at(days=5, seconds=-1):
        overdue.remind_of_questions()
    assert events(Kind.QUESTION_REMINDED) == []
    with at(days=5):
        overdue.remind_of_questions()
        overdue.remind_of_questions()
        work()
    assert [event.about for event in events(Kind.QUESTION_REMINDED)] == [f"question:{asked.id}"]
    assert ("Ana", "question_reminder") in told()
    assert "13 Juli 2026" in mails("question_reminder")[0].content["text"]


@pytest.mark.parametrize("days", [7, 30])
def test_nobody_is_reminded_of_a_question_that_is_over(cast, case, days):
    ask(cast, case)
    with at(days=days):
        overdue.remind_of_questions()
    assert events(Kind.QUESTION_REMINDED) == []


def test_nobody_is_reminded_of_a_question_that_many_got(cast, case):
    asked = ask(cast, case)
    change(Question, asked.id, stops=False)
    with at(days=6):
        overdue.remind_of_questions()
    assert events(Kind.QUESTION_REMINDED) == []


def test_many_questions_are_all_looked_at(cast, monkeypatch):
    monkeypatch.setattr(overdue, "BATCH", 2)
    for _ in range(5):
        with at():
            case = cast.letter(published_at=MONDAY).cases[0]
        ask(cast, case)
    with at(days=6):
        overdue.remind_of_questions()
    assert len(events(Kind.QUESTION_REMINDED)) == 5


def test_the_recurring_work_tells_businesses_and_authors(cast, case):
    with at(days=30):
        ticks.remind()
    assert {event.kind for event in events(*Kind)} >= {Kind.BUSINESS_REMINDED, Kind.CASE_VERY_LATE}
