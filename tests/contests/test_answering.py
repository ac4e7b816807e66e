"""The author's side: 48 hours to react, five days to prove or change; silence alone decides nothing."""

from datetime import timedelta

import pytest

from forum.contests import actions, jobs
from forum.contests.lifecycle import ContestState, Ground
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Kind
from forum.letters import actions as letters
from tests.contests.stage import PHONE, TEXT, THEFT, again, contest, decide, earlier, whole
from tests.moderation.stage import events
from tests.notifications.helping import told, work

ANSWER = "Saya melihatnya sendiri, dan rekamannya saya lampirkan."


def test_reacting_gives_the_days_to_prove(cast) -> None:
    made = contest(whole(cast), cast.citra)
    assert made.author_due == made.asked_at + timedelta(hours=48)
    actions.react(again(made), by=cast.ana)
    actions.react(again(made), by=cast.ana)
    assert made.author_due == made.reacted_at + timedelta(days=5)
    assert len(events(Kind.CONTEST_REACTED)) == 1
    earlier(made, hours=100)
    actions.answer(again(made), by=cast.ana, text=ANSWER)
    assert (made.state, made.answer, made.author_due) == (ContestState.HEARD, ANSWER, None)
    assert made.decision_due == made.heard_at + timedelta(hours=48)


@pytest.mark.parametrize("verb", ["react", "answer"])
def test_nobody_but_the_author_and_nobody_too_late(cast, verb) -> None:
    made = contest(whole(cast), cast.citra)
    do = {"react": lambda who: actions.react(again(made), by=who), "answer": lambda who: actions.answer(again(made), by=who, text=ANSWER)}[verb]
    for who in (cast.citra, cast.bima, cast.dewi):
        with pytest.raises(NotAllowed):
            do(who)
    earlier(made, hours=49)
    with pytest.raises(NotNow) as caught:
        do(cast.ana)
    assert caught.value.code == "too_late"
    assert again(made).answer == ""


def test_an_answer_has_words(cast) -> None:
    made = contest(whole(cast), cast.citra)
    with pytest.raises(Invalid) as caught:
        actions.answer(again(made), by=cast.ana, text="Tidak.")
    assert caught.value.field == "text"


@pytest.mark.parametrize("reacted", [False, True])
def test_the_clock_hands_it_to_the_moderators_who_decide_with_what_is_there(cast, reacted) -> None:
    letter = whole(cast)
    made = contest(letter, cast.citra)
    if reacted:
        actions.react(again(made), by=cast.ana)
    earlier(made, hours=119 if reacted else 47)
    jobs.wind()
    assert again(made).state is ContestState.AUTHOR_ASKED
    earlier(made, hours=2)
    jobs.wind()
    jobs.wind()
    assert again(made).state is ContestState.HEARD
    assert len(events(Kind.CONTEST_LAPSED)) == 1
    assert letter.text == TEXT, "silence alone covers nothing"
    decide(made, cast.dewi, uphold=False)
    assert again(made).state is ContestState.REJECTED


def test_the_author_is_reminded_once_of_each_deadline(cast) -> None:
    made = contest(whole(cast), cast.citra)
    jobs.wind()
    assert not events(Kind.CONTEST_REMINDED)
    earlier(made, hours=25)
    jobs.wind()
    jobs.wind()
    assert len(events(Kind.CONTEST_REMINDED)) == 1
    actions.react(again(made), by=cast.ana)
    jobs.wind()
    assert len(events(Kind.CONTEST_REMINDED)) == 1
    earlier(made, days=3)
    jobs.wind()
    jobs.wind()
    assert len(events(Kind.CONTEST_REMINDED)) == 2


def test_a_change_that_leaves_no_contested_passage_is_the_answer(cast) -> None:
    letter = whole(cast)
    made = contest(letter, cast.citra)
    kept = letters.revise(letter, by=cast.ana, title=letter.title, text=TEXT.replace("3 Maret", "4 Maret"), why="Salah tanggal")
    letters.accept_revision(kept, by=cast.dewi)
    assert again(made).state is ContestState.AUTHOR_ASKED
    changed = letters.revise(letter, by=cast.ana, title=letter.title, text=letter.text.replace(THEFT, "Paket hilang."), why="Saya keliru")
    letters.accept_revision(changed, by=cast.dewi)
    assert again(made).state is ContestState.HEARD
    (event,) = events(Kind.CONTEST_ANSWERED)
    assert event.data["changed"] is True


def test_what_the_author_answers_is_read_through_the_redactions(cast) -> None:
    letter = whole(cast)
    covered = contest(letter, cast.citra, Ground.PERSONAL_DATA, PHONE)
    made = contest(letter, cast.citra)
    actions.answer(again(made), by=cast.ana, text=f"Nomor {PHONE} itu memang milik kurirnya.")
    assert PHONE not in again(made).answer
    decide(covered, cast.dewi, uphold=False)
    assert PHONE in again(made).answer


def test_a_letter_whose_author_left_goes_to_the_moderators_at_once(cast) -> None:
    from forum.core.clock import utcnow
    from forum.core.db import unit_of_work

    letter = whole(cast)
    unit_of_work(lambda: setattr(cast.ana, "closed_at", utcnow()))()
    assert contest(letter, cast.citra).state is ContestState.HEARD


def test_moderators_are_told_once_that_they_should_have_decided(cast) -> None:
    made = contest(whole(cast), cast.citra, Ground.PERSONAL_DATA, PHONE)
    earlier(made, hours=47)
    jobs.wind()
    assert not events(Kind.QUEUE_ALARM)
    earlier(made, hours=2)
    jobs.wind()
    jobs.wind()
    assert [event.about for event in events(Kind.QUEUE_ALARM)] == [f"contest:{made.id}"]
    work()
    assert ("Dewi", "contest_alarm") in told()
