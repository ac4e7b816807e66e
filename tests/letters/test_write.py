"""The one page on which a letter is written, as a person without JavaScript sees it."""

import io

import pytest
from sqlalchemy import func, select

from forum.accounts.actions import end_sessions
from forum.attachments.models import Attachment
from forum.core.db import db
from forum.letters.lifecycle import Publication
from forum.letters.models import Case, Letter, LetterDraft
from tests.attachments import hostile
from tests.cast import PASSWORD, TEXT

WRITE = "/letters/write"
FILLED = {
    "merchants": ["Toko Melati"],
    "category": "toko-online",
    "title": "Barang belum dikirim",
    "text": TEXT,
    "place": "Surabaya, Jawa Timur",
}


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def letter() -> Letter:
    return db.session.scalars(select(Letter)).one()


def test_a_member_writes_and_sends(cast, browse):
    page = browse(cast.ana).submit(
        WRITE, button=("do", "send"), loss="Rp105.000,-", event_on="2026-03-03", ask="Uang kembali", **FILLED
    )
    assert "Surat Anda sudah dikirim" in page
    sent = letter()
    assert (sent.publication, sent.loss, sent.province, sent.place) == (
        Publication.SUBMITTED,
        105_000,
        "35",
        "Surabaya",
    )
    assert sent.text == TEXT
    assert str(sent.event_on) == "2026-03-03"
    assert "Barang belum dikirim" in page
    assert "Menunggu ditinjau" in page


def test_private_details_reach_the_right_business(cast, browse):
    browser = browse(cast.ana)
    fields = {**FILLED, "merchants": ["Toko Melati", "Kurir Kilat"]}
    browser.submit(WRITE, button=("do", "save"), details_order=["INV-77"], **fields)
    page = browser.submit(
        button=("do", "send"),
        details_for=["Kurir Kilat", "Toko Melati"],
        details_tracking=["JP123", ""],
        details_order=["", "INV-77"],
    )
    assert "Surat Anda sudah dikirim" in page
    cases = db.session.execute(select(Case.position, Case.details).order_by(Case.position)).all()
    assert [tuple(case) for case in cases] == [(0, {"order": "INV-77"}), (1, {"tracking": "JP123"})]


def test_private_details_of_a_business_that_left_are_never_given_to_another(cast, browse):
    browser = browse(cast.ana)
    browser.submit(
        WRITE,
        button=("do", "save"),
        details_order=["INV-77"],
        **{**FILLED, "merchants": ["Toko Melati", "Kurir Kilat"]},
    )
    page = browser.submit(button=("do", "send"), merchants=["Kurir Kilat", "Toko Lain"])
    assert "bukan milik pelaku usaha" in page
    assert count(Letter) == 0
    assert page.find("input", name="details_order", value="INV-77")
    page = browser.submit(button=("do", "send"), details_order=["", "", ""])
    assert "Surat Anda sudah dikirim" in page


def test_private_details_follow_a_corrected_name(cast, browse):
    browser = browse(cast.ana)
    browser.submit(WRITE, button=("do", "save"), details_order=["INV-77"], **{**FILLED, "merchants": ["Toko Melatih"]})
    browser.submit(button=("do", "send"), merchants=["Toko Melati"])
    assert db.session.scalars(select(Case)).one().details == {"order": "INV-77"}


def test_errors_stand_at_their_fields_and_every_word_stays(cast, browse):
    page = browse(cast.ana).submit(
        WRITE,
        button=("do", "send"),
        merchants=["Toko <b>Melati</b>"],
        title="abc",
        text="pendek",
        loss="banyak",
        event_on="kapan",
        place="",
    )
    assert page.status == 200
    for words in ("Terlalu pendek: 3 karakter", "Terlalu pendek: 6 karakter", "rupiah utuh", "bukan hari"):
        assert words in page
    for name, value in (("title", "abc"), ("loss", "banyak"), ("event_on", "kapan")):
        assert page.find("input", name=name, value=value), name
    assert page.find("input", name="merchants", value="Toko <b>Melati</b>")
    assert "pendek" in "".join(page.find("textarea", name="text")[0].itertext())
    assert page.find("input", id="title", aria_invalid="true")
    assert count(Letter) == 0
    assert count(LetterDraft) == 1


