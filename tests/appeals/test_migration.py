"""Appeals, sanctions and offices: up, down and up, with rows in them."""

import re
from pathlib import Path

import flask_migrate
from sqlalchemy import text

from forum.accounts.rights import Standing
from forum.appeals import actions
from forum.core.db import db
from forum.core.events import Kind
from forum.letters.lifecycle import Move
from forum.letters.queries import letter_for
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason
from forum.people import actions as people
from forum.people.lifecycle import SanctionKind, SanctionReason
from tests.cast import Cast
from tests.moderation.stage import SAID, events

(OURS,) = (Path(__file__).parents[2] / "migrations/versions").glob("*_appeals.py")
BEFORE = re.search(r'down_revision = "(\w+)"', OURS.read_text())[1]


def one(statement: str) -> object:
    return db.session.execute(text(statement)).scalar()


def test_offices_and_sanctions_up_down_and_up(fresh_copy) -> None:
    cast = Cast()
    letter = cast.letter()
    people.sanction(
        cast.citra, by=cast.dewi, kind=SanctionKind.SUSPENSION, reason=SanctionReason.SPAM, message=SAID, days=None
    )
    people.ask_rights(by=cast.surya, email=cast.ana.email or "", standing=Standing.MODERATOR, why="Antrean bertambah.")
    moderation.decide_letter(
        letter_for(cast.dewi, letter.id), Move.TAKE_DOWN, by=cast.dewi, reason=Reason.INSULT, message=SAID
    )
    (event,) = events(Kind.LETTER_TAKEN_DOWN)
    actions.appeal(event, by=cast.ana, text="Redaksi keliru membaca surat saya.")
    counted = "SELECT (SELECT count(*) FROM authenticator) * 100 + (SELECT count(*) FROM letter) * 10"
    before = one(counted)
    db.session.remove()
    flask_migrate.downgrade(revision=BEFORE)
    assert one("SELECT count(*) FROM \"user\" WHERE standing = 'moderator'") == 2  # the administrator stays in the desk
    assert one(counted) == before  # nothing went with the table of people
    assert one("SELECT count(*) FROM event WHERE kind IN ('appeal_made', 'sanction_given', 'second_asked')") == 0
    db.session.remove()
    flask_migrate.upgrade()
    assert one("SELECT count(*) FROM appeal") == 0
    assert one('SELECT count(*) FROM "user" WHERE suspended_until IS NOT NULL') == 0
    again = Cast()
    again._people["Surya Adiputra"] = again.person("Tia", standing=Standing.ADMINISTRATOR)
    assert again.surya.holds_office
