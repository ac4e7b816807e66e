"""What the clock tells: alarms, reminders, questions about the outcome. Each once, and only while it is true."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from forum.comments.lifecycle import CommentState, HeldFor
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Outcome, Publication, ResponseState
from forum.letters.models import Case, Letter, Question
from forum.moderation import actions as moderation
from forum.notifications import alarms, reminders, ticks
from tests.attachments.rows import file_row
from tests.cast import make_comment, make_contact
from tests.moderation.stage import make_report, thing
from tests.notifications.helping import mailed, told, work

MONDAY = datetime(2026, 7, 6, 3, 0, tzinfo=UTC)  # 10:00 in Jakarta; three weeks of July without a public holiday


def at(**later):
    return time_machine.travel(MONDAY + timedelta(**later), tick=False)


def days(kind: Kind) -> list[int]:
    found = db.session.execute(select(Event.case_id, Event.data).where(Event.kind == kind).order_by(Event.id))
    return [row.data.get("day") for row in found]


def count(kind: Kind) -> int:
    return db.session.scalar(select(func.count()).select_from(Event).where(Event.kind == kind))


@pytest.fixture
def case(cast):
    _bima = cast.bima
    with at():
        return cast.letter(published_at=MONDAY).cases[0]


@unit_of_work
def change(case, **values):
    db.session.execute(update(Case).where(Case.id == case.id).values(**values))
    db.session.expire(case, list(values))


@unit_of_work
def publication(letter_id, value):
    db.session.execute(update(Letter).where(Letter.id == letter_id).values(publication=value))


def test_the_business_is_reminded_on_working_day_3_7_and_10(case):
    reminded = {}
    for day in range(22):
        with at(days=day):
            before = len(days(Kind.BUSINESS_REMINDED))
            reminders.remind_businesses()
            reminders.remind_businesses()
            for told_day in days(Kind.BUSINESS_REMINDED)[before:]:
                reminded[day] = told_day
    assert reminded == {3: 3, 9: 7, 14: 10}  # Thursday, Wednesday of the next week, Monday after it


def test_a_reminder_reaches_the_representatives(cast, case):
    with at(days=4):
        reminders.remind_businesses()
        work()
    assert told() == {("Bima", "reminder")}
    assert mailed() == {("bima", "reminder")}


def test_a_worker_that_slept_reminds_once_for_all_that_was_due(case):
    with at(days=20):
        reminders.remind_businesses()
        reminders.remind_businesses()
    assert days(Kind.BUSINESS_REMINDED) == [10]


@pytest.mark.parametrize("state", [ResponseState.ASKED, ResponseState.ANSWERED])
def test_no_reminder_once_answered_or_while_the_author_is_asked(case, state):
    change(case, response=state)
    with at(days=20):
        reminders.remind_businesses()
    assert days(Kind.BUSINESS_REMINDED) == []


def test_days_on_which_the_clock_stood_do_not_remind(case, cast):
    stop(case, cast.bima, MONDAY + timedelta(days=1), MONDAY + timedelta(days=8))
    change(case, response=ResponseState.ACKNOWLEDGED)
    with at(days=9):  # working day 7 without the stop
        reminders.remind_businesses()
    assert days(Kind.BUSINESS_REMINDED) == []
    with at(days=10):
        reminders.remind_businesses()
    assert days(Kind.BUSINESS_REMINDED) == [3]


@pytest.mark.parametrize("state", [Publication.WITHDRAWN, Publication.TAKEN_DOWN])
def test_no_reminder_about_a_letter_out_of_print(case, state):
    publication(case.letter_id, state)
    with at(days=20):
        reminders.remind_businesses()
    assert days(Kind.BUSINESS_REMINDED) == []


def test_nobody_to_remind_is_no_reminder_until_there_is_an_address(cast):
    with at():
        case = cast.letter(published_at=MONDAY).cases[0]
    change(case, notified_at=None)
    with at(days=5):
        reminders.remind_businesses()
        assert days(Kind.BUSINESS_REMINDED) == []
        make_contact(cast.shop, "halo@tokomelati.example")
        reminders.remind_businesses()
        work()
    assert days(Kind.BUSINESS_REMINDED) == [3]
    assert mailed() == {("halo", "reminder")}
    assert count(Kind.CASE_NOTIFIED) == 1
    db.session.expire_all()
    assert db.session.get(Case, case.id).notified_at is not None


def test_very_old_letters_are_left_alone(case):
    with at(days=200):
        reminders.remind_businesses()
    assert days(Kind.BUSINESS_REMINDED) == []


def test_many_cases_are_all_looked_at(cast, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 2)
    _bima = cast.bima
    with at():
        for _ in range(5):
            cast.letter(published_at=MONDAY)
    with at(days=4):
        reminders.remind_businesses()
    assert days(Kind.BUSINESS_REMINDED) == [3] * 5


def test_the_author_is_asked_3_10_and_24_days_after_the_first_response(case):
    change(case, response=ResponseState.ANSWERED, answered_at=MONDAY)
    asked = {}
    for day in range(40):
        with at(days=day, minutes=1):
            before = len(days(Kind.OUTCOME_ASKED))
            reminders.ask_outcomes()
            reminders.ask_outcomes()
            for told_day in days(Kind.OUTCOME_ASKED)[before:]:
                asked[day] = told_day
    assert asked == {3: 3, 10: 10, 24: 24}


def test_asking_reaches_the_author(cast, case):
    change(case, response=ResponseState.ANSWERED, answered_at=MONDAY)
    with at(days=4):
        reminders.ask_outcomes()
        work()
    assert told() == {("Ana", "outcome_asked")}


@pytest.mark.parametrize("outcome", [Outcome.SOLVED, Outcome.NOT_SOLVED, Outcome.UNCONFIRMED])
def test_nobody_is_asked_what_they_have_said(case, outcome):
    change(case, response=ResponseState.ANSWERED, answered_at=MONDAY, outcome=outcome)
    with at(days=30):
        reminders.ask_outcomes()
    assert days(Kind.OUTCOME_ASKED) == []


def test_nobody_is_asked_when_the_days_are_over_or_the_letter_is_gone(case):
    change(case, response=ResponseState.ANSWERED, answered_at=MONDAY)
    with at(days=181):
        reminders.ask_outcomes()
    publication(case.letter_id, Publication.WITHDRAWN)
    with at(days=4):
        reminders.ask_outcomes()
    assert days(Kind.OUTCOME_ASKED) == []


def test_a_report_that_waits_too_long_alarms_those_who_may_decide_once(cast):
    _dewi, _eko = cast.dewi, cast.eko
    with at():
        letter = cast.letter(author=cast.eko, published_at=MONDAY)
        reported = thing(cast.dewi, "letter", letter)
        make_report(reported, created_at=MONDAY)
        make_report(reported, created_at=MONDAY + timedelta(hours=1))
    with at(hours=23):
        alarms.alarm_queue()
        assert count(Kind.QUEUE_ALARM) == 0
    with at(hours=26):
        alarms.alarm_queue()
        alarms.alarm_queue()
        work()
    assert count(Kind.QUEUE_ALARM) == 1
    assert told() == {("Dewi", "report_alarm")}  # the letter is Eko's
    assert mailed() == {("dewi", "report_alarm")}
    with at(hours=40):
        make_report(reported, created_at=MONDAY + timedelta(hours=40))
    with at(hours=65):
        alarms.alarm_queue()
        alarms.alarm_queue()
    assert count(Kind.QUEUE_ALARM) == 2  # the newer one has waited for a day as well


def test_a_report_alarms_again_when_it_should_have_been_decided_and_a_held_comment_once(cast):
    _dewi = cast.dewi
    with at():
        letter = cast.letter(published_at=MONDAY)
        make_report(thing(cast.dewi, "letter", letter), created_at=MONDAY)
        hold(make_comment(letter, cast.citra))
    with at(hours=25):
        alarms.alarm_queue()
        alarms.alarm_queue()
        work()
    assert told() == {("Dewi", "report_alarm"), ("Dewi", "held_alarm")}
    with at(hours=49):
        alarms.alarm_queue()
        alarms.alarm_queue()
    raised = db.session.scalars(select(Event.data).where(Event.kind == Kind.QUEUE_ALARM).order_by(Event.id)).all()
    assert raised == [{"alarm": 1}, {"held": True}, {"alarm": 2}]


@unit_of_work
def hold(comment):
    comment.state, comment.held_for, comment.held_at = CommentState.HELD, HeldFor.FIRST, MONDAY


def test_a_decided_report_alarms_nobody(cast):
    with at():
        reported = thing(cast.dewi, "letter", cast.letter(published_at=MONDAY))
        make_report(reported, created_at=MONDAY)
    with at(hours=2):
        moderation.dismiss(reported, by=cast.dewi, answer="Terima kasih, surat itu tetap seperti adanya.")
    with at(hours=30):
        alarms.alarm_queue()
    assert count(Kind.QUEUE_ALARM) == 0


def test_an_alarm_that_comes_after_the_decision_is_told_to_nobody(cast):
    with at():
        reported = thing(cast.dewi, "letter", cast.letter(published_at=MONDAY))
        make_report(reported, created_at=MONDAY)
    with at(hours=30):
        alarms.alarm_queue()
        moderation.dismiss(reported, by=cast.dewi, answer="Terima kasih, surat itu tetap seperti adanya.")
        work()
    assert ("Dewi", "report_alarm") not in told()


def test_a_letter_that_waits_too_long_alarms_once_and_again_when_it_is_sent_again(cast):
    _dewi = cast.dewi
    with at():
        letter = cast.letter(publication=Publication.SUBMITTED, published_at=MONDAY)
    with at(hours=47):
        alarms.alarm_queue()
        assert count(Kind.QUEUE_ALARM) == 0
    with at(hours=49):
        alarms.alarm_queue()
        alarms.alarm_queue()
        work()
    assert count(Kind.QUEUE_ALARM) == 1
    assert told() == {("Dewi", "queue_alarm")}
    publication(letter.id, Publication.RETURNED)
    with at(hours=100):
        alarms.alarm_queue()
    assert count(Kind.QUEUE_ALARM) == 1
    resend(letter, MONDAY + timedelta(hours=110))
    with at(hours=150):
        alarms.alarm_queue()
        assert count(Kind.QUEUE_ALARM) == 1
    with at(hours=160):
        alarms.alarm_queue()
        alarms.alarm_queue()
    assert count(Kind.QUEUE_ALARM) == 2


def test_questions_and_outcomes_lapse(case, cast):
    other = cast.letter(published_at=MONDAY).cases[0]
    stop(case, cast.bima, MONDAY, None)
    change(case, response=ResponseState.ASKED)
    change(other, response=ResponseState.ANSWERED, answered_at=MONDAY)
    with at(days=6):
        ticks.lapse()
    assert count(Kind.QUESTION_LAPSED) == count(Kind.OUTCOME_UNCONFIRMED) == 0
    with at(days=181):
        ticks.lapse()
        ticks.lapse()
    assert count(Kind.QUESTION_LAPSED) == count(Kind.OUTCOME_UNCONFIRMED) == 1


def test_old_things_are_pruned(app):
    from forum.core import parking
    from forum.core.parking import ParkedForm

    parking.park("x", {"a": ["b"]}, browser="b")
    with time_machine.travel(utcnow() + timedelta(days=40), tick=False):
        ticks.retain()
    assert db.session.scalar(select(ParkedForm.id)) is None


def test_files_that_nothing_names_are_swept_after_a_day(cast, app, tmp_path):
    import os
    import time

    from forum.core.storage import LocalStorage

    before, app.extensions["storage"] = app.extensions["storage"], LocalStorage(tmp_path)
    try:
        storage = app.extensions["storage"]
        kept, thumb, orphan = storage.put(b"kept"), storage.put(b"thumb"), storage.put(b"orphan")
        fresh = storage.put(b"fresh")
        for key in (kept, thumb, orphan):
            os.utime(storage.path(key), (time.time() - 90_000,) * 2)
        attach(cast.ana, kept, thumb)
        ticks.sweep()
        assert [storage.exists(key) for key in (kept, thumb, orphan, fresh)] == [True, True, False, True]
    finally:
        app.extensions["storage"] = before


def test_recurring_work_is_handed_out_once_a_period(app):
    now = datetime(2026, 7, 6, 3, 0, 30, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        assert ticks.hand_out() == len(ticks.TICKS)
        assert ticks.hand_out() == 0
        assert work() == len(ticks.TICKS)
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        each_minute = sum(every <= ticks.MINUTE for every, _work in ticks.TICKS.values())
        assert ticks.hand_out() == each_minute >= 1  # the alarms
        assert work() == each_minute
    with time_machine.travel(now + timedelta(minutes=15), tick=False):
        assert ticks.hand_out() == sum(every <= 15 * ticks.MINUTE for every, _work in ticks.TICKS.values())


def test_of_two_workers_that_see_the_same_period_one_hands_out(app):
    slot = datetime(2026, 7, 6, 3, 0, tzinfo=UTC)
    assert [ticks._claim("retention", slot), ticks._claim("retention", slot)] == [True, False]
    later = slot + timedelta(hours=1)
    assert [ticks._claim("retention", later), ticks._claim("retention", later), ticks._claim("retention", slot)] == [True, False, False]


def test_work_still_open_is_not_piled_up(app):
    now = datetime(2026, 7, 6, 3, 0, 30, tzinfo=UTC)
    for minute in range(5):
        with time_machine.travel(now + timedelta(minutes=minute), tick=False):
            ticks.hand_out()
    with time_machine.travel(now + timedelta(minutes=6), tick=False):
        assert work() == len(ticks.TICKS)


@unit_of_work
def stop(case, person, asked, resumed):
    db.session.add(
        Question(case_id=case.id, asked_by_id=person.id, text="x", html="x", renderer=1, asked_at=asked, resumed_at=resumed)
    )


@unit_of_work
def resend(letter, moment):
    db.session.execute(
        update(Letter).where(Letter.id == letter.id).values(publication=Publication.SUBMITTED, submitted_at=moment)
    )


@unit_of_work
def attach(owner, full, thumb):
    db.session.add(file_row(owner.id, full=full, thumb=thumb))
