"""Changing and taking back an own comment."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from forum.comments import actions
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.comments.queries import comment_for, thread
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import NotAllowed, NotNow, Stale
from tests.cast import make_comment

NEW = "Ternyata barangnya datang hari ini."


@unit_of_work
def written_ago(comment: Comment, ago: timedelta) -> None:
    db.session.execute(update(Comment).where(Comment.id == comment.id).values(created_at=utcnow() - ago))
    db.session.expire(comment)


def shown(letter):
    return [row.id for row in thread(letter.id).items]


def test_the_author_changes_fresh_words(cast, browse):
    comment = make_comment(cast.letter(), cast.citra)
    page = browse(cast.citra).submit(f"/comments/{comment.id}/edit", text=NEW)
    assert page.status == 200
    assert NEW in page
    assert "diubah" in page
    assert comment_for(cast.citra, comment.id).edited_at is not None


def test_after_the_minutes_the_words_are_kept_but_not_taken(cast, browse):
    comment = make_comment(cast.letter(), cast.citra)
    citra = browse(cast.citra)
    citra.open(f"/comments/{comment.id}/edit")
    written_ago(comment, timedelta(minutes=16))
    page = citra.submit(text=NEW)
    assert page.status == 422
    assert page.find("textarea", id="text")[0].text.strip() == NEW
    assert "15 menit" in page
    assert comment_for(cast.citra, comment.id).text != NEW
    assert not citra.open(f"/comments/{comment.id}/edit").find("textarea")


def test_a_stale_page_is_told(cast):
    comment = comment_for(cast.citra, make_comment(cast.letter(), cast.citra).id)
    actions.edit(comment, by=cast.citra, text=NEW, seen=1)
    with pytest.raises(Stale):
        actions.edit(comment, by=cast.citra, text="Yang lain lagi.", seen=1)
    assert comment.text == NEW


@pytest.mark.parametrize("who", ["ana", "bima", "dewi", "fajar"])
def test_nobody_else_changes_or_deletes(cast, browse, who):
    person = getattr(cast, who)
    comment = make_comment(cast.letter(), cast.citra)
    with pytest.raises(NotAllowed):
        actions.edit(comment_for(person, comment.id), by=person, text=NEW, seen=1)
    with pytest.raises(NotAllowed):
        actions.delete(comment_for(person, comment.id), by=person)
    stranger = browse(person)
    assert stranger.open(f"/comments/{comment.id}/edit").status == 403
    page = stranger.open(f"/comments/{comment.id}")
    token = page.find("input", name="csrf_token")[0].get("value")
    assert stranger.request("POST", f"/comments/{comment.id}/delete", data={"csrf_token": token}).status == 403


def test_a_deleted_comment_without_answers_is_gone(cast, browse):
    letter = cast.letter()
    comment = make_comment(letter, cast.citra, "Kata-kata yang saya sesali.")
    citra = browse(cast.citra)
    page = citra.open(f"/letters/{letter.id}")
    page = citra.submit(form=f"/letters/{letter.id}/me-too", button=None) if False else page
    token = page.find("input", name="csrf_token")[0].get("value")
    for _ in range(2):  # twice is once
        sent = citra.request("POST", f"/comments/{comment.id}/delete", data={"csrf_token": token})
        assert sent.status == 302
    assert "Kata-kata yang saya sesali." not in citra.open(f"/letters/{letter.id}")
    kept = db.session.get(Comment, comment.id)
    assert (kept.state, kept.text, kept.html) == (CommentState.DELETED, "", "")
    assert shown(letter) == []
    assert comment_for(cast.citra, comment.id).letter.comment_count == 0
    assert citra.open(f"/comments/{comment.id}").status == 403


def test_a_deleted_comment_with_answers_leaves_a_placeholder(cast, browse):
    letter = cast.letter()
    parent = make_comment(letter, cast.citra, "Kata-kata yang saya sesali.")
    reply = make_comment(letter, cast.bima, "Kami sudah membalas lewat surel.", parent)
    actions.delete(comment_for(cast.citra, parent.id), by=cast.citra)
    page = browse().open(f"/letters/{letter.id}")
    assert "Komentar ini dihapus oleh penulisnya." in page
    assert "Kata-kata yang saya sesali." not in page.text
    assert "Citra" not in page
    assert page.find("li", id=f"c{reply.id}", class_="c1")
    assert "1 komentar" in page


def test_placeholders_go_with_their_last_answer(cast):
    letter = cast.letter()
    chain = [make_comment(letter, cast.citra)]
    for _ in range(299):
        chain.append(make_comment(letter, cast.citra, parent=chain[-1]))
    for comment in chain[:-1]:
        actions.delete(comment_for(cast.citra, comment.id), by=cast.citra)
    assert len(shown(letter)) == 100
    actions.delete(comment_for(cast.citra, chain[-1].id), by=cast.citra)
    assert shown(letter) == []
    assert comment_for(cast.citra, chain[0].id).letter.comment_count == 0


def test_what_was_deleted_cannot_be_changed(cast):
    comment = comment_for(cast.citra, make_comment(cast.letter(), cast.citra).id)
    actions.delete(comment, by=cast.citra)
    with pytest.raises((NotAllowed, NotNow)):
        actions.edit(comment, by=cast.citra, text=NEW, seen=comment.version)


def test_in_a_closed_thread_words_may_be_taken_back_but_not_changed(cast):
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    _close(letter)
    loaded = comment_for(cast.citra, comment.id)
    with pytest.raises(NotAllowed):
        actions.edit(loaded, by=cast.citra, text=NEW, seen=1)
    actions.delete(loaded, by=cast.citra)
    assert loaded.state is CommentState.DELETED


@unit_of_work
def _close(letter):
    letter.comments_locked_at = utcnow()


def test_a_closed_account_signs_by_its_pseudonym(cast, browse):
    from forum.core.events import Kind, Role, record

    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    reply = make_comment(letter, cast.ana, parent=make_comment(letter, cast.citra, parent=comment))
    guest = browse()
    assert "Citra" in guest.open(f"/letters/{letter.id}")

    @unit_of_work
    def close():
        cast.citra.name = "Penulis menghapus akun"
        db.session.flush()
        record(Kind.ACCOUNT_CLOSED, by=cast.citra, role=Role.READER)

    close()
    page = guest.open(f"/letters/{letter.id}")
    assert "Citra" not in page
    assert "Penulis menghapus akun" in page
    assert page.find("li", id=f"c{reply.id}")