@pytest.mark.parametrize("button", ["save", "preview", "send", "upload", "mask", "remove-1", "", "x" * 1000])
def test_every_button_keeps_a_draft_of_whatever_was_typed(cast, browse, button):
    page = browse(cast.ana).submit(WRITE, button=("do", button), title="Hanya judul {{7*7}} <script>")
    assert page.status == 200
    draft = db.session.scalars(select(LetterDraft)).one()
    assert draft.fields["title"] == ["Hanya judul {{7*7}} <script>"]
    again = browse(cast.ana).open(f"{WRITE}?draft={draft.id}")
    assert again.find("input", name="title", value="Hanya judul {{7*7}} <script>")


def test_a_draft_is_one_however_often_it_is_saved(cast, browse):
    browser = browse(cast.ana)
    browser.submit(WRITE, button=("do", "save"), title="Satu")
    browser.submit(button=("do", "save"), title="Dua")
    assert db.session.scalars(select(LetterDraft)).one().fields["title"] == ["Dua"]


def test_a_double_click_on_send_makes_one_letter(cast, browse):
    browser = browse(cast.ana)
    form = browser.open(WRITE)
    browser.submit(button=("do", "send"), **FILLED)
    browser.page = form
    page = browser.submit(button=("do", "send"), **FILLED)
    assert page.status == 200
    assert count(Letter) == 1
    assert count(LetterDraft) == 0


def test_the_preview_shows_the_letter_as_it_will_look(cast, browse):
    page = browse(cast.ana).submit(
        WRITE, button=("do", "preview"), name_shown="initials", loss="105000", ask="Uang kembali", **FILLED
    )
    shown = page.find("div", class_="preview")
    words = " ".join("".join(shown[0].itertext()).split())
    for part in (
        "Barang belum dikirim",
        "A. W.",
        "Surabaya, Jawa Timur",
        "Rp105.000",
        "Uang kembali",
        "Toko Melati",
        "Saya membeli",
    ):
        assert part in words, part
    assert "Ana Wijaya" not in words
    assert count(Letter) == 0


def test_preview_of_hostile_words_is_harmless(cast, browse):
    text = "<script>alert(1)</script> {{7*7191}} <img src=x onerror=alert(1)> " + "kata " * 20
    page = browse(cast.ana).submit(
        WRITE, button=("do", "preview"), **{**FILLED, "text": text, "title": "<b>Judul</b> {{7*7191}}"}
    )
    assert page.find("div", class_="preview")
    assert not page.find("img")
    assert "<script>alert(1)</script> {{7*7191}}" in page
    assert "50337" not in "".join(page.find("div", class_="preview")[0].itertext())


def test_private_stretches_are_masked_with_one_tick(cast, browse):
    browser = browse(cast.ana)
    text = TEXT + "\n\nKurir bernama Budi Santoso menelepon saya dari 0812-3456-7890."
    page = browser.submit(WRITE, button=("do", "preview"), **{**FILLED, "text": text})
    values = [box.get("value") for box in page.find("input", name="mask")]
    assert len(values) == 2
    phone = next(value for value in values if "0812" in value)
    page = browser.submit(button=("do", "mask"), mask=[phone])
    fields = db.session.scalars(select(LetterDraft)).one().fields
    assert "0812-3456-7890" not in fields["text"][0]
    assert "0812-••••-7890" in fields["text"][0]
    assert "Budi Santoso" in fields["text"][0]
    assert page.find("div", class_="preview")


def test_letters_like_it_are_shown(cast, browse):
    cast.letter(title="Barang belum dikirim setelah tiga minggu")
    cast.letter(title="Kasir yang ramah sekali")
    cast.letter(title="Barang belum dikirim kurir", merchants=[cast.courier])
    cast.letter(title="Barang belum dikirim diam-diam", publication=Publication.SUBMITTED)
    page = browse(cast.ana).submit(WRITE, button=("do", "preview"), **FILLED)
    similar = page.find("div", class_="similar")
    words = "".join(similar[0].itertext())
    assert "setelah tiga minggu" in words
    for other in ("ramah", "kurir", "diam-diam"):
        assert other not in words


def test_the_clock_and_the_rules_are_told_before_sending(cast, browse):
    page = browse(cast.ana).open(WRITE)
    assert "10 hari kerja" in page
    assert "Semua aturan" in page


