"""Mails about comments: the first at once, then one an hour and letter at most."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Kind
from forum.letters.lifecycle import Visibility
from forum.letters.models import Letter
from forum.notifications import actions, deliver
from forum.notifications.models import MailChoice
from tests.cast import make_comment
from tests.notifications.helping import happen, mails, work


@pytest.fixture
def letter(cast):
    return cast.letter()


def comment(letter, person, parent=None, text="Saya juga mengalaminya."):
    made = make_comment(letter, person, text, parent=parent)
    event = happen(Kind.COMMENT_POSTED, by=person, letter=letter, about=f"comment:{made.id}")
    return made, event


def subjects() -> list[str]:
    return [mail.content["subject"] for mail in mails("commented")]


def test_the_first_comment_is_mailed_at_once(cast, letter):
    comment(letter, cast.citra)
    work()
    assert subjects() == [f"1 komentar baru pada surat Anda “{letter.title}”"]
    (mail,) = mails("commented")
    assert "Dari Citra." in mail.content["text"]
    assert mail.content["unsubscribe"]


def test_a_comment_that_is_told_after_a_later_one_is_in_the_mail(cast, letter):
    _made, first = comment(letter, cast.citra)
    _made, second = comment(letter, cast.fajar)
    for event in (second, first):  # the worker that had the first was killed
        deliver.deliver(event.id)
    assert subjects() == [f"2 komentar baru pada surat Anda “{letter.title}”"]


def test_what_comes_within_an_hour_is_one_mail_after_it(cast, letter):
    now = utcnow()
    with time_machine.travel(now, tick=False):
        comment(letter, cast.citra)
        work()
    for minutes, person in ((5, cast.fajar), (30, cast.dewi), (50, cast.eko), (51, cast.citra), (59, cast.bima)):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            comment(letter, person)
            work()
    assert len(subjects()) == 1
    with time_machine.travel(now + timedelta(minutes=61), tick=False):
        work()
    assert subjects()[1:] == [f"5 komentar baru pada surat Anda “{letter.title}”"]
    assert "Dari Fajar Hidayat, Dewi Lestari, Eko Prasetyo dan 2 orang lain." in mails("commented")[1].content["text"]
    with time_machine.travel(now + timedelta(minutes=70), tick=False):
        comment(letter, cast.citra)
        work()
        assert len(subjects()) == 2
    with time_machine.travel(now + timedelta(minutes=122), tick=False):
        work()
    assert len(subjects()) == 3


def test_two_letters_have_each_their_hour(cast, letter):
    other = cast.letter(title="Surat kedua tentang hal lain")
    comment(letter, cast.citra)
    comment(other, cast.citra)
    work()
    assert len(subjects()) == 2


def test_after_a_quiet_hour_the_next_is_mailed_at_once(cast, letter):
    now = utcnow()
    with time_machine.travel(now, tick=False):
        comment(letter, cast.citra)
        work()
    with time_machine.travel(now + timedelta(hours=3), tick=False):
        comment(letter, cast.fajar)
        work()
    assert len(subjects()) == 2
    assert "Dari Fajar Hidayat." in mails("commented")[1].content["text"]


def test_what_was_seen_in_the_site_is_not_mailed_any_more(cast, letter):
    now = utcnow()
    with time_machine.travel(now, tick=False):
        comment(letter, cast.citra)
        work()
        comment(letter, cast.fajar)
        work()
        actions.read_all(by=cast.ana)
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        work()
    assert len(subjects()) == 1


def test_what_was_hidden_meanwhile_is_not_mailed(cast, letter):
    now = utcnow()
    with time_machine.travel(now, tick=False):
        comment(letter, cast.citra)
        work()
        made, _event = comment(letter, cast.fajar)
        work()
        hide(made)
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        work()
    assert len(subjects()) == 1


def test_the_mail_quotes_the_beginning_of_the_comment(cast, letter):
    made, _event = comment(letter, cast.citra, text="Saya juga <b>menunggu</b>.\n\n" + "Panjang sekali. " * 40)
    work()
    (mail,) = mails("commented")
    assert "> Saya juga <b>menunggu</b>. Panjang sekali." in mail.content["text"]
    assert "Saya juga &lt;b&gt;menunggu&lt;/b&gt;." in mail.content["html"]
    assert mail.content["text"].count("Panjang sekali") < 20 < made.text.count("Panjang sekali")


def test_several_are_quoted_under_their_names_and_no_word_of_what_is_hidden(cast, letter):
    now = utcnow()
    with time_machine.travel(now, tick=False):
        comment(letter, cast.citra)
        work()
        comment(letter, cast.fajar, text="Kurir kami sudah mencari paket itu.")
        made, _event = comment(letter, cast.citra, text="Nomor rumahnya KENARI.")
        comment(letter, cast.eko, text="Mohon kabar selanjutnya.")
        work()
        hide(made)
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        work()
    text = mails("commented")[1].content["text"]
    assert "> Fajar Hidayat:\n> Kurir kami sudah mencari paket itu.\n> \n> Eko Prasetyo:\n> Mohon kabar" in text
    assert "KENARI" not in text


@pytest.mark.parametrize("state", [CommentState.HIDDEN, CommentState.DELETED])
def test_a_reply_is_quoted_only_while_it_stands(cast, browse, letter, state):
    parent, _event = comment(letter, cast.citra)
    reply, _event = comment(letter, cast.fajar, parent=parent, text="Balasan KENARI.")
    work()
    (mail,) = mails("replied")
    assert "> Balasan KENARI." in mail.content["text"]
    assert "Balasan KENARI." in browse(cast.citra).open("/notifications")
    hide(reply, state)
    assert "KENARI" not in browse(cast.citra).open("/notifications").text


def test_nor_when_the_mails_were_switched_off_or_the_account_closed(cast, letter):
    now = utcnow()
    with time_machine.travel(now, tick=False):
        comment(letter, cast.citra)
        work()
        comment(letter, cast.fajar)
        work()
        switch_off(cast.ana)
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        work()
    assert len(subjects()) == 1


def test_a_delivery_that_runs_again_mails_nothing_again(cast, letter):
    _made, event = comment(letter, cast.citra)
    work()
    for hours in (0, 2, 5):
        with time_machine.travel(utcnow() + timedelta(hours=hours), tick=False):
            deliver.deliver(event.id)
            work()
    assert len(subjects()) == 1


def test_the_author_s_own_comments_are_not_counted(cast, letter):
    now = utcnow()
    with time_machine.travel(now, tick=False):
        comment(letter, cast.citra)
        work()
        comment(letter, cast.ana)
        comment(letter, cast.fajar)
        work()
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        work()
    assert subjects()[1].startswith("1 komentar baru")


def test_a_withdrawn_letter_is_still_its_author_s(cast, letter):
    comment(letter, cast.citra)
    hide_letter(letter)
    work()
    assert len(subjects()) == 1


def test_a_flood_of_comments_stays_two_mails(cast, letter):
    now = utcnow()
    with time_machine.travel(now, tick=False):
        for _ in range(120):
            comment(letter, cast.citra)
        work()
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        work()
    assert [subject.split()[0] for subject in subjects()] == ["1", "119"]


@unit_of_work
def hide(made, state=CommentState.HIDDEN):
    db.session.execute(update(Comment).where(Comment.id == made.id).values(state=state))
    db.session.expire(made, ["state"])


@unit_of_work
def hide_letter(letter):
    db.session.execute(update(Letter).where(Letter.id == letter.id).values(visibility=Visibility.TOMBSTONE))
    db.session.expire(letter, ["visibility"])


@unit_of_work
def switch_off(person):
    if db.session.scalar(select(MailChoice).where(MailChoice.user_id == person.id)) is None:
        db.session.add(MailChoice(user_id=person.id, kind="commented"))
