"""Appeals and requests in threads on the real engine: decided once, made once, carried out once."""

from collections.abc import Callable

from sqlalchemy import func, select

from forum.accounts.rights import Standing
from forum.appeals import actions
from forum.appeals.models import Appeal
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Move
from forum.letters.queries import letter_for
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason
from forum.people import actions as people
from forum.people.models import JointRequest
from tests.cast import Cast
from tests.moderation.stage import SAID
from tests.moderation.test_at_once import at_once, number_of, person

WRONG = "Redaksi keliru membaca: nomor itu milik saya sendiri."
JUDGED = "Kami membaca ulang dan menimbang keterangan Anda."


def taken_down(cast: Cast) -> int:
    letter = cast.letter()
    moderation.decide_letter(
        letter_for(cast.dewi, letter.id), Move.TAKE_DOWN, by=cast.dewi, reason=Reason.INSULT, message=SAID
    )
    return db.session.scalars(select(Event.id).where(Event.kind == Kind.LETTER_TAKEN_DOWN)).one()


def codes(results: list[object]) -> list[str]:
    return sorted(getattr(result, "code", "done") for result in results)


def test_two_moderators_decide_one_appeal_once(committing_app) -> None:
    cast = Cast()
    event_id = taken_down(cast)
    made = actions.appeal(db.session.get_one(Event, event_id), by=cast.ana, text=WRONG)
    appeal_id, eko, surya = made.id, cast.eko.id, cast.surya.id
    db.session.remove()

    def decide(who: int, grant: bool) -> Callable[[], object]:
        return lambda: actions.decide(db.session.get_one(Appeal, appeal_id), grant=grant, by=person(who), answer=JUDGED)

    assert codes(at_once(committing_app, decide(eko, True), decide(surya, False))) == ["already_decided", "done"]
    assert number_of(Kind.APPEAL_DECIDED) == 1


def test_an_appeal_sent_twice_at_once_is_one(committing_app) -> None:
    cast = Cast()
    event_id, ana = taken_down(cast), cast.ana.id
    db.session.remove()

    def make(text: str) -> Callable[[], object]:
        return lambda: actions.appeal(db.session.get_one(Event, event_id), by=person(ana), text=text)

    assert codes(at_once(committing_app, make(WRONG), make(WRONG), make(WRONG + " Lain."))).count("appealed_already") in {1, 2}
    assert db.session.scalar(select(func.count(Appeal.id))) == 1
    assert number_of(Kind.APPEAL_MADE) == 1


def test_two_confirm_one_request_once(committing_app) -> None:
    cast = Cast()
    asked = people.ask_rights(
        by=cast.surya, email=cast.citra.email or "", standing=Standing.MODERATOR, why="Antrean bertambah setiap pekan."
    )
    request_id, dewi, eko, citra = asked.id, cast.dewi.id, cast.eko.id, cast.citra.id
    db.session.remove()

    def confirm(who: int) -> Callable[[], object]:
        return lambda: people.confirm(db.session.get_one(JointRequest, request_id), by=person(who))

    assert codes(at_once(committing_app, confirm(dewi), confirm(eko))) == ["done", "request_over"]
    assert number_of(Kind.RIGHTS_CHANGED) == 1
    assert person(citra).standing is Standing.MODERATOR
