"""Two of a team at one moment, on a real engine: what is done once is done once, and nobody waits for the other for ever."""

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.desk import actions as desk
from forum.desk.models import Presence, ResponseTemplate
from forum.desk.queries import desk_case, desk_cases
from forum.letters.models import Case
from forum.responses.models import ResponseDraft
from tests.cast import Cast
from tests.desk.team import gita
from tests.responses.test_at_once import together


def events(kind: Kind) -> int:
    return db.session.scalar(select(func.count(Event.id)).where(Event.kind == kind)) or 0


def test_many_received_by_two_are_received_once(committing_app) -> None:
    cast = Cast()
    people = [cast.bima.id, gita(cast).id]
    ids = [cast.letter(title=f"Surat {number}").cases[0].id for number in range(8)]

    def receive(number: int) -> None:
        who = db.session.get_one(User, people[number])
        desk.receive_all(list(desk_cases(who, ids))[:: 1 if number else -1], by=who)

    assert together(committing_app, receive, 2) == ["done", "done"]
    assert events(Kind.CASE_ACKNOWLEDGED) == 8


def test_a_case_taken_by_two_is_in_one_pair_of_hands(committing_app) -> None:
    cast = Cast()
    people = [cast.bima.id, gita(cast).id]
    case_id = cast.letter().cases[0].id

    def take(number: int) -> None:
        who = db.session.get_one(User, people[number])
        desk.assign(desk_case(who, case_id), to=who.id, by=who)

    assert together(committing_app, take, 2) == ["done", "done"]
    last = db.session.scalar(select(Event.about).where(Event.kind == Kind.CASE_ASSIGNED).order_by(Event.id.desc()).limit(1))
    assert f"user:{db.session.scalar(select(Case.agent_id))}" == last


def test_a_template_put_in_twice_at_once_stands_once(committing_app) -> None:
    cast = Cast()
    bima, case_id = cast.bima.id, cast.letter().cases[0].id
    made = desk.add_template(cast.shop.id, by=cast.bima, name="Uang kembali", text="Kami memeriksa surat {nomor_surat} ini.").id

    def use(_number: int) -> None:
        who = db.session.get_one(User, bima)
        desk.use_template(desk_case(who, case_id), db.session.get_one(ResponseTemplate, made), by=who)

    assert together(committing_app, use, 3) == ["done"] * 3
    assert db.session.scalar(select(ResponseDraft)).fields["text"][0].count("Kami memeriksa") == 1


def test_signs_of_life_at_once_are_one_row(committing_app) -> None:
    cast = Cast()
    bima, case_id = cast.bima.id, cast.letter().cases[0].id

    def stay(_number: int) -> None:
        desk.stay(case_id, by=db.session.get_one(User, bima))

    assert together(committing_app, stay, 4) == ["done"] * 4
    assert db.session.scalar(select(func.count()).select_from(Presence)) == 1