def test_guests_write_too_and_find_their_words_after_signing_in(cast, browse):
    guest = browse()
    guest.open(WRITE)
    assert not guest.client._cookies
    sent = guest.submit(button=("do", "send"), follow=False, **FILLED)
    assert sent.status == 302
    assert "/sign-in" in sent.response.headers["Location"]
    assert count(Letter) == count(LetterDraft) == 0
    from urllib.parse import parse_qs, urlsplit

    back = parse_qs(urlsplit(sent.response.headers["Location"]).query)["next"][0]
    ana = guest
    ana.enter(cast.ana)
    page = ana.open(back)
    assert page.find("input", name="title", value=FILLED["title"])
    assert "".join(page.find("textarea", name="text")[0].itertext()).strip() == TEXT
    assert page.find("span", data_clear_draft="letter")
    assert ana.open(back).find("input", name="title", value=FILLED["title"])
    assert count(LetterDraft) == 1
    ana.submit(button=("do", "save"), title="Judul yang lebih baik")
    assert ana.open(back).find("input", name="title", value="Judul yang lebih baik")
    page = ana.submit(button=("do", "send"))
    assert "Surat Anda sudah dikirim" in page
    assert letter().title == "Judul yang lebih baik"
    assert "sudah dikirim" in ana.open(back)
    assert count(Letter) == 1


def test_a_session_that_ended_while_writing_costs_no_word(cast, browse):
    ana = browse(cast.ana)
    ana.open(WRITE)
    end_sessions(cast.ana)
    page = ana.submit(button=("do", "send"), **FILLED)
    assert "Tulisan Anda disimpan" in page
    page = ana.submit(email=cast.ana.email, password=PASSWORD)
    assert page.find("input", name="title", value=FILLED["title"])
    assert "".join(page.find("textarea", name="text")[0].itertext()).strip() == TEXT
    assert "Surat Anda sudah dikirim" in ana.submit(button=("do", "send"))
    assert letter().title == FILLED["title"]


def test_a_parked_form_that_is_gone_opens_an_empty_page(cast, browse):
    assert browse(cast.ana).open(f"{WRITE}?parked=nothing").status == 200
    assert browse().open(f"{WRITE}?parked=nothing").status == 200


def test_unconfirmed_people_are_told_and_keep_their_draft(cast, browse):
    gita = cast.person("Gita", confirmed=False)
    page = browse(gita).submit(WRITE, button=("do", "send"), **FILLED)
    assert "konfirmasi alamat email" in page.words.lower() or "konfirmasikan alamat email" in page.words.lower()
    assert count(Letter) == 0
    assert count(LetterDraft) == 1


def test_nobody_opens_another_persons_draft(cast, browse):
    browse(cast.ana).submit(WRITE, button=("do", "save"), title="Rahasia Ana")
    number = db.session.scalars(select(LetterDraft.id)).one()
    for person in (cast.citra, cast.dewi):
        page = browse(person).open(f"{WRITE}?draft={number}")
        assert page.status == 404
        assert "Rahasia" not in page
    assert "/sign-in" in browse().request("GET", f"{WRITE}?draft={number}").response.headers["Location"]


@pytest.mark.parametrize("number", ["0", "-1", "abc", "9" * 30, "9223372036854775807", "٣", "1.5"])
def test_drafts_that_are_none(cast, browse, number):
    assert browse(cast.ana).open(f"{WRITE}?draft={number}").status == 404


@pytest.mark.parametrize(
    "hostile_words",
    [
        "\x00",
        "\u202e",
        "(" * 100_000,
        "<script>alert(1)</script>",
        "{{7*7}}",
        "🙂" * 200,
        "9" * 400,
        "\n" * 5_000,
        "%s%n",
        "' OR 1=1",
    ],
)
def test_hostile_words_in_every_field_at_once(cast, browse, hostile_words):
    browser = browse(cast.ana)
    page = browser.open(WRITE)
    data = dict.fromkeys(("once", "seen", "kind", "category", "writes_as", "title", "text", "event_on", "loss", "ask", "place", "name_shown", "new_audience", "mask", "details_for", "details_order", "merchants"), hostile_words)
    data["csrf_token"] = page.find("input", name="csrf_token")[0].get("value")
    if len(hostile_words) > 1000:
        data = {
            **dict.fromkeys(data, "x"),
            "csrf_token": data["csrf_token"],
            "text": hostile_words,
            "title": hostile_words[:20_000],
        }
    for button in ("send", "preview", "mask"):
        answer = browser.request("POST", WRITE, data={**data, "do": button})
        assert answer.status in {200, 302, 303}, answer.status
        browser.follow(answer)
    assert count(Letter) == 0


