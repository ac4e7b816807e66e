"""What happened before chains were kept is linked when they begin."""

from datetime import timedelta

import flask_migrate
from sqlalchemy import text

from forum.core.clock import utcnow
from forum.core.db import db
from forum.receipts import queries
from forum.receipts.actions import make_heads
from tests.cast import Cast
from tests.receipts.test_chain import flaws, happen, sql

BEFORE = "0015"


def test_events_are_linked_up_down_and_up(fresh_copy) -> None:
    cast = Cast()
    letters = [cast.letter().id, cast.letter().id]
    happen(letters[0], 3, words="“é”", numbers=[1, 2.5], nothing=None)
    happen(letters[1])
    db.session.remove()
    flask_migrate.downgrade(revision=BEFORE)
    at = f"{utcnow() - timedelta(days=3):%Y-%m-%d} 05:06:08"
    sql(f"INSERT INTO event (kind, at, role, letter_id, data) VALUES ('letter_withdrawn', '{at}', 'author', :id, '{{}}')", id=letters[1])
    sql(f"INSERT INTO event (kind, at, role, data) VALUES ('account_opened', '{at}', 'reader', '{{}}')")
    db.session.remove()
    flask_migrate.upgrade()
    assert flaws() == []
    assert [(end.letter_id, end.number) for end in queries.ends()] == [(letters[0], 3), (letters[1], 2)]
    bare = "SELECT kind FROM event WHERE number IS NULL OR hash IS NULL OR salt IS NULL"
    assert [kind for (kind,) in db.session.execute(text(bare))] == ["account_opened"]
    happen(letters[0])
    assert make_heads() > 0
    assert flaws() == []
