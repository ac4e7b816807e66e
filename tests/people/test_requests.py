"""What takes two persons: rights, sanctions of an office, identities, deleting for good; and readings of private data."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forum.accounts import actions as accounts
from forum.accounts.models import LoginSession
from forum.accounts.rights import RIGHTS, Right, Standing
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Kind
from forum.core.mail import Mail
from forum.notifications.deliver import deliver
from forum.people import actions
from forum.people.lifecycle import SanctionKind, SanctionReason
from forum.people.models import JointRequest
from tests.cast import take_second_factor
from tests.legal.stage import order as make_order
from tests.moderation.stage import again, events, make_file

WHY = "Antrean bertambah; perlu orang ketiga."


def appoint(cast, whom, *, by=None, standing=Standing.MODERATOR, **values: Any) -> JointRequest:
    return actions.ask_rights(by=by or cast.surya, email=whom.email, standing=standing, why=WHY, **values)


def test_somebody_is_appointed_by_two(cast) -> None:
    citra = cast.citra
    token = accounts.open_session(citra, address="192.0.2.1", device="telepon")
    request = appoint(cast, citra)
    deliver(events(Kind.SECOND_ASKED)[0].id)
    cast.dewi  # noqa: B018
    assert again(citra).standing is Standing.MEMBER
    with pytest.raises(NotAllowed):
        actions.confirm(request, by=cast.surya)  # not who asked
    actions.confirm(request, by=cast.dewi)
    assert again(citra).standing is Standing.MODERATOR
    assert not citra.is_moderator  # not without a second factor
    assert db.session.scalar(select(LoginSession).where(LoginSession.user_id == citra.id)) is None  # they sign in anew
    (event,) = events(Kind.RIGHTS_CHANGED)
    assert (event.by_id, event.data["second"], event.about) == (cast.surya.id, cast.dewi.id, f"user:{citra.id}")
    deliver(event.id)
    assert {one.kind for one in db.session.scalars(select(Mail))} >= {"rights_changed"}
    with pytest.raises(NotNow):
        actions.confirm(request, by=cast.eko)  # carried out once
    assert token


def test_the_one_it_is_about_confirms_nothing(cast) -> None:
    request = appoint(cast, cast.dewi, standing=Standing.MEMBER)
    with pytest.raises(NotAllowed):
        actions.confirm(request, by=cast.dewi)
    actions.confirm(request, by=cast.eko)
    assert again(cast.dewi).standing is Standing.MEMBER


@pytest.mark.parametrize("name", ["ana", "bima", "citra", "dewi"])
def test_only_administrators_ask_for_rights(cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        appoint(cast, cast.person("Gani"), by=getattr(cast, name))


@pytest.mark.parametrize("name", ["ana", "bima", "citra"])
def test_only_an_office_confirms_or_calls_off(cast, name: str) -> None:
    request = appoint(cast, cast.person("Gani"))
    for verb in (actions.confirm, actions.cancel):
        with pytest.raises(NotAllowed):
            verb(request, by=getattr(cast, name))


def test_a_request_lapses_by_the_clock(cast, setting) -> None:
    setting(second_person_days=3)
    request = appoint(cast, cast.citra)
    _age(request, timedelta(days=3, minutes=1))
    with pytest.raises(NotNow):
        actions.confirm(request, by=cast.dewi)
    assert again(request).state == "open"  # that its days are over is written nowhere
    assert appoint(cast, cast.citra).id != request.id


@unit_of_work
def _age(request: JointRequest, by: timedelta) -> None:
    request.asked_at = request.asked_at - by


def test_the_same_asked_twice_is_one_request(cast) -> None:
    assert appoint(cast, cast.citra).id == appoint(cast, cast.citra).id


def test_who_lost_the_right_asked_for_nothing(cast) -> None:
    request = appoint(cast, cast.citra)
    take_second_factor(cast.surya)
    with pytest.raises(NotNow) as problem:
        actions.confirm(request, by=cast.dewi)
    assert problem.value.code == "asker_gone"
    assert again(cast.citra).standing is Standing.MEMBER


def test_the_last_administrator_stays(cast) -> None:
    other = cast.person("Tia", standing=Standing.ADMINISTRATOR)
    actions.confirm(appoint(cast, other, standing=Standing.MEMBER), by=cast.dewi)
    third = cast.person("Umi", standing=Standing.ADMINISTRATOR)
    request = appoint(cast, cast.surya, by=third, standing=Standing.MEMBER)
    accounts.change_standing(third, by=cast.surya, second=cast.dewi, standing=Standing.MODERATOR)
    with pytest.raises(NotNow):  # who asked is no administrator any more
        actions.confirm(request, by=cast.dewi)
    with pytest.raises(NotNow) as problem:
        accounts.change_standing(cast.surya, by=third, second=cast.dewi, standing=Standing.MEMBER)
    assert problem.value.code == "last_administrator"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "tidak@ada.example"}, "email"),
        ({"standing": None}, "standing"),
        ({"standing": Standing.MEMBER}, "standing"),
        ({"why": "singkat"}, "why"),
    ],
)
def test_junk_is_refused_at_its_field(cast, values: dict, field: str) -> None:
    asked = {"email": cast.citra.email, "standing": Standing.MODERATOR, "why": WHY, **values}
    with pytest.raises(Invalid) as problem:
        actions.ask_rights(by=cast.surya, **asked)
    assert problem.value.field == field


def test_nobody_asks_about_themselves(cast) -> None:
    with pytest.raises(Invalid):
        appoint(cast, cast.surya, standing=Standing.MEMBER)


def test_two_sanction_somebody_with_an_office(cast) -> None:
    said = "Anda menghapus surat tentang usaha keluarga Anda."
    values = {"kind": SanctionKind.SUSPENSION, "reason": SanctionReason.UNLAWFUL, "message": said, "days": 30}
    request = actions.ask_sanction(cast.eko, by=cast.dewi, why=WHY, **values)
    with pytest.raises(NotAllowed):
        actions.confirm(request, by=cast.eko)
    actions.confirm(request, by=cast.surya)
    assert again(cast.eko).is_suspended
    assert not cast.eko.is_moderator
    (event,) = events(Kind.SANCTION_GIVEN)
    assert (event.by_id, event.data["second"]) == (cast.dewi.id, cast.surya.id)


def test_an_identity_takes_two_and_leaves_a_row(cast) -> None:
    cast.letter(author=cast.citra, byline="C. D.", name_shown="initials")
    order = make_order(cast, cast.citra)
    with pytest.raises(NotAllowed):
        actions.read_identity(order, by=cast.dewi)
    request = actions.ask_identity(order, by=cast.dewi, why=WHY)
    actions.confirm(request, by=cast.eko)
    assert not events(Kind.PRIVATE_READ)
    assert actions.read_identity(order, by=cast.dewi) == ("Citra", "citra@surat.example")
    with pytest.raises(NotAllowed):  # only the two
        actions.read_identity(order, by=cast.surya)
    _age(request, timedelta(days=8))
    with pytest.raises(NotAllowed):
        actions.read_identity(order, by=cast.dewi)
    (event,) = events(Kind.PRIVATE_READ)
    assert (event.by_id, event.data["what"], event.data["why"]) == (cast.dewi.id, "identity", "order")


def test_deleting_for_good_takes_two(cast, browse) -> None:
    letter = cast.letter()
    file = make_file(letter)
    _seal(file)
    page = browse(cast.dewi).submit(f"/moderation/files/{file.id}", form="/original/delete", why=WHY)
    assert "Menunggu orang kedua" in page
    (request,) = db.session.scalars(select(JointRequest))
    assert again(file).original_key is not None
    with pytest.raises(NotAllowed):
        actions.confirm(request, by=cast.dewi)
    actions.confirm(request, by=cast.eko)
    assert again(file).original_key is None
    (event,) = events(Kind.ORIGINAL_DELETED)
    assert (event.by_id, event.data["second"]) == (cast.dewi.id, cast.eko.id)


@unit_of_work
def _seal(file) -> None:
    file.original_key = "a" * 64


def test_private_details_need_a_reason_and_leave_a_row(cast, browse) -> None:
    letter = cast.letter(details={"order": "INV-777-X", "phone": "0812-5555-0001"})
    dewi = browse(cast.dewi)
    for url in (f"/moderation/letters/{letter.id}", f"/letters/{letter.id}"):
        assert "INV-777-X" not in dewi.open(url).text
    page = dewi.submit(f"/moderation/letters/{letter.id}", form="/details", why="")
    assert page.find("div", class_="problems")
    assert "INV-777-X" not in page.text
    assert not events(Kind.PRIVATE_READ)
    page = dewi.submit(form="/details", why="report")
    assert "INV-777-X" in page.text
    assert page.response.headers["Cache-Control"] == "no-store"
    (event,) = events(Kind.PRIVATE_READ)
    assert (event.letter_id, event.data["what"], event.data["why"]) == (letter.id, "details", "report")
    assert "INV-777-X" not in dewi.open(f"/moderation/letters/{letter.id}").text  # once
    rows = browse(cast.surya).open("/moderation/readings")
    assert "laporan sedang diputuskan" in rows
    assert "Dewi Lestari" in rows
    assert "INV-777-X" not in rows.text
    assert browse(cast.dewi).open("/moderation/readings").status == 403  # administrators alone


def test_an_address_needs_a_reason_and_leaves_a_row(cast, browse) -> None:
    citra, dewi = cast.citra, browse(cast.dewi)
    page = dewi.submit(f"/moderation/people/{citra.id}", form="/email", why="")
    assert citra.email not in page.text
    page = dewi.submit(form="/email", why="safety")
    assert citra.email in page.text
    (event,) = events(Kind.PRIVATE_READ)
    assert (event.about, event.data["what"]) == (f"user:{citra.id}", "email")


def test_the_page_of_offices(cast, browse) -> None:
    surya, dewi = browse(cast.surya), browse(cast.dewi)
    citra = cast.citra
    page = surya.submit("/moderation/people", form="/moderation/people", email="tidak@ada.example", standing="moderator", why=WHY)
    assert page.find("div", class_="problems")
    assert WHY in page.text
    page = surya.submit(form="/moderation/people", email=citra.email)
    assert "Menunggu orang kedua" in page
    assert not surya.page.find("button", class_="button--primary", **{"data-confirm": "x"})
    page = dewi.open("/moderation/people")
    assert not page.find("input", name="email")  # only administrators ask
    page = dewi.submit(form="/confirm")
    assert "Sudah dikuatkan dan dilaksanakan" in page
    assert again(citra).standing is Standing.MODERATOR
    assert browse(cast.ana).open("/moderation/people").status == 403


def test_two_confirm_at_once_and_it_is_carried_out_once(cast, browse) -> None:
    request = appoint(cast, cast.citra)
    dewi, eko = browse(cast.dewi), browse(cast.eko)
    dewi.open("/moderation/people")
    eko.open("/moderation/people")
    dewi.submit(form="/confirm")
    page = eko.submit(form="/confirm")
    assert "sudah diputuskan" in page
    assert len(events(Kind.RIGHTS_CHANGED)) == 1
    assert again(request).decided_by_id == cast.dewi.id


def test_the_desk_opens_with_a_second_factor_only(cast, browse) -> None:
    letter = cast.letter(publication="taken_down")
    take_second_factor(cast.dewi)
    dewi = browse(cast.dewi)
    for url in ("/moderation", "/moderation/reports", f"/moderation/letters/{letter.id}", "/moderation/people"):
        page = dewi.open(url)
        assert page.url.startswith("/settings/second-factor"), url
    assert dewi.open(f"/letters/{letter.id}").status == 410  # until then a member as any
    assert "Meja redaksi" in dewi.open("/")
    assert browse(cast.citra).open("/moderation").status == 403


@pytest.mark.parametrize("standing", list(Standing))
def test_rights_are_those_of_the_table(cast, standing: Standing) -> None:
    who = cast.person("Hana", standing=standing)
    assert {right for right in Right if who.may(right)} == RIGHTS[standing]
    if RIGHTS[standing]:
        take_second_factor(who)
        assert not {right for right in Right if again(who).may(right)}
