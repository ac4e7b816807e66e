"""The migrations of the moderators' rooms, down and up again with rows in every table that the scene fills."""

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select

from forum.core.db import db
from forum.letters.models import Letter
from forum.moderation.models import Report
from tests.cast import Cast
from tests.house import scene as scenes

BEFORE_THE_ROOMS = "0020"


def test_down_and_up_again_with_rows_leaves_what_was_there_before(fresh: Flask) -> None:
    upgrade()
    scenes.build(Cast())
    db.session.commit()
    before = _counted()
    assert all(before)
    db.session.remove()
    db.engine.dispose()
    downgrade(revision=BEFORE_THE_ROOMS)
    upgrade()
    assert _counted() == before


def _counted() -> list[int]:
    found = [db.session.scalar(select(func.count()).select_from(model)) or 0 for model in (Letter, Report)]
    db.session.rollback()
    return found
