"""Threads stand as they did after the change of their table, up, down and up again, with rows in them."""

import flask_migrate
from sqlalchemy import text

from forum.comments.lifecycle import CommentState, HeldFor
from forum.comments.models import Comment
from forum.comments.queries import thread
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from tests.cast import Cast, make_comment
from tests.receipts.test_chain import sql

BEFORE = "0019"


@unit_of_work
def hold(comment_id: int) -> None:
    comment = db.session.get_one(Comment, comment_id)
    comment.state, comment.held_for, comment.held_at = CommentState.HELD, HeldFor.FIRST, utcnow()


def test_comments_votes_and_reports_go_down_and_up(fresh_copy) -> None:
    cast = Cast()
    letter = cast.letter()
    first, second = make_comment(letter, cast.citra), make_comment(letter, cast.ana)
    reply, waits = make_comment(letter, cast.ana, parent=first), make_comment(letter, cast.citra, "Kata yang menunggu.")
    letter_id, shown, held, voter = letter.id, [second.id, first.id, reply.id], waits.id, cast.fajar.id
    hold(held)
    db.session.remove()
    flask_migrate.downgrade(revision=BEFORE)
    state = db.session.execute(text("SELECT state, text FROM comment WHERE id = :id"), {"id": held}).one()
    assert tuple(state) == ("deleted", "")
    db.session.remove()
    sql("UPDATE comment SET votes = 1 WHERE id = :id", id=shown[1])
    sql(f"INSERT INTO vote (comment_id, user_id, at) VALUES (:id, {voter}, '{utcnow():%Y-%m-%d %H:%M:%S}')", id=shown[1])
    db.session.remove()
    flask_migrate.upgrade()
    assert [row.id for row in thread(letter_id, "newest").items] == shown
    assert next(row.id for row in thread(letter_id, "helpful").items) == shown[1]
    assert db.session.execute(text("SELECT weight FROM vote")).scalar_one() == 10
