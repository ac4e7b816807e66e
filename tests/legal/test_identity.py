"""An identity is given out on an order of record alone, by two, once; whom it is about is told, or later where the order says so."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.accounts.actions import close_account
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Kind
from forum.core.mail import Mail
from forum.ledger.lifecycle import Act
from forum.ledger.models import LedgerRow
from forum.legal.jobs import wind
from forum.notifications.deliver import deliver
from forum.people import actions
from forum.people.lifecycle import RequestKind
from forum.people.models import IdentityOrder, JointRequest
from tests.legal import stage
from tests.moderation.stage import events


def given(cast, user, **values) -> tuple[IdentityOrder, JointRequest]:
    order = stage.order(cast, user, **values)
    request = actions.ask_identity(order, by=cast.dewi, why=stage.WHY)
    actions.confirm(request, by=cast.eko)
    return stage.again(order), request


def test_without_an_order_of_record_nobody_asks(cast) -> None:
    ana = cast.ana
    for data in ({}, {"order_id": 99}, {"order_id": stage.order(cast, cast.citra).id}):
        with pytest.raises(NotNow) as problem:
            actions.ask(RequestKind.UNMASK, by=cast.dewi, why=stage.WHY, user_id=ana.id, **data)
        assert problem.value.code == "order_needed"
    old = _asked_before(ana, cast.dewi)
    with pytest.raises(NotNow):
        actions.confirm(old, by=cast.eko)
    assert not events(Kind.IDENTITY_GIVEN)


@unit_of_work
def _asked_before(user, by) -> JointRequest:
    """A request from the time before orders."""
    request = JointRequest(kind=RequestKind.UNMASK, user_id=user.id, data={}, why=stage.WHY, asked_by_id=by.id)
    db.session.add(request)
    return request


def test_two_give_it_out_and_the_author_is_told(cast) -> None:
    ana = cast.ana
    order = stage.order(cast, ana)
    request = actions.ask_identity(order, by=cast.dewi, why=stage.WHY)
    for one in (cast.dewi, cast.eko):
        with pytest.raises(NotAllowed):
            actions.read_identity(order, by=one)
    with pytest.raises(NotAllowed):
        actions.confirm(request, by=cast.dewi)
    actions.confirm(request, by=cast.eko)
    order = stage.again(order)
    assert (order.given_by_id, order.second_by_id) == (cast.dewi.id, cast.eko.id)
    assert order.told_at is not None
    assert actions.read_identity(order, by=cast.eko) == ("Ana Wijaya", "ana@surat.example")
    with pytest.raises(NotAllowed):
        actions.read_identity(order, by=cast.surya)
    (read,) = events(Kind.PRIVATE_READ)
    assert (read.data["what"], read.data["why"]) == ("identity", "order")
    (told,) = events(Kind.IDENTITY_TOLD)
    deliver(told.id)
    assert [one.user_id for one in db.session.scalars(select(Mail).where(Mail.kind == "identity_given"))] == [ana.id]
    with pytest.raises(Invalid):
        actions.ask_identity(order, by=cast.dewi, why=stage.WHY)  # once


def test_the_ledger_says_that_and_not_whose(cast) -> None:
    given(cast, cast.ana)
    (row,) = db.session.scalars(select(LedgerRow).where(LedgerRow.act == Act.IDENTITY_GIVEN))
    assert row.letter_id is None
    assert row.asked_by == "authority"
    assert row.merchants == []
    assert row.about.startswith("identity_order:")


def test_an_order_that_forbids_telling_is_told_on_its_day(cast) -> None:
    until = stage.today() + timedelta(days=30)
    order, _request = given(cast, cast.ana, forbids_telling=True, silent_until=until)
    wind()
    assert order.told_at is None
    assert not events(Kind.IDENTITY_TOLD)
    _let_pass(order)
    wind()
    wind()
    assert len(events(Kind.IDENTITY_TOLD)) == 1
    assert stage.again(order).told_at is not None


@unit_of_work
def _let_pass(order: IdentityOrder) -> None:
    db.session.get_one(IdentityOrder, order.id).silent_until = stage.today()


def test_an_order_not_carried_out_tells_nobody(cast) -> None:
    order = stage.order(cast, cast.ana, forbids_telling=True, silent_until=stage.today() + timedelta(days=1))
    _let_pass(order)
    wind()
    assert not events(Kind.IDENTITY_TOLD)


def test_nobody_handles_an_order_about_themselves(cast) -> None:
    with pytest.raises(NotAllowed):
        stage.order(cast, cast.dewi)
    order = stage.order(cast, cast.dewi, by=cast.eko)
    with pytest.raises(NotAllowed):
        actions.ask_identity(order, by=cast.dewi, why=stage.WHY)
    request = actions.ask_identity(order, by=cast.eko, why=stage.WHY)
    with pytest.raises(NotAllowed):
        actions.confirm(request, by=cast.dewi)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"authority": None}, "authority"),
        ({"name": ""}, "name"),
        ({"reference": "x" * 101}, "reference"),
        ({"dated_on": None}, "dated_on"),
        ({"dated_on": stage.date(2999, 1, 1)}, "dated_on"),
        ({"forbids_telling": True}, "silent_until"),
        ({"forbids_telling": True, "silent_until": stage.date(2020, 1, 1)}, "silent_until"),
        ({"forbids_telling": True, "silent_until": stage.date(2999, 1, 1)}, "silent_until"),
    ],
)
def test_junk_is_refused_at_its_field(cast, values: dict, field: str) -> None:
    with pytest.raises(Invalid) as problem:
        stage.order(cast, cast.ana, **values)
    assert problem.value.field == field
    assert db.session.scalar(select(func.count()).select_from(IdentityOrder)) == 0


def test_an_order_needs_its_document(cast) -> None:
    with pytest.raises(Invalid) as problem:
        actions.record_order(cast.ana, stage.ordered(), [], by=cast.dewi, once="o" * 32)
    assert problem.value.code == "document_needed"


def test_a_closed_account_of_a_held_letter_can_be_ordered_still(cast) -> None:
    ana = cast.ana
    stage.hold(cast, cast.letter())
    close_account(ana, by=ana)
    order, _request = given(cast, ana)
    assert order.user.name != "Ana Wijaya"
    assert actions.read_identity(order, by=cast.dewi) == ("Ana Wijaya", "ana@surat.example")


def test_of_a_closed_account_that_nothing_holds_nothing_is_left(cast) -> None:
    citra = cast.citra
    close_account(citra, by=citra)
    order, _request = given(cast, citra)
    assert actions.read_identity(order, by=cast.dewi) == (order.user.name, "")
