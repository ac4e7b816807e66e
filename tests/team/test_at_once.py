"""Real parallel sending on a real engine: one code, one invitation, one step, and two owners who leave at the same moment."""

from threading import Barrier

from sqlalchemy import func, select

from forum.accounts import actions as accounts
from forum.accounts import queries
from forum.accounts.models import LoginSession, RecoveryCode, User
from forum.core.db import db, unit_of_work
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Merchant, Representative
from forum.team import actions
from tests.cast import Cast, code_now, represent
from tests.responses.test_at_once import together
from tests.team.test_team import mailed_token


def test_a_code_sent_four_times_at_once_counts_once(committing_app) -> None:
    bima, code = Cast().bima.id, code_now()

    def send(_number: int) -> None:
        known = queries.authenticator_of(bima)  # as a page has it loaded before
        seen.wait()
        accounts.take_code(queries.person(bima), code=code)
        assert known is not None

    seen = Barrier(4)
    assert together(committing_app, send, 4) == ["done"] + ["wrong_code"] * 3


def test_a_recovery_code_sent_four_times_at_once_counts_once(committing_app) -> None:
    cast = Cast()
    bima, [code, *_rest] = cast.bima.id, accounts.renew_codes(cast.bima, by=cast.bima)

    def send(_number: int) -> None:
        accounts.take_code(queries.person(bima), code=code)

    assert together(committing_app, send, 4) == ["done"] + ["wrong_code"] * 3
    assert db.session.scalar(select(func.count(RecoveryCode.id)).where(RecoveryCode.used_at.is_not(None))) == 1


def test_a_step_finished_four_times_at_once_is_one_session(committing_app) -> None:
    token = accounts.begin_step(Cast().bima)
    db.session.remove()

    def finish(_number: int) -> None:
        step = queries.sign_in_step(token)
        if step is not None:
            accounts.finish_step(step, address="", device="")

    assert set(together(committing_app, finish, 4)) <= {"done", "step_over"}
    assert db.session.scalar(select(func.count(LoginSession.id))) == 1


def test_an_invitation_accepted_by_four_people_at_once_is_one_membership(committing_app) -> None:
    cast = Cast()
    people = [cast.person(f"Orang{number} Lain").id for number in range(4)]
    actions.invite(cast.shop, by=cast.bima, email="x@tokomelati.example", role=TeamRole.AGENT, job_title="Humas")
    token = mailed_token()
    db.session.remove()

    def join(number: int) -> None:
        actions.accept_invitation(token, by=db.session.get_one(User, people[number]))

    assert together(committing_app, join, 4) == ["done"] + ["invitation_over"] * 3
    assert db.session.scalar(select(func.count(Representative.id))) == 2  # with Bima


def test_an_address_invited_four_times_at_once_is_one_invitation(committing_app) -> None:
    cast = Cast()
    bima, shop = cast.bima.id, cast.shop.id
    db.session.remove()

    def send(_number: int) -> None:
        who, merchant = db.session.get_one(User, bima), db.session.get_one(Merchant, shop)
        actions.invite(merchant, by=who, email="x@tokomelati.example", role=TeamRole.AGENT, job_title="Humas")

    assert together(committing_app, send, 4) == ["done"] * 4
    assert len(actions.queries.open_invitations(db.session.get_one(Merchant, shop))) == 1


def test_two_owners_who_leave_at_once_leave_an_owner(committing_app) -> None:
    cast = Cast()
    represent(cast.citra, cast.shop)
    represent(cast.ana, cast.shop, TeamRole.AGENT)
    people = [cast.bima.id, cast.citra.id]
    _secure(cast.citra)
    db.session.remove()

    def leave(number: int) -> None:
        who = db.session.get_one(User, people[number])
        voice = db.session.scalars(select(Representative).where(Representative.user_id == who.id)).one()
        merchants.end_representation(voice, by=who)

    assert together(committing_app, leave, 2) == ["done", "last_owner"]


@unit_of_work
def _secure(person: User) -> None:
    from forum.core.clock import utcnow

    person.second_factor_since = utcnow()
