"""What was composed before something was taken away does not leave after it: asked right before the words are handed over."""

import pytest
from sqlalchemy import func, select

from forum.core import mail
from forum.core.db import db, unit_of_work
from forum.core.events import Kind
from forum.core.mail import Mail, MailState
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason, ThingKind
from forum.moderation.queries.things import thing_for
from tests.cast import make_contact
from tests.notifications.helping import happen, mails, work
from tests.notifications.test_comment_mails import comment

ADDRESS = "pengaduan@tokomelati.example"
SAID = "Kami sudah memeriksanya dengan saksama."


def left(post) -> list[tuple[str, str]]:
    """What went out: receiver and words."""
    while mail.waiting():
        mail.deliver_next()
    return [(one.recipients[0], one.text) for one in post.received]


def test_a_letter_taken_down_is_told_to_no_business_any_more(cast, setting, post) -> None:
    setting(smtp_url=post.url)
    make_contact(cast.shop, ADDRESS)
    letter = cast.letter()
    happen(Kind.LETTER_PUBLISHED, letter=letter)
    work()
    moderation.hide(thing_for(cast.dewi, ThingKind.LETTER, letter.id), by=cast.dewi, reason=Reason.INSULT, message=SAID)
    assert {to for to, _text in left(post)} == {"ana@surat.example"}  # who may read it still
    assert db.session.scalar(select(func.count(Mail.id)).where(Mail.state != MailState.SENT)) == 0


def test_a_letter_that_is_hidden_while_a_server_is_being_spoken_to_stays_here(cast, setting, post) -> None:
    setting(smtp_url=post.url)
    make_contact(cast.shop, ADDRESS)
    letter = cast.letter()
    happen(Kind.LETTER_PUBLISHED, letter=letter)
    work()
    number = letter.id
    claimed = mail._claim()
    assert claimed is not None
    assert letter.title in claimed.letter.content["text"]
    moderation.hide(thing_for(cast.dewi, ThingKind.LETTER, number), by=cast.dewi, reason=Reason.INSULT, message=SAID)
    assert not mail._begin(claimed)
    assert db.session.get(Mail, claimed.letter.id) is None


def test_words_covered_after_a_mail_was_claimed_do_not_leave_as_they_were(cast) -> None:
    make_contact(cast.shop, ADDRESS)
    happen(Kind.LETTER_PUBLISHED, letter=cast.letter())
    work()
    claimed = mail._claim()
    assert claimed is not None
    _cover(claimed.letter.id)
    assert not mail._begin(claimed)
    back = db.session.get_one(Mail, claimed.letter.id)
    assert (back.state, back.content["text"]) == (MailState.NEW, "[disamarkan]")


@unit_of_work
def _cover(mail_id: int) -> None:
    one = db.session.get_one(Mail, mail_id)
    one.content = {**one.content, "text": "[disamarkan]"}


@pytest.mark.parametrize("last", [True, False])
def test_a_comment_that_is_hidden_is_quoted_in_no_mail_that_leaves(cast, setting, post, last: bool) -> None:
    setting(smtp_url=post.url)
    letter = cast.letter()
    made, _event = comment(letter, cast.citra, text="Nomor rumahnya KENARI.")
    if not last:
        comment(letter, cast.fajar, text="Kurir kami mencari paket itu.")
    work()
    assert "KENARI" in mails("commented")[0].content["text"]
    moderation.hide(thing_for(cast.dewi, ThingKind.COMMENT, made.id), by=cast.dewi, reason=Reason.INSULT, message=SAID)
    assert not [text for _to, text in left(post) if "KENARI" in text]


def test_what_tells_that_something_was_taken_away_leaves(cast, setting, post) -> None:
    setting(smtp_url=post.url)
    letter = cast.letter()
    comment(letter, cast.citra)
    work()
    moderation.hide(thing_for(cast.dewi, ThingKind.LETTER, letter.id), by=cast.dewi, reason=Reason.INSULT, message=SAID)
    work()
    text = "".join(text for _to, text in left(post))
    assert SAID in text  # to its author, who reads it still
    assert "Dari Citra." in text
