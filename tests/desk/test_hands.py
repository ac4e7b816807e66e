"""In whose hands a case is: taken, given, given back; with the draft; and nobody's when its agent leaves."""

import pytest
from sqlalchemy import select

from forum.accounts.actions import close_account
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed
from forum.core.events import Kind
from forum.desk import actions as desk
from forum.desk.actions.due import release_strangers
from forum.letters.models import Case
from forum.merchants.actions import end_representation
from forum.merchants.lifecycle import TeamRole
from forum.responses import actions
from forum.responses.models import ResponseDraft
from tests.desk.team import change, events, gita, hana, voice_of
from tests.notifications.helping import told, work
from tests.responses.words import case_of


def fresh(case: Case) -> Case:
    return db.session.get(Case, case.id, populate_existing=True)


def test_take_give_and_give_back(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    gita(cast)
    bima = browse(cast.bima)
    page = bima.submit(f"/desk/cases/{case.id}", form="/assign$", agent_id=str(cast.bima.id))
    assert fresh(case).agent_id == cast.bima.id
    page = bima.submit(f"/desk/cases/{case.id}?show=all", form="/assign$", agent_id=str(gita(cast).id))
    assert fresh(case).agent_id == gita(cast).id
    assert "show=all" in page.url, "back to the same list"
    assert events(Kind.CASE_ASSIGNED) == 2
    bima.submit(f"/desk/cases/{case.id}", form="/assign$", agent_id=str(gita(cast).id))
    assert events(Kind.CASE_ASSIGNED) == 2, "twice is once"
    bima.submit(f"/desk/cases/{case.id}", form="/assign$", agent_id="")
    assert fresh(case).agent_id is None


def test_the_colleague_is_told_in_the_site(cast) -> None:
    case = case_of(cast.letter(), cast.bima)
    desk.assign(case, to=gita(cast).id, by=cast.bima)
    work()
    assert ("Gita", "assigned") in told()
    assert not {one for one in told() if one[1] == "assigned" and one[0] != "Gita"}


@pytest.mark.parametrize("stranger", ["fajar", "citra", "ana", "dewi", "reader", "0"])
def test_only_to_owners_and_agents_of_this_team(cast, stranger: str) -> None:
    case = case_of(cast.letter(), cast.bima)
    to = 0 if stranger == "0" else (hana(cast) if stranger == "reader" else getattr(cast, stranger)).id
    with pytest.raises(Invalid) as refused:
        desk.assign(case, to=to, by=cast.bima)
    assert refused.value.code == "not_of_team"


def test_a_reader_and_another_business_assign_nothing(cast) -> None:
    letter = cast.letter()
    for person in (hana(cast), cast.fajar, cast.dewi, cast.citra):
        with pytest.raises(NotAllowed):
            desk.assign(case_of(letter, cast.bima), to=cast.bima.id, by=person)


def test_a_draft_goes_over_with_the_case_and_no_words_are_lost(cast, browse) -> None:
    letter = cast.letter()
    case = case_of(letter, cast.bima)
    gita(cast)
    actions.save_draft(case, by=cast.bima, fields={"text": ["Kata-kata Bima yang separuh"]})
    page = browse(gita(cast)).open(f"/desk/cases/{case.id}")
    assert "Draf Bima Santoso" in page
    assert "separuh" not in page, "that it is there, not what it says"
    browse(cast.bima).submit(f"/desk/cases/{case.id}", form="/assign$", agent_id=str(gita(cast).id), with_draft="1")
    draft = db.session.scalar(select(ResponseDraft))
    assert (draft.author_id, draft.fields["text"]) == (gita(cast).id, ["Kata-kata Bima yang separuh"])
    assert "Kata-kata Bima yang separuh" in browse(gita(cast)).open(f"/cases/{case.id}/respond").text
    actions.save_draft(case_of(letter, cast.bima), by=cast.bima, fields={"text": ["Kata baru Bima"]})
    page = browse(cast.bima).submit(
        f"/desk/cases/{case.id}", form="/assign$", agent_id=str(gita(cast).id), with_draft="1"
    )
    assert "draf Anda tetap pada Anda" in page
    kept = {one.author_id: one.fields["text"] for one in db.session.scalars(select(ResponseDraft))}
    assert kept == {cast.bima.id: ["Kata baru Bima"], gita(cast).id: ["Kata-kata Bima yang separuh"]}


def test_cases_of_an_ended_agent_are_nobodys(cast) -> None:
    cases = [case_of(cast.letter(title=f"Surat {number}"), cast.bima) for number in range(2)]
    desk.assign(cases[0], to=gita(cast).id, by=cast.bima)
    desk.assign(cases[1], to=cast.bima.id, by=cast.bima)
    end_representation(voice_of(gita(cast)), by=gita(cast))
    assert [fresh(one).agent_id for one in cases] == [None, cast.bima.id]


def test_cases_of_a_closed_account_are_nobodys(cast) -> None:
    case = case_of(cast.letter(), cast.bima)
    desk.assign(case, to=gita(cast).id, by=cast.bima)
    close_account(gita(cast), by=gita(cast))
    assert fresh(case).agent_id is None


def test_the_worker_takes_cases_from_who_only_reads_now(cast) -> None:
    case = case_of(cast.letter(), cast.bima)
    desk.assign(case, to=gita(cast).id, by=cast.bima)
    assert release_strangers() == 0
    change(voice_of(gita(cast)), role=TeamRole.READER)
    assert release_strangers() == 1
    assert fresh(case).agent_id is None


def test_several_at_once(cast, browse) -> None:
    cases = [case_of(cast.letter(title=f"Surat {number}"), cast.bima) for number in range(3)]
    gita(cast)
    ids = [str(one.id) for one in cases]
    bima = browse(cast.bima)
    page = bima.submit("/desk", form="/selected$", case=ids[:2], to=str(gita(cast).id), button=("do", "give"))
    assert f"2 surat kini ditangani {gita(cast).name}." in page
    page = bima.submit("/desk", form="/selected$", case=ids[2:], button=("do", "take"))
    assert "1 surat kini Anda tangani." in page
    assert [fresh(one).agent_id for one in cases] == [gita(cast).id, gita(cast).id, cast.bima.id]
    page = bima.submit("/desk", form="/selected$", button=("do", "take"))
    assert "Centang suratnya" in page
    page = bima.submit("/desk", form="/selected$", case=ids[:1], button=("do", "give"))
    assert "Pilih dahulu kepada siapa" in page
    assert fresh(cases[0]).agent_id == gita(cast).id
    page = bima.submit("/desk", form="/selected$", case=ids[:1], to="none", button=("do", "give"))
    assert "1 surat kini belum ada yang menangani." in page
    assert fresh(cases[0]).agent_id is None
