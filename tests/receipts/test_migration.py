"""What happened before chains were kept is linked when they begin."""

import flask_migrate
from sqlalchemy import text

from forum.core.db import db
from forum.receipts import queries
from forum.receipts.actions import make_heads
from tests.cast import Cast
from tests.receipts.test_chain import flaws, happen, sql

BEFORE = "0015"


def test_events_are_linked_up_down_and_up(fresh) -> None:
    flask_migrate.upgrade()
    cast = Cast()
    letters = [cast.letter().id, cast.letter().id]
    happen(letters[0], 3, words="“é”", numbers=[1, 2.5], nothing=None)
    happen(letters[1])
    db.session.remove()
    flask_migrate.downgrade(revision=BEFORE)
    sql(
        "INSERT INTO event (kind, at, role, letter_id, data) VALUES ('letter_withdrawn', '2020-03-04 05:06:08', 'author', :id, '{}')",
        id=letters[1],
    )
    sql("INSERT INTO event (kind, at, role, data) VALUES ('account_opened', '2020-03-04 05:06:08', 'reader', '{}')")
    db.session.remove()
    flask_migrate.upgrade()
    assert flaws() == []
    assert [(end.letter_id, end.number) for end in queries.ends()] == [(letters[0], 3), (letters[1], 2)]
    bare = "SELECT kind FROM event WHERE number IS NULL OR hash IS NULL OR salt IS NULL"
    assert [kind for (kind,) in db.session.execute(text(bare))] == ["account_opened"]
    happen(letters[0])
    assert make_heads() > 0
    assert flaws() == []
