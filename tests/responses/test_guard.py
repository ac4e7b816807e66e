"""The reply guard stops private details however they are written, and lets ordinary numbers pass."""


import pytest
from sqlalchemy import func, select

from forum.comments import actions as comments
from forum.core.db import db
from forum.letters.lifecycle import NameShown
from forum.responses import actions, guard
from forum.responses.models import Response
from tests.responses.words import TEXT, case_of, said

DETAILS = {
    "order": "INV/20260303/MPL/4711",
    "tracking": "JX1234567890",
    "ticket": "#98765",
    "customer": "120034",
    "phone": "+62 812-3456-7890",
}


def stops(text: str, **options) -> str | None:
    given = {"details": DETAILS, "email": "ana@surat.example", "hidden_name": None, **options}
    try:
        guard.check({"text": text}, **given)
    except guard.GuardStopped as problem:
        return problem.facts["kind"]
    return None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("pesanan INV/20260303/MPL/4711 sudah", "order"),
        ("pesanan inv 20260303 mpl 4711 sudah", "order"),
        ("resi JX1234567890.", "tracking"),
        ("resi jx 1234 5678 90", "tracking"),
        ("resi J\u200bX1234567890", "tracking"),
        ("resi ＪＸ１２３４５６７８９０", "tracking"),
        ("tiket 98765,", "ticket"),
        ("pelanggan 120034 telah", "customer"),
        ("hubungi 081234567890", "phone"),
        ("hubungi 0812 3456 7890", "phone"),
        ("hubungi (+62) 812.3456.7890", "phone"),
        ("nomor 6281234567890", "phone"),
        ("surel Ana@Surat.example sudah", "email"),
        ("WA petugas 0857-1111-2222", "phone"),  # of whomever
        ("kartu 4111 1111 1111 1111", "card"),
        ("hubungi 0812–3456–7890", "phone"),
        ("hubungi 0·8·1·2·3·4·5·6·7·8·9·0", "phone"),
        ("hubungi [0812] | [3456] | [7890]", "phone"),
        ("hubungi 0812 .... 3456 .... 7890", "phone"),
        ("hubungi \u0660\u0668\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660", "phone"),
        ("hubungi " + "\ufe0f\u20e3".join("081234567890"), "phone"),
        ("hubungi " + "\u0301".join("081234567890"), "phone"),
        ("hubungi " + "\U0001f642".join("081234567890"), "phone"),
        ("WA petugas 0857–1111–2222", "phone"),
        ("pesanan INV–20260303–MPL–4711", "order"),
        ("pesanan “INV” “20260303” “MPL” “4711”", "order"),
        ("surel ana (at) surat [dot] example", "email"),
        ("surel ana @ surat . example", "email"),
        ("surel ana et surat titik example", "email"),
    ],
)
def test_private_details_are_found(text: str, kind: str) -> None:
    assert stops(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Rp105.000 kami kembalikan pada 3 Maret 2026 pukul 17.09 WIB",
        "hubungi call center 1500-123 atau (021) 555 1234",
        "surel kami care@tokomelati.example",
        "nomor 1200345 dan 9876500 dan XJX12345678901",
    ],
)
def test_ordinary_words_pass(text: str) -> None:
    assert stops(text) is None


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("Kepada Ibu Ana Wijaya, kami", True),
        ("kepada ana  wijaya kami", True),
        ("Yth. Ibu Wijaya, uang kembali", True),
        ("Kepada A. W., kami", False),
        ("Banana Wijayakusuma", False),
        ("kepada Ana_Wijaya kami", True),
        ("kepada Ana \u2014 Wijaya kami", True),
    ],
)
def test_the_name_behind_initials(text: str, *, stopped: bool) -> None:
    assert (stops(text, hidden_name="Ana Wijaya") == "name") is stopped


def test_a_degree_behind_the_name_hides_nothing() -> None:
    assert stops("Kepada Agung Nugroho, kami", hidden_name="Agung Nugroho, S.E.") == "name"


@pytest.mark.parametrize("name", ["Kami", "Terima Kasih", "Mohon Maaf", ", Kami", "Anda", "Yang", "di"])
def test_nobody_stops_every_answer_by_their_name(name: str) -> None:
    answer = "Terima kasih atas surat Anda. Kami mohon maaf, barang yang rusak di toko sudah diganti."
    assert stops(answer, hidden_name=name) is None


