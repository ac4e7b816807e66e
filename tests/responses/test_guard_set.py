"""The guard measured on a labelled set, and what a page does with what it found."""

import time

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Representative
from forum.responses import actions, guard
from forum.responses.models import Response
from tests.responses import guard_set
from tests.responses.test_pages import FILLED, url
from tests.responses.words import TEXT, case_of, said

LEAST_PRECISION, LEAST_RECALL = 0.98, 0.97


def found(text: str, **options: object) -> list[guard.Found]:
    given = {"details": guard_set.DETAILS, "email": guard_set.EMAIL, "hidden_name": guard_set.NAME, **options}
    return guard.find({"text": text}, **given)


def test_it_finds_what_is_private_and_leaves_the_rest() -> None:
    private, harmless = guard_set.private(), guard_set.harmless()
    assert len(private) >= 150
    assert len(harmless) >= 150
    caught = [text for _kind, text in private if found(text)]
    wrong = [text for text in harmless if found(text)]
    assert len(caught) / len(private) >= LEAST_RECALL, sorted({text for _kind, text in private} - set(caught))
    assert len(caught) / (len(caught) + len(wrong)) >= LEAST_PRECISION, wrong


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("hubungi 0857-1112-2233 ya", "0857-1112-2233"),
        ("hubungi nol delapan lima tujuh 1112 2233 ya", "nol delapan lima tujuh 1112 2233"),
        ("hubungi 0857\n1112\n2233 ya", "0857\n1112\n2233"),
        ("hubungi ０８５７１１１２２２３３ ya", "０８５７１１１２２２３３"),
        ("hubungi 0857\u200b1112\u200b2233 ya", "0857\u200b1112\u200b2233"),
        ("ke rekening BCA 1234567890 ya", "1234567890"),
        ("surel ana.wijaya@surat.example ya", "ana.wijaya@surat.example"),
        ("Kepada Ana Wijaya, kami", "Ana Wijaya"),
    ],
)
def test_the_place_is_the_one_in_the_text_as_typed(text: str, place: str) -> None:
    [one] = found(text)
    assert text[one.start : one.end] == place


def test_every_place_is_told_not_only_the_first() -> None:
    text = "Kami menelepon 0857-1112-2233 dan mengirim ke rekening BCA 1234567890 atas permintaan ana.wijaya@surat.example."
    assert sorted(one.kind for one in found(text)) == ["account", "email", "phone"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    ["1 ", "0", "08", "nol ", "o", "8-", "delapansatu", "rekening 1", "belas ", "puluh dua ", "|", "﷽", "A n a "],
)
def test_hostile_texts_end_soon(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    started = time.perf_counter()
    found(text)
    assert time.perf_counter() - started < 20


def test_the_form_marks_what_was_found_and_masks_it_at_a_click(cast, browse) -> None:
    case = case_of(cast.letter(details={"order": "TM-778899"}), cast.bima)
    bima = browse(cast.bima)
    told = TEXT + " Pesanan tm 778 899 dan nomor 0857-1112-2233 tercatat."
    page = bima.submit(url(case), **{**FILLED, "text": told, "refund_amount": "105.000"})
    assert ["".join(mark.itertext()) for mark in page.find("mark")] == ["tm 778 899", "0857-1112-2233"]
    page = bima.submit(button=("do", "mask"))
    text = "".join(page.find("textarea", name="text")[0].itertext())
    assert "[nomor telepon disamarkan]" in text
    assert "778" not in text
    assert page.find("input", name="refund_amount")[0].get("value") == "105.000"
    assert db.session.scalar(select(func.count(Response.id))) == 0
    assert bima.submit(follow=False, form="respond").status == 302
    assert "[nomor telepon disamarkan]" in db.session.scalars(select(Response.text)).one()


@pytest.mark.parametrize(
    "fields",
    [
        {"remedy": "refusal", "ground": "terms", "ground_words": "Nomor 0857-1112-2233 tidak terdaftar"},
        {"remedy": "replacement", "goods": "Kipas untuk 0857 1112 2233"},
        {"promise": "Menelepon 085711122233", "promise_due": "tomorrow"},
    ],
)
def test_the_how_and_the_promise_are_guarded_at_their_field(cast, browse, fields: dict[str, str]) -> None:
    from datetime import timedelta

    from forum.core.clock import utcnow

    if fields.get("promise_due"):
        fields = {**fields, "promise_due": (utcnow() + timedelta(days=3)).date().isoformat()}
    case = case_of(cast.letter(), cast.bima)
    page = browse(cast.bima).submit(url(case), **{**FILLED, **fields})
    assert "nomor telepon" in page.words
    assert page.find("mark")
    assert db.session.scalar(select(func.count(Response.id))) == 0


def test_a_registered_number_of_the_business_may_stand_but_never_the_authors(cast) -> None:
    letter = cast.letter(details={"phone": "0812 3456 7890"})
    told = said(text=TEXT + " WhatsApp resmi kami 0857-1112-2233.")
    with pytest.raises(guard.GuardStopped):
        actions.respond(case_of(letter, cast.bima), told, by=cast.bima)
    actions.allow_number(cast.shop, by=cast.bima, shown="+62 857 1112 2233")
    actions.allow_number(cast.shop, by=cast.bima, shown="0812-3456-7890")
    with pytest.raises(guard.GuardStopped):
        actions.respond(case_of(letter, cast.bima), said(text=TEXT + " Nomor 081234567890."), by=cast.bima)
    assert actions.respond(case_of(letter, cast.bima), told, by=cast.bima).counts


def test_only_owners_keep_the_list_of_numbers(cast, browse) -> None:
    voice = db.session.scalars(select(Representative).where(Representative.user_id == cast.bima.id)).one()
    voice.role = TeamRole.AGENT
    db.session.commit()
    db.session.expire_all()
    with pytest.raises(NotAllowed):
        actions.allow_number(cast.shop, by=cast.bima, shown="0857 1112 2233")
    with pytest.raises(NotAllowed):
        actions.allow_number(cast.shop, by=cast.fajar, shown="0857 1112 2233")
    assert browse(cast.bima).open("/merchants/toko-melati/numbers").status == 403


def test_the_page_of_numbers_adds_and_drops(cast, browse) -> None:
    cast.shop  # noqa: B018
    bima = browse(cast.bima)
    page = bima.submit("/merchants/toko-melati/numbers", number="0857-1112-2233")
    assert "0857-1112-2233" in page
    assert "0857-1112-2233" in bima.submit(number="62857 1112 2233")  # the same one
    assert len(page.find("button")) > 0
    page = bima.submit(number="abc 12 def")
    assert "Mohon tulis satu nomor telepon" in page
    page = bima.submit(form="/drop$")
    assert "0857-1112-2233" not in page


@pytest.mark.parametrize("shown", ["", "12", "9" * 30, "abcdefgh", "0" * 41])
def test_no_number_is_no_number(cast, shown: str) -> None:
    with pytest.raises(Invalid):
        actions.allow_number(cast.shop, by=cast.bima, shown=shown)
