"""What was decided before there was a ledger stands in it when it begins."""

import flask_migrate
from sqlalchemy import inspect

from forum.core.clock import utcnow
from forum.core.db import db
from tests.cast import Cast, make_comment
from tests.ledger.stage import flaws, hide, restore, rows, taken_down, write_many

BEFORE = "0017"


def test_rows_are_made_of_events_up_down_and_up(fresh_copy) -> None:
    cast = Cast()
    taken_down(cast)
    comment = make_comment(cast.letter(), cast.citra)
    hide(cast, "comment", comment)
    restore(cast, "comment", comment)
    before = [(row.act, row.about, row.at, row.reason, row.merchants) for row in rows()]
    db.session.remove()
    flask_migrate.downgrade(revision=BEFORE)
    assert not [name for name in inspect(db.engine).get_table_names() if name.startswith("ledger")]
    began = utcnow()
    flask_migrate.upgrade()
    assert [(row.act, row.about, row.at, row.reason, row.merchants) for row in rows()] == before
    assert all(row.written_at >= began for row in rows())  # entered later, and it says so
    assert flaws() == []
    write_many(1)
    assert [row.id for row in rows()] == [1, 2, 3, 4]
