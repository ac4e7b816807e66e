"""Hiding a comment, closing a thread."""

import pytest

from forum.comments import actions
from forum.comments.lifecycle import CommentState
from forum.comments.queries import comment_for
from forum.core.db import db
from forum.core.errors import NotAllowed, NotNow
from forum.core.events import Event, Kind
from forum.letters.queries import letter_for
from tests.cast import make_comment, represent

INSULT = "Kalian semua penipu."


def test_a_hidden_comment_leaves_its_reason(cast, browse):
    letter = cast.letter()
    comment = make_comment(letter, cast.citra, INSULT)
    reply = make_comment(letter, cast.ana, "Mohon tetap sopan.", comment)
    actions.hide(comment_for(cast.dewi, comment.id), by=cast.dewi, reason="insult", message="Mohon tanpa hinaan.")
    for person in (None, cast.citra, cast.ana, cast.dewi):
        page = browse(person).open(f"/letters/{letter.id}")
        assert (INSULT in page.text) == (person is cast.citra)  # its author still reads it
        assert "Disembunyikan oleh redaksi." in page
        assert page.find("li", id=f"c{reply.id}", class_="c1")
    event = db.session.scalars(db.select(Event).where(Event.kind == Kind.COMMENT_HIDDEN)).one()
    assert event.data == {"reason": "insult", "message": "Mohon tanpa hinaan."}
    assert letter_for(None or cast.ana, letter.id).comment_count == 1

    actions.restore(comment_for(cast.eko, comment.id), by=cast.eko)
    assert INSULT in browse().open(f"/letters/{letter.id}")
    assert letter_for(cast.ana, letter.id).comment_count == 2


def test_a_hidden_comment_cannot_be_answered_changed_or_voted_for(cast):
    letter = cast.letter()
    comment = make_comment(letter, cast.citra, INSULT)
    actions.hide(comment_for(cast.dewi, comment.id), by=cast.dewi, reason="insult")
    with pytest.raises(NotNow):
        actions.post(letter, by=cast.ana, text="Balasan yang terlambat.", parent_id=comment.id)
    with pytest.raises(NotAllowed):
        actions.edit(comment_for(cast.citra, comment.id), by=cast.citra, text="Yang baru.", seen=2)
    with pytest.raises(NotAllowed):
        actions.delete(comment_for(cast.citra, comment.id), by=cast.citra)
    with pytest.raises(NotAllowed):
        actions.vote(comment_for(cast.ana, comment.id), by=cast.ana)
    assert comment.state is CommentState.HIDDEN


def test_two_moderators_at_once_are_told(cast):
    comment = make_comment(cast.letter(), cast.citra)
    actions.hide(comment_for(cast.dewi, comment.id), by=cast.dewi, reason="insult")
    with pytest.raises(NotNow):
        actions.hide(comment_for(cast.eko, comment.id), by=cast.eko, reason="hate")
    assert comment.hidden_reason == "insult"


def test_nobody_moderates_own_matters(cast):
    own_letter, shop_letter = cast.letter(author=cast.dewi), cast.letter()
    represent(cast.eko, cast.shop)
    own_comment = make_comment(shop_letter, cast.dewi)
    cases = [
        (cast.dewi, make_comment(own_letter, cast.citra)),
        (cast.dewi, own_comment),
        (cast.eko, make_comment(shop_letter, cast.citra)),
        (cast.ana, make_comment(shop_letter, cast.citra)),
        (cast.bima, make_comment(shop_letter, cast.citra)),
    ]
    for person, comment in cases:
        with pytest.raises(NotAllowed):
            actions.hide(comment_for(person, comment.id), by=person, reason="insult")
    for person, letter in ((cast.dewi, own_letter), (cast.eko, shop_letter), (cast.ana, shop_letter)):
        with pytest.raises(NotAllowed):
            actions.lock(letter_for(person, letter.id), by=person, reason="insult")


def test_a_thread_is_closed_and_opened(cast, browse):
    letter = cast.letter()
    make_comment(letter, cast.citra)
    actions.lock(letter_for(cast.dewi, letter.id), by=cast.dewi, reason="insult")
    actions.lock(letter_for(cast.dewi, letter.id), by=cast.dewi, reason="hate")
    page = browse(cast.citra).open(f"/letters/{letter.id}")
    assert "Redaksi menutup komentar surat ini pada" in page
    assert "Alasan: Hinaan atau ancaman" in page
    assert not page.find("form", id="comment-form")
    assert not page.find("a", data_reply="1")
    assert len(db.session.scalars(db.select(Event).where(Event.kind == Kind.COMMENTS_LOCKED)).all()) == 1
    actions.unlock(letter_for(cast.eko, letter.id), by=cast.eko)
    page = browse(cast.citra).open(f"/letters/{letter.id}")
    assert page.find("form", id="comment-form")
    opened = db.session.scalars(db.select(Event).where(Event.kind == Kind.COMMENTS_UNLOCKED)).one()
    assert opened.data["reason"] == "insult"
