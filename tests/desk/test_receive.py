"""Saying of many letters at once that they were received: marked, harmless to the clock, safe to send twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid
from forum.core.events import Event, Kind
from forum.desk import actions as desk
from forum.desk.queries import desk_cases
from forum.letters.clocks import clock
from forum.letters.lifecycle import Publication, ResponseState, Visibility
from forum.letters.models import Case
from forum.responses import actions
from tests.desk.team import change, events, hana
from tests.responses.words import case_of, said


def state(case: Case) -> ResponseState:
    return db.session.get(Case, case.id, populate_existing=True).response


def test_all_ticked_are_received_once_and_say_that_they_were_many(cast, browse) -> None:
    letters = [cast.letter(title=f"Surat {number}", published_at=utcnow() - timedelta(days=8)) for number in range(4)]
    cases = [case_of(one, cast.bima) for one in letters]
    due = [one.due_on for one in cases]
    bima = browse(cast.bima)
    page = bima.submit(
        "/desk?q=surat", form="/selected$", case=[str(one.id) for one in cases[:3]], button=("do", "acknowledge")
    )
    assert "3 surat kini menunjukkan" in page
    assert "q=surat" in page.url
    assert [state(one) for one in cases] == [ResponseState.ACKNOWLEDGED] * 3 + [ResponseState.AWAITING]
    others = [row.data for row in db.session.scalars(select(Event).where(Event.kind == Kind.CASE_ACKNOWLEDGED))]
    assert others == [{"others": 2}] * 3
    assert "diterima bersama 2 surat lain" in browse().open(f"/letters/{letters[0].id}")
    bima.submit("/desk", form="/selected$", case=[str(one.id) for one in cases[:3]], button=("do", "acknowledge"))
    assert events(Kind.CASE_ACKNOWLEDGED) == 3
    assert [db.session.get(Case, one.id).due_on for one in cases] == due


def test_receipt_as_delay_stops_no_clock(cast) -> None:
    """Bulk acknowledge as delay: the answer clock runs as if nothing had been said."""
    letter = cast.letter(published_at=utcnow() - timedelta(days=30))
    case = case_of(letter, cast.bima)
    before = clock(letter.category, case.started_at, utcnow())
    desk.receive_all([case, case_of(cast.letter(), cast.bima)], by=cast.bima)
    case = case_of(letter, cast.bima)
    stops = [(one.asked_at, one.resumed_at) for one in case.questions]
    assert clock(letter.category, case.started_at, utcnow(), stops) == before
    assert case.answered_at is None


def test_a_single_one_says_nothing_of_others(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    page = browse(cast.bima).submit(f"/desk/cases/{case.id}?show=all", form="/selected$", button=("do", "acknowledge"))
    assert page.url.startswith(f"/desk/cases/{case.id}?show=all") or f"/desk/cases/{case.id}?show=all" in page.url
    assert state(case) is ResponseState.ACKNOWLEDGED
    assert db.session.scalar(select(Event.data).where(Event.kind == Kind.CASE_ACKNOWLEDGED)) == {}


def test_what_may_not_be_is_left_out(cast) -> None:
    waiting, answered, gone = (cast.letter(title=f"Surat {name}") for name in ("tunggu", "jawab", "tarik"))
    cases = [case_of(one, cast.bima) for one in (waiting, answered, gone)]
    actions.respond(cases[1], said(), by=cast.bima)
    change(gone, publication=Publication.WITHDRAWN, visibility=Visibility.TOMBSTONE)
    assert desk.receive_all(cases, by=cast.bima) == 1
    assert desk.receive_all(cases, by=cast.bima) == 0


def test_a_case_of_another_business_refuses_them_all(cast, browse) -> None:
    mine, theirs = cast.letter(), cast.letter(title="Surat kurir", merchants=[cast.courier])
    ids = [str(case_of(mine, cast.bima).id), str(case_of(theirs, cast.bima).id)]
    page = browse(cast.bima).submit("/desk", form="/selected$", case=ids, button=("do", "acknowledge"))
    assert page.status == 403
    assert state(case_of(mine, cast.bima)) is ResponseState.AWAITING


def test_a_reader_receives_nothing(cast) -> None:
    case = case_of(cast.letter(), cast.bima)
    assert desk.receive_all([case], by=hana(cast)) == 0


def test_at_most_fifty(cast, browse) -> None:
    cases = [case_of(cast.letter(title=f"Surat {number}"), cast.bima) for number in range(51)]
    with pytest.raises(Invalid):
        desk.receive_all(cases, by=cast.bima)
    page = browse(cast.bima).submit(
        "/desk", form="/selected$", case=[str(one.id) for one in cases], button=("do", "acknowledge")
    )
    assert "Paling banyak 50" in page
    assert events(Kind.CASE_ACKNOWLEDGED) == 0
    assert desk.receive_all(desk_cases(cast.bima, [one.id for one in cases[:50]]), by=cast.bima) == 50


@pytest.mark.parametrize("case", ["x", "-1", "9" * 30, "", "0", "1e9"])
def test_hostile_numbers_break_nothing(cast, browse, case: str) -> None:
    cast.letter()
    page = browse(cast.bima).submit("/desk", form="/selected$", case=case, button=("do", "acknowledge"))
    assert page.status == 200