def test_bytes_that_are_no_text(cast, browse):
    browser = browse(cast.ana)
    token = browser.open(WRITE).find("input", name="csrf_token")[0].get("value")
    body = f"csrf_token={token}&do=preview&once=%ED%A0%80&title=%ED%A0%80%FF%FE&text=%00%C0%80&merchants=%ED%BF%BF"
    answer = browser.request("POST", WRITE, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status == 200
    assert count(LetterDraft) == 1


def test_too_long_to_be_kept_is_said_and_nothing_is_lost(cast, browse):
    page = browse(cast.ana).submit(WRITE, button=("do", "save"), text="a" * 160_000)
    assert "terlalu panjang" in page
    assert len("".join(page.find("textarea", name="text")[0].itertext())) >= 160_000


def test_files_are_kept_even_when_other_fields_have_errors(cast, browse):
    browser = browse(cast.ana)
    page = browser.submit(
        WRITE,
        button=("do", "send"),
        title="abc",
        files=[(io.BytesIO(hostile.jpeg()), "nota <b>.jpg"), (io.BytesIO(b"MZ program"), "program.exe")],
    )
    file = db.session.scalars(select(Attachment)).one()
    assert file.draft_id
    assert "program.exe: Ini bukan gambar atau PDF" in page
    assert "Terlalu pendek" in page
    assert page.find("select", name=f"audience-{file.id}")
    page = browser.submit(button=("do", "save"), **{f"audience-{file.id}": "moderators"})
    db.session.expire_all()
    assert file.audience.value == "moderators"
    browser.submit(button=("do", f"remove-{file.id}"))
    assert count(Attachment) == 0


def test_the_same_file_twice_is_one(cast, browse):
    browser = browse(cast.ana)
    browser.submit(WRITE, button=("do", "upload"), files=[(io.BytesIO(hostile.jpeg()), "a.jpg")])
    browser.submit(button=("do", "upload"), files=[(io.BytesIO(hostile.jpeg()), "b.jpg")])
    assert count(Attachment) == 1


def test_nobody_removes_another_persons_file(cast, browse):
    browse(cast.ana).submit(WRITE, button=("do", "upload"), files=[(io.BytesIO(hostile.jpeg()), "a.jpg")])
    file = db.session.scalars(select(Attachment)).one()
    citra = browse(cast.citra)
    citra.submit(WRITE, button=("do", f"remove-{file.id}"), title="x")
    citra.page.find("form")
    assert count(Attachment) == 1


def test_a_name_in_the_address_is_filled_in(cast, browse):
    page = browse().open(f"{WRITE}?to=Toko+Melati")
    assert page.find("input", name="merchants", value="Toko Melati")


def test_english(cast, browse):
    page = browse(language="en").open(WRITE)
    assert "Before you send" in page
    assert "Save the draft" in page


def test_one_network_address_sends_only_so_many_files_whoever_signed_up_there(cast, browse, monkeypatch, limit):
    limit("files-address", 1)
    photo = (io.BytesIO(hostile.jpeg()), "nota.jpg")
    browse(cast.ana).submit(WRITE, button=("do", "save"), text="Kata pertama.", files=photo)
    photo = (io.BytesIO(hostile.jpeg()), "nota.jpg")
    page = browse(cast.citra).submit(WRITE, button=("do", "save"), text="Kata kedua.", files=photo)
    assert count(Attachment) == 1
    assert "nota.jpg: " in page
    assert "Kata kedua." in page.text


def test_a_dismissed_hint_stays_dismissed_for_this_draft(cast, browse):
    def hinted(page) -> list[str]:
        return [box.get("value").rpartition("|")[2] for box in page.find("input", name="mask")]

    text = f"Hubungi 0812-3456-7890 atau 0857-1111-2222. {TEXT}"
    ana = browse(cast.ana)
    page = ana.submit(WRITE, button=("do", "preview"), **{**FILLED, "title": "Nomor 0812-3456-7890 menipu", "text": text})
    assert hinted(page) == ["0812-3456-7890", "0812-3456-7890", "0857-1111-2222"]
    page = ana.submit(button=("do", "leave-0812-3456-7890"))
    assert hinted(page) == ["0857-1111-2222"]
    ana.submit(button=("do", "save"))
    page = ana.submit(button=("do", "preview"))
    assert hinted(page) == ["0857-1111-2222"]
    page = ana.submit(button=("do", "mask"), mask=[page.find("input", name="mask")[0].get("value")])
    assert not hinted(page)
    kept = page.find("textarea", name="text")[0].text_content()
    assert "0812-3456-7890" in kept
    assert "0857-1111-2222" not in kept
    other = browse(cast.citra).submit(WRITE, button=("do", "preview"), **{**FILLED, "text": text})
    assert hinted(other) == ["0812-3456-7890", "0857-1111-2222"]
