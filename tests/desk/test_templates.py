"""Templates: filled with what is public, versioned, counted; no name or number of an earlier case can hide in one."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, Stale
from forum.desk import actions as desk
from forum.desk.models import ResponseTemplate, TemplateVersion
from forum.letters.lifecycle import NameShown
from forum.responses import actions
from forum.responses.guard import GuardStopped
from forum.responses.models import Response, ResponseDraft
from forum.responses.placeholders import fill, left_in
from tests.desk.team import gita, hana
from tests.responses.words import TEXT, case_of, said

WORDS = (
    "Yth. {byline},\n\nterima kasih atas surat “{judul}” (nomor {nomor_surat}) tanggal {tanggal}. {isi: apa yang dilakukan}\n\n"
    "{penandatangan}, {nama_usaha}"
)


def template(cast, text: str = WORDS, **more) -> ResponseTemplate:
    return desk.add_template(cast.shop.id, by=cast.bima, name=more.pop("name", "Uang kembali"), text=text, **more)


def test_filled_with_public_things_and_what_is_left_stops_publishing_at_its_place(cast, browse) -> None:
    letter = cast.letter(title="Kipas angin belum dikirim", name_shown=NameShown.INITIALS, byline="A.W.")
    case = case_of(letter, cast.bima)
    made = template(cast)
    page = browse(cast.bima).submit(f"/desk/cases/{case.id}", form="/template$", template=str(made.id))
    assert page.url.endswith(f"/cases/{case.id}/respond")
    text = db.session.scalar(select(ResponseDraft)).fields["text"][0]
    assert text.startswith("Yth. A.W.,")
    assert "Ana Wijaya" not in text
    assert f"“Kipas angin belum dikirim” (nomor {letter.id})" in text
    assert "Bima Santoso, Toko Melati" in text
    assert "{isi: apa yang dilakukan}" in text
    page = browse(cast.bima).submit(
        f"/cases/{case.id}/respond", text=f"{text}\n{TEXT}", remedy="refund", signatory="Bima Santoso", job_title="Humas"
    )
    assert "{isi: apa yang dilakukan} pada baris 3 belum diisi" in page
    assert TEXT[:40] in page.text
    assert not db.session.scalars(select(Response)).all()
    whole = text.replace("{isi: apa yang dilakukan}", TEXT)
    assert actions.respond(case_of(letter, cast.bima), said(text=whole), by=cast.bima)
    assert db.session.get(ResponseTemplate, made.id, populate_existing=True).used == 1


@pytest.mark.parametrize("left", ["{nama_penulis}", "{ judul }", "[Nama Pelanggan]", "<<nomor tiket>>", "{{order}}", "${name}", "%(name)s", "[ISI ALASAN]"])
def test_no_unfilled_place_is_published(cast, left: str) -> None:
    case = case_of(cast.letter(), cast.bima)
    with pytest.raises(Invalid) as refused:
        actions.respond(case, said(text=f"{TEXT}\n\nHormat kami kepada {left} sekali lagi."), by=cast.bima)
    assert (refused.value.code, refused.value.field, refused.value.facts["line"]) == ("placeholder_left", "text", 3)
    assert left in refused.value.facts["around"]


@pytest.mark.parametrize("kept", ["Rp105.000 [lunas]", "(lihat lampiran)", "a < b > c", "100% yakin", "{}", "[1] catatan kaki"])
def test_ordinary_brackets_are_words(cast, kept: str) -> None:
    assert left_in(f"{TEXT} {kept}") == []


def test_filling_is_one_pass() -> None:
    assert fill("{judul} {nomor_surat}", {"judul": "{nomor_surat}", "nomor_surat": "7"}) == "{nomor_surat} 7"


def test_a_second_time_puts_nothing_in_twice_and_other_words_stay(cast) -> None:
    letter = cast.letter()
    made = template(cast, "Kami memeriksa surat {nomor_surat} hari ini juga.")
    actions.save_draft(case_of(letter, cast.bima), by=cast.bima, fields={"text": ["Sudah saya tulis ini."], "job_title": ["Humas"]})
    for _turn in range(2):
        desk.use_template(case_of(letter, cast.bima), made, by=cast.bima)
    fields = db.session.scalar(select(ResponseDraft)).fields
    assert fields["text"] == [f"Sudah saya tulis ini.\n\nKami memeriksa surat {letter.id} hari ini juga."]
    assert fields["job_title"] == ["Humas"]
    assert db.session.get(ResponseTemplate, made.id).used == 1


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Halo Ana Wijaya, uang kembali kami kirim hari ini.", "name"),
        ("Halo ANA   WIJAYA, uang kembali kami kirim hari ini.", "name"),
        ("Halo Bapak Suparman, uang kembali kami kirim hari ini.", "name"),
        ("Pesanan TM-778899 sudah kami kirim ulang hari ini.", "order"),
        ("Pesanan T M 7 7 8 8 9 9 sudah kami kirim ulang.", "order"),
        ("Kami menelepon 0812-5555-0001 pagi ini juga.", "phone"),
        ("Kami menelepon nomor 0813 7777 8888 pagi ini juga.", "phone"),
        ("Kami menulis ke ana@surat.example pagi ini juga.", "email"),
    ],
)
def test_a_name_or_number_of_an_earlier_case_keeps_a_template_from_being_kept(cast, browse, words: str, kind: str) -> None:
    """Template with an author's name left in."""
    cast.letter(details={"order": "TM-778899", "phone": "0812-5555-0001"})
    with pytest.raises(GuardStopped) as stopped:
        template(cast, words)
    assert (stopped.value.field, stopped.value.facts["kind"]) == ("text", kind)
    page = browse(cast.bima).submit("/desk/templates/new", name="Dari surat lama", text=words)
    assert page.find("div", class_="problems")
    assert words.rsplit(maxsplit=1)[-1] in page.text, "every word is still there"
    assert not db.session.scalars(select(ResponseTemplate)).all()


