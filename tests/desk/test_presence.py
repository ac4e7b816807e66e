"""Who is writing now; and of two who send at once, the second sees the other's response and keeps every word."""

from datetime import timedelta

from sqlalchemy import select

from forum.core.clock import utcnow
from forum.core.db import db
from forum.desk import actions as desk
from forum.desk.models import Presence
from forum.responses import actions
from forum.responses.models import Response
from tests.desk.team import change, gita, hana
from tests.responses.words import TEXT, case_of, said

OTHER = TEXT.replace("esok pagi", "lusa sore")


def test_opening_the_form_is_seen_in_the_list_on_the_case_and_on_the_form(cast, browse) -> None:
    letter = cast.letter()
    case, words = case_of(letter, cast.bima), letter.text[:30]
    gita(cast)
    browse(cast.bima).open(f"/cases/{case.id}/respond")
    for address in ("/desk", f"/desk/cases/{case.id}", f"/cases/{case.id}/respond"):
        assert "Bima Santoso sedang menulis tanggapan" in browse(gita(cast)).open(address), address
    page = browse(gita(cast)).open(f"/desk/cases/{case.id}")
    assert page.words.index("Bima Santoso sedang menulis") < page.words.index(words), "before the letter, not below it"
    own = browse(cast.bima).open(f"/desk/cases/{case.id}")
    assert "Bima Santoso sedang menulis" not in own, "of oneself nobody is told"
    assert "Gita Permata sedang menulis" in own


def test_after_the_lease_it_says_who_opened_it_and_then_nothing(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    desk.stay(case.id, by=cast.bima)
    row, now = db.session.get(Presence, (case.id, cast.bima.id)), utcnow()
    change(row, since=now - timedelta(minutes=2), until=now - timedelta(seconds=30))
    assert "Bima Santoso membuka formulir 2 menit yang lalu" in browse(gita(cast)).open("/desk")
    desk.stay(case.id, by=cast.bima)
    assert db.session.get(Presence, (case.id, cast.bima.id)).since == now - timedelta(minutes=2)
    change(row, since=now - timedelta(hours=2), until=now - timedelta(minutes=16))
    assert not browse(gita(cast)).open(f"/desk/cases/{case.id}").find("p", class_="desk__writing")
    change(row, until=now - timedelta(hours=2))
    desk.prune_presence()
    assert not db.session.scalars(select(Presence)).all()


def test_saving_the_draft_is_a_sign_of_life_and_sending_ends_it(cast, browse) -> None:
    letter = cast.letter()
    case = case_of(letter, cast.bima)
    bima = browse(cast.bima)
    token = bima.open("/about").find("input", name="csrf_token")[0].get("value")
    bima.request("POST", f"/cases/{case.id}/respond/draft", data={"csrf_token": token, "text": "Baru"})
    assert db.session.get(Presence, (case.id, cast.bima.id)).until > utcnow()
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    assert not db.session.scalars(select(Presence)).all()


def test_nobody_outside_the_acting_team_leaves_a_trace_or_sees_one(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    desk.stay(case.id, by=cast.bima)
    for person in (cast.citra, cast.fajar, cast.dewi):
        assert "Bima Santoso" not in browse(person).open(f"/cases/{case.id}/respond")
    browse(hana(cast)).open(f"/cases/{case.id}/respond")
    assert {row.user_id for row in db.session.scalars(select(Presence))} == {cast.bima.id}


def test_double_response_by_two_agents(cast, browse) -> None:
    """Both have the form open; the second to send sees the first's response, and every word of their own."""
    letter = cast.letter()
    case = case_of(letter, cast.bima)
    first, second = browse(cast.bima), browse(gita(cast))
    for one in (first, second):
        one.open(f"/desk/cases/{case.id}")
        one.open(one.page.link("Tanggapi"))
    filled = {"remedy": "explanation", "job_title": "Humas"}
    first.submit(text=TEXT, signatory="Bima Santoso", **filled)
    page = second.submit(text=OTHER, signatory="Gita Permata", **filled)
    assert len(db.session.scalars(select(Response)).all()) == 1
    assert page.find("div", class_="problems")
    assert "lusa sore" in page.text
    assert "esok pagi" in page.text, "the other's response stands beside the form"
    page = second.submit(text=OTHER, signatory="Gita Permata", **filled)
    assert len(db.session.scalars(select(Response)).all()) == 2, "having seen it, they may still add theirs"
