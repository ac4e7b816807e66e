"""A row that somebody holds: others may refer to it meanwhile, unless that is what is held off."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from forum.core.db import db, lock, unit_of_work
from forum.core.events import Event, Kind, Role
from forum.letters.models import Letter
from tests.cast import Cast
from tests.needs import postgresql_url

pytestmark = pytest.mark.postgresql


@pytest.mark.parametrize("references", [False, True])
def test_a_held_letter_lets_others_refer_to_it(committing_app, references) -> None:
    postgresql_url()
    letter_id = Cast().letter().id

    @unit_of_work
    def refer() -> None:
        db.session.execute(text("SET LOCAL lock_timeout = '200ms'"))
        db.session.add(Event(kind=Kind.LETTER_PUBLISHED, role=Role.SYSTEM, letter_id=letter_id))
        db.session.flush()

    def elsewhere() -> bool:
        with committing_app.app_context():
            try:
                refer()
            except OperationalError:
                return False
            finally:
                db.session.remove()
            return True

    @unit_of_work
    def hold() -> bool:
        lock(db.session.get_one(Letter, letter_id), references=references)
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(elsewhere).result()

    assert hold() is not references