def test_names_that_are_words_and_authors_of_other_businesses_are_no_hindrance(cast) -> None:
    cast.letter(author=cast.person("Mega"))
    cast.letter(author=cast.person("Rini Kusuma"), merchants=[cast.courier])
    assert template(cast, "Bank Mega dan Rini Kusuma sama sekali tidak terlibat di sini.")


def test_a_template_that_meets_a_private_detail_of_the_case_is_stopped_when_used(cast, browse) -> None:
    made = template(cast, "Kami memeriksa kasus dengan kode ZX-445566 hari ini juga.")
    letter = cast.letter(details={"ticket": "ZX-445566"})
    with pytest.raises(GuardStopped):
        desk.use_template(case_of(letter, cast.bima), made, by=cast.bima)
    page = browse(cast.bima).submit(f"/desk/cases/{case_of(letter, cast.bima).id}", form="/template$", template=str(made.id))
    assert "data pribadi" in page.words.lower() or "rincian pribadi" in page.words.lower()
    assert not db.session.scalars(select(ResponseDraft)).all()


def test_versions_stay_and_a_stale_page_is_told(cast, browse) -> None:
    made = template(cast)
    desk.change_template(made, by=gita(cast), name="Uang kembali", text="Kami mengembalikan uang hari ini.", seen=1)
    with pytest.raises(Stale):
        desk.change_template(made, by=cast.bima, name="Uang", text="Kami mengembalikan uang besok.", seen=1)
    desk.change_template(made, by=gita(cast), name="Uang kembali", text="Kami mengembalikan uang hari ini.", seen=1)
    rows = db.session.execute(select(TemplateVersion.version, TemplateVersion.text).order_by(TemplateVersion.version)).all()
    assert [tuple(row) for row in rows] == [(1, WORDS), (2, "Kami mengembalikan uang hari ini.")]
    page = browse(cast.bima).open(f"/desk/templates/{made.id}")
    assert "Versi 1" in page
    page = browse(cast.bima).submit(f"/desk/templates/{made.id}", name="Uang", text="Kami mengembalikan uang besok.")
    assert db.session.get(ResponseTemplate, made.id, populate_existing=True).version == 3


def test_once_is_one_and_out_of_use_is_gone_from_the_choice(cast, browse) -> None:
    first, second = (template(cast, once="o" * 32) for _turn in range(2))
    assert first.id == second.id
    bima = browse(cast.bima)
    case = case_of(cast.letter(), cast.bima)
    assert "Uang kembali" in bima.open(f"/desk/cases/{case.id}")
    bima.submit(f"/desk/templates/{first.id}", form="/end$")
    assert "Uang kembali" not in bima.open(f"/desk/cases/{case.id}")
    assert bima.open(f"/desk/templates/{first.id}").status == 404


def test_readers_and_other_businesses_write_and_use_none(cast) -> None:
    made, letter = template(cast), cast.letter()
    for person in (hana(cast), cast.fajar, cast.citra, cast.dewi):
        with pytest.raises(NotAllowed):
            desk.add_template(cast.shop.id, by=person, name="Milik orang", text="Kata-kata yang cukup panjang.")
        with pytest.raises(NotAllowed):
            desk.use_template(case_of(letter, cast.bima), made, by=person)
        with pytest.raises(NotAllowed):
            desk.end_template(made, by=person)


def test_a_template_of_one_business_is_not_used_for_another(cast) -> None:
    from tests.cast import represent

    represent(cast.bima, cast.courier)
    made = desk.add_template(cast.courier.id, by=cast.bima, name="Milik kurir", text="Kata-kata yang cukup panjang.")
    with pytest.raises(NotAllowed):
        desk.use_template(case_of(cast.letter(), cast.bima), made, by=cast.bima)


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("name", "x" * 81), ("text", "pendek"), ("text", "x" * 10_001), ("text", "(" * 100_000)])
def test_bad_input_is_told(cast, browse, field: str, value: str) -> None:
    page = browse(cast.bima).submit("/desk/templates/new", **{"name": "Nama", "text": "Kata-kata yang cukup panjang.", field: value})
    assert page.status == 200
    assert page.find("div", class_="problems")
