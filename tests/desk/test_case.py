"""One letter at a time: what the team sees of it, and what nobody else sees."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.attachments.models import FileAudience
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import NotAllowed
from forum.desk import actions as desk
from forum.desk.models import CaseNote
from forum.letters.lifecycle import NameShown, Publication, Visibility
from forum.letters.models import Case
from forum.merchants.actions import end_representation
from forum.responses import actions
from tests.desk.team import change, gita, hana, voice_of
from tests.responses.words import case_of, said

MOST_QUERIES = 24


def url(case: Case) -> str:
    return f"/desk/cases/{case.id}"


def test_the_page_holds_what_an_answer_needs(cast, browse) -> None:
    from tests.house.scene import _file

    letter = cast.letter(
        merchants=[cast.shop, cast.courier], details={"order": "TM-778899"}, published_at=utcnow() - timedelta(days=5)
    )
    unit_of_work(_file)(letter, FileAudience.BUSINESS, "faktur-usaha")
    unit_of_work(_file)(letter, FileAudience.MODERATORS, "hanya-redaksi")
    earlier = cast.letter(title="Surat lama dari Ana", published_at=utcnow() - timedelta(days=40))
    actions.respond(case_of(letter, cast.fajar, 1), said(), by=cast.fajar)
    case = case_of(letter, cast.bima)
    page = browse(cast.bima).open(url(case))
    assert "TM-778899" in page
    assert "faktur-usaha" in page
    assert "hanya-redaksi" not in page.text
    assert earlier.title in page
    assert "Kurir Kilat" in page
    assert page.find("div", class_="desk__clock")
    assert page.link("Tanggapi").endswith(f"/cases/{case.id}/respond")
    assert len(page.queries) <= MOST_QUERIES
    assert db.session.get(Case, case.id, populate_existing=True).opened_at is not None


def test_earlier_letters_are_those_to_this_business_that_everybody_may_read(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    cast.letter(title="Terbuka kepada toko")
    cast.letter(title="Kepada kurir saja", merchants=[cast.courier])
    cast.letter(title="Belum dimuat sama sekali", publication=Publication.SUBMITTED)
    cast.letter(title="Sudah diturunkan redaksi", publication=Publication.TAKEN_DOWN)
    cast.letter(title="Hanya untuk penulis", visibility=Visibility.AUTHOR_ONLY)
    cast.letter(title="Dengan inisial saja", name_shown=NameShown.INITIALS, byline="A.W.")
    cast.letter(title="Dari orang lain", author=cast.citra)
    page = browse(cast.bima).open(url(case))
    asked = next(s for s in page.find("section") if "Surat lain penulis ini" in "".join(s.itertext()))
    words = "".join(asked.itertext())
    assert "Terbuka kepada toko" in words
    for other in ("Kepada kurir", "Belum dimuat", "Sudah diturunkan", "Hanya untuk", "Dengan inisial", "Dari orang lain"):
        assert other not in words


def test_another_business_does_not_read_the_case(cast, browse) -> None:
    case = case_of(cast.letter(merchants=[cast.shop, cast.courier], details={"order": "TM-778899"}), cast.bima)
    for person in (cast.fajar, cast.citra, cast.ana, cast.dewi):
        page = browse(person).open(url(case))
        assert page.status == 403
        assert "TM-778899" not in page.text


def test_who_left_the_team_is_refused_at_once(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    browser = browse(gita(cast))
    assert browser.open(url(case)).status == 200
    end_representation(voice_of(gita(cast)), by=gita(cast))
    assert browser.open(url(case)).status == 403
    assert browser.request("POST", f"{url(case)}/notes", data={"text": "x"}).status in {403, 409}


def test_next_and_previous_stay_in_the_list(cast, browse) -> None:
    made = {}
    for days in (9, 7, 5, 3):
        for category in ("toko-online", "perbankan"):
            letter = cast.letter(title=f"{category} {days}", category=category, published_at=utcnow() - timedelta(days=days))
            made[category, days] = case_of(letter, cast.bima)
    bima = browse(cast.bima)
    page = bima.open(url(made["perbankan", 7]) + "?category=perbankan")
    following, previous = page.link("Surat berikutnya"), page.link("Surat sebelumnya")
    assert following.endswith(f"/desk/cases/{made['perbankan', 5].id}?category=perbankan")
    assert previous.endswith(f"/desk/cases/{made['perbankan', 9].id}?category=perbankan")
    last = bima.open(url(made["perbankan", 3]) + "?category=perbankan")
    assert not [a for a in last.find("a") if a.get("rel") == "next"]
    walked, address = [], url(made["toko-online", 9])
    while address:
        page = bima.open(address)
        walked.append(page.find("h1")[0].text)
        address = next((a.get("href") for a in page.find("a") if a.get("rel") == "next"), "")
    assert len(walked) == 8
    assert len(set(walked)) == 8


def test_an_answered_case_still_leads_to_the_next_one_of_the_list(cast, browse) -> None:
    first = case_of(cast.letter(title="Yang pertama", published_at=utcnow() - timedelta(days=9)), cast.bima)
    second = case_of(cast.letter(title="Yang kedua"), cast.bima)
    actions.respond(first, said(), by=cast.bima)
    page = browse(cast.bima).open(url(first))
    assert page.link("Surat berikutnya").endswith(url(second))


def test_notes_are_the_teams_alone_and_kept_sealed(cast, browse) -> None:
    letter = cast.letter()
    case = case_of(letter, cast.bima)
    bima = browse(cast.bima)
    page = bima.submit(url(case), form="/notes$", text="Tanya gudang: kardus penyok?")
    assert "Tanya gudang: kardus penyok?" in page
    assert "kardus penyok" in browse(hana(cast)).open(url(case)), "a reader reads notes too"
    raw = db.session.execute(select(CaseNote.__table__.c.text)).one()
    stored = db.session.connection().exec_driver_sql("SELECT text FROM case_note").scalar_one()
    assert "gudang" not in stored
    assert raw
    public = f"/letters/{letter.id}"
    for person in (None, cast.ana, cast.dewi, cast.fajar):
        for address in (public, f"/moderation/letters/{letter.id}", url(case)):
            assert "kardus penyok" not in browse(person).open(address).text
    note = db.session.scalar(select(CaseNote))
    assert browse(gita(cast)).open(url(case)).find("form", action=f"/desk/notes/{note.id}/delete") == []
    with pytest.raises(NotAllowed):
        desk.delete_note(note, by=gita(cast))
    page = bima.submit(url(case), form=f"/desk/notes/{note.id}/delete")
    assert "kardus penyok" not in page


def test_a_note_sent_twice_is_one_and_a_bad_one_keeps_its_words(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    bima = browse(cast.bima)
    page = bima.open(url(case))
    once = next(f for f in page.find("input", name="once")).get("value")
    for _turn in range(2):
        bima.page = page
        bima.submit(form="/notes$", text="Satu kali saja", once=once)
    assert len(db.session.scalars(select(CaseNote)).all()) == 1
    page = bima.submit(url(case), form="/notes$", text="y" * 4_001)
    assert page.status == 200
    assert "y" * 4_001 in page.text
    assert page.find("div", class_="problems")


@pytest.mark.parametrize("path", ["/desk/cases/0", f"/desk/cases/{2**63 - 1}", "/desk/templates/9", f"/desk/cases/{2**70}"])
def test_missing_things(cast, browse, path: str) -> None:
    assert browse(cast.bima).open(path).status == 404


def test_a_withdrawn_letter_is_gone_from_the_desk(cast, browse) -> None:
    letter = cast.letter()
    case = case_of(letter, cast.bima)
    change(letter, publication=Publication.WITHDRAWN, visibility=Visibility.TOMBSTONE)
    assert browse(cast.bima).open(url(case)).status == 410
    assert letter.title not in browse(cast.bima).open("/desk?show=all")


def test_nobody_has_their_own_letter_on_the_desk(cast, browse) -> None:
    cast.bima, gita(cast)
    letter = cast.letter(author=cast.bima, title="Surat Bima sendiri")
    case = case_of(letter, gita(cast))
    bima = browse(cast.bima)
    assert letter.title not in bima.open("/desk?show=all")
    assert bima.open(url(case)).status == 403
    assert browse(gita(cast)).open(url(case)).status == 200
