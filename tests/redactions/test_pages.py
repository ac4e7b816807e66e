"""The pages on which words are covered: proposals, preview, confirmation, undo, the public record; without JavaScript."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.letters.actions import withdraw
from forum.redactions.lifecycle import Label, Reason
from forum.redactions.models import Redaction
from forum.redactions.views.redact import MOST_AN_HOUR
from tests.cast import TEXT, make_comment
from tests.moderation.stage import make_response
from tests.redactions.stage import MARK, PHONE, cover, whole

CONFIRM, PREVIEW = ("do", "confirm"), ("do", "preview")
NAMED = f"{TEXT} Sopirnya bernama Sutrisno, nomornya {PHONE}."


def test_a_moderator_ticks_a_proposal_looks_and_confirms(cast, browse) -> None:
    letter = cast.letter(text=NAMED)
    make_comment(letter, cast.citra, "Betul, 081234567890.")
    dewi = browse(cast.dewi)
    page = dewi.open(dewi.open(f"/moderation/letters/{letter.id}").link("Samarkan kata-kata"))
    assert [one.get("value") for one in page.find("input", name="found")] == ["name|Sutrisno", f"phone|{PHONE}"]
    page = dewi.submit(
        form=f"/redact/letters/{letter.id}$", button=PREVIEW, found=[f"phone|{PHONE}"], reason="others_data"
    )
    assert "2 tempat akan diganti" in page
    assert MARK in page
    assert PHONE in letter.text
    page = dewi.submit(form=f"/redact/letters/{letter.id}$", button=CONFIRM)
    assert "2 tempat disamarkan." in page
    assert "Yang disamarkan dalam surat ini" in page
    read = browse().open(f"/letters/{letter.id}")
    assert MARK in read
    assert PHONE not in read.text
    assert "Sutrisno" in read
    assert "Redaksi menyamarkan kata-kata: Nomor telepon. Alasan: Data pribadi orang lain" in read


def test_what_was_changed_after_the_preview_is_previewed_again(cast, browse) -> None:
    letter = cast.letter(text=NAMED)
    dewi = browse(cast.dewi)
    dewi.submit(
        f"/redact/letters/{letter.id}",
        form="letters/[0-9]+$",
        button=PREVIEW,
        words="Sutrisno",
        label="name",
        reason="asked",
    )
    page = dewi.submit(form="letters/[0-9]+$", button=CONFIRM, words="kipas angin")
    assert "1 tempat akan diganti" in page
    db.session.expire_all()
    assert "Sutrisno" in letter.text
    assert "kipas angin" in letter.text
    dewi.submit(form="letters/[0-9]+$", button=CONFIRM)
    db.session.expire_all()
    assert "[nama disamarkan]" in letter.text
    assert "kipas angin" not in letter.text


def test_it_is_told_in_english_too(cast, browse) -> None:
    letter = cast.letter(text=NAMED)
    cover(cast.dewi, letter)
    read = browse(language="en").open(f"/letters/{letter.id}")
    assert "The editors covered words: Phone number. Reason: Private data of somebody else" in read
    assert MARK in read  # the text is in the letter's language


def test_words_are_typed_one_on_a_line(cast, browse) -> None:
    letter = cast.letter(text=NAMED)
    dewi = browse(cast.dewi)
    fields = {"words": f"sutrisno\n\n {PHONE} ", "label": "other", "reason": "asked"}
    page = dewi.submit(f"/redact/letters/{letter.id}", form="letters/[0-9]+$", button=PREVIEW, **fields)
    assert "2 tempat akan diganti" in page
    dewi.submit(form="letters/[0-9]+$", button=CONFIRM)
    db.session.expire_all()
    assert letter.text.endswith("[data pribadi disamarkan], nomornya [data pribadi disamarkan].")


def test_the_author_covers_own_words_and_is_told_where_others_wrote_them(cast, browse) -> None:
    letter = cast.letter(text=NAMED)
    comment = make_comment(letter, cast.citra, f"Betul, {PHONE}.")
    ana = browse(cast.ana)
    ana.open(ana.open(f"/letters/{letter.id}").link("Samarkan kata-kata"))
    page = ana.submit(form="letters/[0-9]+$", button=PREVIEW, found=[f"phone|{PHONE}"], reason="own_data")
    assert "1 tempat akan diganti" in page
    assert any(link.endswith(f"/report/comment/{comment.id}") for link in page.links())
    read = ana.submit(form="letters/[0-9]+$", button=CONFIRM)
    assert "Penulis menyamarkan kata-katanya sendiri: Nomor telepon." in read
    assert "Tampilkan lagi kata-kata ini" not in ana.open(f"/redact/letters/{letter.id}")


def test_who_wrote_a_comment_finds_the_way_from_it(cast, browse) -> None:
    letter = cast.letter()
    comment = make_comment(letter, cast.citra, f"Nomor saya {PHONE}")
    citra = browse(cast.citra)
    citra.open(citra.open(f"/letters/{letter.id}").link("Samarkan kata-kata"))
    citra.submit(form="comments/[0-9]+$", button=PREVIEW, found=[f"phone|{PHONE}"], reason="own_data")
    page = citra.submit(form="comments/[0-9]+$", button=CONFIRM)
    assert MARK in page
    assert "menyamarkan kata" not in browse().open(f"/letters/{letter.id}")
    db.session.expire_all()
    assert comment.text == f"Nomor saya {MARK}"


def test_a_response_is_covered_from_the_page_of_the_moderators(cast, browse) -> None:
    letter = cast.letter()
    response = make_response(letter, cast.bima, "Barang Ibu Sulastri sudah kami kirim pada tanggal 20 Maret lalu.")
    dewi = browse(cast.dewi)
    dewi.open(dewi.open(f"/moderation/responses/{response.id}/reports").link("Samarkan kata-kata"))
    dewi.submit(form="responses/[0-9]+$", button=PREVIEW, found=["name|Sulastri"], reason="named_person")
    dewi.submit(form="responses/[0-9]+$", button=CONFIRM)
    db.session.expire_all()
    assert response.text.startswith("Barang Ibu [nama disamarkan] sudah")
    assert "[nama disamarkan]" in response.html


def test_one_click_undoes_it(cast, browse) -> None:
    letter = whole(cast)
    cover(cast.dewi, letter)
    eko = browse(cast.eko)
    page = eko.submit(f"/redact/letters/{letter.id}", form="/undo/")
    assert "ditampilkan lagi" in page
    read = browse().open(f"/letters/{letter.id}")
    assert PHONE in read
    assert "Redaksi menampilkan lagi kata-kata yang disamarkan: Nomor telepon." in read
    token = eko.open(f"/redact/letters/{letter.id}").find("input", name="csrf_token")[0].get("value")
    number = db.session.scalars(select(Redaction.id)).one()
    again = eko.request("POST", f"/redact/letters/{letter.id}/undo/{number}", data={"csrf_token": token})
    assert again.status == 422
    assert "sudah ditampilkan lagi" in again


def test_a_redaction_is_undone_under_its_own_letter_only(cast, browse) -> None:
    letter, other = whole(cast), cast.letter()
    redaction = cover(cast.dewi, letter)
    dewi = browse(cast.dewi)
    page = dewi.open(f"/redact/letters/{letter.id}")
    token = page.find("input", name="csrf_token")[0].get("value")
    for number in (redaction.id, redaction.id + 99):
        assert (
            dewi.request("POST", f"/redact/letters/{other.id}/undo/{number}", data={"csrf_token": token}).status == 404
        )
    db.session.expire_all()
    assert redaction.undone_at is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": "asked"}, "Tuliskan kata-kata yang akan disamarkan"),
        ({"reason": "asked", "words": "tidak ada"}, "Pilih jenis kata-kata itu"),
        ({"reason": "asked", "words": "tidak pernah ada", "label": "name"}, "tidak ada di sini"),
        ({"reason": "asked", "words": "ab", "label": "name"}, "tidak dapat disamarkan"),
        ({"words": "kipas", "label": "name"}, "Silakan pilih alasan"),
        ({"reason": "nonsense", "words": "kipas", "label": "name"}, "perlu"),
        ({"reason": "asked", "words": "kipas", "label": "nonsense"}, "Pilih jenis kata-kata itu"),
        ({"reason": "asked", "found": ["nonsense|kipas"]}, "perlu"),
        ({"reason": "asked", "found": ["name"]}, "perlu"),
        ({"reason": "asked", "words": "x" * 4_001, "label": "name"}, "Terlalu panjang"),
        ({"reason": "asked", "words": "\u202e kipas \x00", "label": "name"}, ""),
    ],
)
def test_bad_input_is_told_and_kept(cast, browse, fields, words) -> None:
    letter = cast.letter()
    dewi = browse(cast.dewi)
    page = dewi.open(f"/redact/letters/{letter.id}")
    token = page.find("input", name="csrf_token")[0].get("value")
    page = dewi.request("POST", f"/redact/letters/{letter.id}", data={"csrf_token": token, "do": "confirm", **fields})
    if words:
        assert page.status == 422
        assert words in page or "tindakan" in page or page.find("div", class_="problems")
    assert page.status < 500
    if "nonsense" not in str(fields) and fields.get("words", "").isascii() and "words" in fields:
        assert fields["words"] in page.find("textarea", name="words")[0].text_content()


def test_an_author_cannot_fill_the_record(cast, browse, monkeypatch) -> None:
    monkeypatch.setattr("forum.redactions.views.redact.MOST_AN_HOUR", 1)
    letter = cast.letter(text=NAMED)
    ana = browse(cast.ana)
    for words, status in (("Sutrisno", 200), (PHONE, 422)):
        ana.open(f"/redact/letters/{letter.id}")
        page = ana.submit(form="letters/[0-9]+$", button=PREVIEW, words=words, label="other", reason="own_data")
        page = ana.submit(form="letters/[0-9]+$", button=CONFIRM)
        assert page.status == status
    assert MOST_AN_HOUR > 1
    assert len(db.session.scalars(select(Redaction)).all()) == 1


def test_the_record_names_who_what_and_why_and_never_the_words(cast, browse) -> None:
    assert "Tidak ada baris untuk pilihan ini" in browse().open("/ledger/redactions")
    letter, gone = whole(cast), whole(cast)
    cover(cast.dewi, letter)
    cover(cast.ana, gone, "Penipu", label=Label.NAME, reason=Reason.NAMED_PERSON)
    db.session.expire_all()
    withdraw(gone, by=cast.ana)
    page = browse().open("/ledger/redactions")
    for words in ("Nomor telepon", "Redaksi sendiri", "Penulis", "Data pribadi orang lain", f"Catatan di tempat surat {gone.id}"):
        assert words in page
    assert PHONE not in page.text
    assert gone.title not in page


def test_the_journey_leads_to_the_row(cast, browse) -> None:
    letter = whole(cast)
    cover(cast.dewi, letter)
    reader = browse()
    row = reader.open(reader.open(f"/letters/{letter.id}").link("Catatan"))
    assert row.url.endswith("/ledger/1")
    assert "Nomor telepon" in row
