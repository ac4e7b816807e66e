"""Two clicks at the same moment, in two threads on the real engine."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from forum.accounts.models import User
from forum.core.db import db
from forum.core.errors import DomainError
from forum.letters import actions
from forum.letters.models import Letter, LetterDraft, Revision, Update
from forum.merchants.models import Merchant
from tests.cast import Cast
from tests.letters.test_submit import ONCE, content

CLICKS = 6


def at_once(app, act) -> list[object]:
    """Run `act(number)` in threads that start together; returns results or domain errors."""
    start = Barrier(CLICKS)

    def click(number: int) -> object:
        with app.app_context():
            start.wait()
            try:
                return act(number)
            except DomainError as problem:
                return problem
            finally:
                db.session.remove()

    with ThreadPoolExecutor(CLICKS) as pool:
        return list(pool.map(click, range(CLICKS)))


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def ana_id(committing_app) -> int:
    cast = Cast()
    return cast.ana.id


def test_one_letter(committing_app, ana_id):
    results = at_once(
        committing_app,
        lambda _n: actions.submit(content(merchants=("Toko Serentak",)), by=db.session.get(User, ana_id), once=ONCE).id,
    )
    assert len(set(results)) == 1
    assert count(Letter) == 1
    assert count(Merchant) == 1


def test_one_draft(committing_app, ana_id):
    results = at_once(
        committing_app,
        lambda n: actions.keep_draft(by=db.session.get(User, ana_id), once=ONCE, fields={"title": [str(n)]}).id,
    )
    assert len(set(results)) == 1
    assert count(LetterDraft) == 1


def test_one_update_and_one_revision(committing_app):
    cast = Cast()
    letter_id, ana_id = cast.letter().id, cast.ana.id

    def add(_n: int) -> object:
        return actions.add_update(
            db.session.get(Letter, letter_id), by=db.session.get(User, ana_id), text="Kabar", once="x"
        )

    def revise(n: int) -> object:
        return actions.revise(
            db.session.get(Letter, letter_id),
            by=db.session.get(User, ana_id),
            title=f"Judul {n} baru",
            text="x" * 60,
            why="sebab",
        )

    results = at_once(committing_app, add)
    assert not [one for one in results if isinstance(one, DomainError)]
    results = at_once(committing_app, revise)
    assert {one.code for one in results if isinstance(one, DomainError)} == {"revision_waiting"}
    assert (count(Update), count(Revision)) == (1, 1)