def test_a_name_behind_a_comma_is_guarded() -> None:
    assert stops("Kepada Lina kami", hidden_name=", Lina") == "name"
    assert stops("Kepada Tuan kami", hidden_name=", Lina") is None


def test_tiny_details_do_not_stop_every_text() -> None:
    assert stops("sampai hari ke-12 kami periksa", details={"order": "12", "ticket": "-", "phone": "0"}) is None


@pytest.mark.parametrize("detail", ["kami", "terima kasih", "2026", "surat", "100"])
def test_nobody_stops_every_answer_by_a_number_that_is_none(detail: str) -> None:
    answer = "Terima kasih atas surat Anda tanggal 3 Maret 2026, kami kembalikan Rp 100 000."
    assert stops(answer, details={"order": detail, "ticket": detail}) is None


@pytest.mark.pure
@pytest.mark.parametrize("detail", ["(" * 100, "1-" * 50, ".*", "[a-z]+", "\\", "١٢٣٤٥٦", "x" * 100])
@pytest.mark.timeout(20)
def test_hostile_details_end(detail: str) -> None:
    for text in ("1-" * 5000, "(" * 10_000, "x." * 5000, "8 " * 5000):
        assert stops(text, details={"order": detail, "phone": detail}) in {None, "nik", "order", "phone"}


def test_nothing_is_published_when_it_stops(cast) -> None:
    letter = cast.letter(details={"order": "TM-778899"})
    for words in (
        said(text=TEXT + " Pesanan TM 778899."),
        said(signatory="TM-778899"),
        said(job_title="Petugas TM-778899"),
    ):
        with pytest.raises(guard.GuardStopped):
            actions.respond(case_of(letter, cast.bima), words, by=cast.bima)
    assert db.session.scalar(select(func.count(Response.id))) == 0


def test_a_letter_under_initials_guards_the_name(cast) -> None:
    letter = cast.letter(name_shown=NameShown.INITIALS, byline="A. W.")
    with pytest.raises(guard.GuardStopped) as stopped:
        actions.respond(case_of(letter, cast.bima), said(text=TEXT + " Kepada Ana Wijaya."), by=cast.bima)
    assert stopped.value.facts["kind"] == "name"
    shown = cast.letter(title="Surat kedua dengan nama lengkap")
    actions.respond(case_of(shown, cast.bima), said(text=TEXT + " Kepada Ana Wijaya."), by=cast.bima)


def test_questions_are_guarded_too(cast) -> None:
    letter = cast.letter(details={"phone": "0812 3456 7890"})
    with pytest.raises(guard.GuardStopped):
        actions.ask(case_of(letter, cast.bima), by=cast.bima, text="Apakah nomor Anda 0812-3456-7890 masih dipakai?")


def test_comments_of_a_voice_are_guarded_too(cast) -> None:
    letter = cast.letter(details={"phone": "0812 3456 7890"})
    told = "Kami menelepon 0812-3456-7890 tadi pagi, mohon diangkat."
    with pytest.raises(guard.GuardStopped):
        comments.post(letter, by=cast.bima, text=told)
    said_well = comments.post(letter, by=cast.bima, text="Kami menelepon Anda tadi pagi, mohon diangkat.")
    with pytest.raises(guard.GuardStopped):
        comments.edit(said_well, by=cast.bima, text=told, seen=said_well.version)
    assert comments.post(letter, by=cast.ana, text=told).text == told  # it is theirs to tell
    assert comments.post(letter, by=cast.fajar, text=told).text == told  # who speaks for another does not know it


def test_the_page_tells_a_voice_why_a_comment_was_stopped(cast, browse) -> None:
    letter = cast.letter(details={"phone": "0812 3456 7890"})
    told = "Kami menelepon 0812-3456-7890 tadi pagi, mohon diangkat."
    page = browse(cast.bima).submit(f"/letters/{letter.id}", form=f"/letters/{letter.id}/comments$", text=told)
    assert page.status == 422
    assert told in page.text
    assert "nomor telepon" in page.words.lower()
