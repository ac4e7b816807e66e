"""Files of a draft one by one: each by itself, to its own draft, once; in the order, with the words and for those its author says."""

import io

import pytest
from flask import current_app
from sqlalchemy import func, select

from forum.attachments import sent as sent_files
from forum.attachments.choosing import choosing
from forum.attachments.jobs import make_all
from forum.attachments.kinds import MAX_BYTES_PER_DAY, MAX_FILE_BYTES, MAX_FILES_PER_LETTER, MAX_PAGES
from forum.attachments.models import Attachment, FileAudience, FileState, Prepared
from forum.core import limits
from forum.core.db import db
from forum.letters import actions
from forum.letters.lifecycle import Publication
from forum.letters.models import LetterDraft
from tests.attachments import hostile
from tests.letters.files import kept_file
from tests.letters.test_draft import ONCE, drafts, token_of
from tests.letters.test_submit import content
from tests.letters.test_write import FILLED

WRITE = "/letters/write"


def send(browser, data=None, name="nota.jpg", *, number=0, **fields):
    file = {"file": (io.BytesIO(hostile.jpeg() if data is None else data), name)}
    body = {"csrf_token": token_of(browser), "once": ONCE, **fields, **file}
    return browser.request("POST", f"/letters/drafts/{number}/files", data=body, headers={"Accept": "application/json"})


def files():
    db.session.expire_all()
    return db.session.scalars(select(Attachment).order_by(Attachment.position, Attachment.id)).all()


def names(page) -> list[str]:
    return [row.get("data-name") for row in page.find("li", class_="kept-file")]


def test_an_audience_that_is_none_opens_a_file_to_nobody(cast, browse):
    send(browse(cast.ana), new_audience="everybody")
    assert [file.audience for file in files()] == [FileAudience.MODERATORS]


def test_the_first_file_begins_the_draft_with_the_words_typed_so_far(cast, browse):
    ana = browse(cast.ana)
    page = send(ana, title="Sudah diketik", prepared="shrunk", new_audience="business")
    assert (page.status, names(page)) == (201, ["nota.webp"])
    (draft,), (file,) = drafts(), files()
    assert draft.fields["title"] == ["Sudah diketik"]
    assert (file.draft_id, file.prepared, file.audience) == (draft.id, Prepared.SHRUNK, FileAudience.BUSINESS)
    assert page.find("ul", id="kept")[0].get("data-files-url") == f"/letters/drafts/{draft.id}/files"
    assert page.find("ul", id="kept")[0].get("data-page-url") == f"{WRITE}?draft={draft.id}"


def test_a_file_that_travelled_long_brings_no_old_words_back(cast, browse):
    actions.keep_draft(by=cast.ana, once=ONCE, fields={"title": ["Kata terbaru"]})
    assert send(browse(cast.ana), title="Kata lama").status == 201
    assert [one.fields["title"] for one in drafts()] == [["Kata terbaru"]]


def test_the_same_bytes_are_one_file_and_the_answer_is_that_one(cast, browse):
    ana = browse(cast.ana)
    assert names(send(ana, name="a.jpg")) == names(send(ana, name="b.jpg", number=drafts()[0].id)) == ["a.webp"]
    assert len(files()) == 1


@pytest.mark.parametrize("word", ["", "painted", "COVERED"])
def test_what_the_device_did_is_taken_as_nothing_when_it_is_no_word_of_ours(cast, browse, word):
    send(browse(cast.ana), prepared=word)
    assert files()[0].prepared is Prepared.AS_IT_WAS


def test_nobody_adds_to_looks_at_or_removes_from_another_persons_draft(cast, browse):
    draft = actions.keep_draft(by=cast.ana, once=ONCE, fields={})
    file = kept_file(cast.ana, draft=draft)
    citra = browse(cast.citra)
    token = {"csrf_token": token_of(citra)}
    assert send(citra, number=draft.id).status == 404
    assert citra.request("GET", f"/letters/drafts/{draft.id}/files").status == 404
    assert citra.request("POST", f"/letters/drafts/{draft.id}/files/{file.id}/remove", data=token).status == 404
    mine = actions.keep_draft(by=cast.citra, once=ONCE, fields={})
    assert citra.request("POST", f"/letters/drafts/{mine.id}/files/{file.id}/remove", data=token).status == 200
    assert [one.id for one in files()] == [file.id]


def test_a_guest_is_told_what_to_do(browse):
    guest = browse(language="id")
    body = {"once": ONCE, "file": (io.BytesIO(hostile.jpeg()), "a.jpg")}
    answer = guest.request("POST", "/letters/drafts/0/files", data=body, headers={"Accept": "application/json"})
    assert answer.status == 401
    assert "Simpan draf" in answer.response.json["problem"]
    assert guest.request("GET", "/letters/drafts/1/files").status == 401
    assert guest.request("POST", "/letters/drafts/1/files/1/remove").status == 401


def test_without_its_token_nothing_is_taken(cast, browse):
    body = {"once": ONCE, "file": (io.BytesIO(hostile.jpeg()), "a.jpg")}
    assert browse(cast.ana).request("POST", "/letters/drafts/0/files", data=body).status == 409
    assert files() == []


def test_each_refusal_is_a_sentence_and_keeps_nothing(cast, browse, monkeypatch):
    ana = browse(cast.ana)

    def words(**more):
        answer = send(ana, **more)
        assert answer.status in {400, 429}
        return answer.response.json["problem"]

    assert "kosong" in words(data=b"")
    assert "bukan gambar atau PDF" in words(data=b"MZ program", name="foto.jpg")
    assert "terlalu besar: paling besar 15 MB" in words(data=b"\xff\xd8\xff" + bytes(MAX_FILE_BYTES))
    monkeypatch.setitem(sent_files.PER_HOUR, "files", (5, 300))
    assert send(ana).status == 201
    monkeypatch.setitem(sent_files.PER_HOUR, "files", (4, 300))
    assert "Terlalu sering" in words(data=hostile.jpeg(6))
    assert len(files()) == 1


def fill_the_day(person) -> None:
    limits.permit(
        "file-bytes", str(person.id), most=2 * MAX_BYTES_PER_DAY, window=sent_files.AN_HOUR * 24, amount=MAX_BYTES_PER_DAY
    )


def stored_keys() -> set[str]:
    return {one.key for one in current_app.extensions["storage"].listed()}


def test_a_day_holds_so_many_bytes_of_one_person(cast, browse):
    fill_the_day(cast.ana)
    answer = send(browse(cast.ana))
    assert (answer.status, files(), drafts()) == (429, [], [])
    assert "200 MB" in answer.response.json["problem"]


def test_what_is_sent_again_or_refused_after_it_was_stored_fills_no_disk(cast, browse):
    ana, there = browse(cast.ana), stored_keys()
    send(ana)
    send(ana)
    fill_the_day(cast.ana)
    assert send(ana, hostile.palette_png()).status == 429
    kept = files()
    assert stored_keys() - there == {one.original_key for one in kept}
    assert len(kept) == 1


def test_a_letter_holds_so_many_files(cast, browse):
    draft = actions.keep_draft(by=cast.ana, once=ONCE, fields={})
    for at in range(MAX_FILES_PER_LETTER):
        kept_file(cast.ana, draft=draft, name=f"{at}.webp", position=at)
    for number in (0, draft.id):
        answer = send(browse(cast.ana), number=number)
        assert (answer.status, answer.response.json["problem"]) == (400, "Satu surat memuat paling banyak 20 berkas.")
    assert len(files()) == MAX_FILES_PER_LETTER
    page = browse(cast.ana).open(f"{WRITE}?draft={draft.id}")
    assert "Surat ini sudah memuat berkas terbanyak: 20" in page


def test_a_file_that_comes_after_the_letter_was_sent_brings_no_draft_back(cast, browse):
    ana = browse(cast.ana)
    send(ana)
    number = drafts()[0].id
    actions.submit(content(), by=cast.ana, once=ONCE)
    late = send(ana, hostile.jpeg(6))
    assert (late.status, late.response.json["problem"]) == (400, "Surat ini sudah dikirim.")
    assert send(ana, hostile.jpeg(6), number=number).status == 404
    assert (drafts(), len(files())) == ([], 1)


def test_files_of_a_returned_letter_are_mended_one_by_one(cast, browse):
    letter = cast.letter(publication=Publication.RETURNED)
    kept_file(cast.ana, letter=letter, name="lama.webp")
    ana = browse(cast.ana)
    page = send(ana, mends=str(letter.id))
    (draft,) = drafts()
    assert (page.status, draft.letter_id) == (201, letter.id)
    assert page.find("ul", id="kept")[0].get("data-page-url") is None
    assert [one.draft_id for one in files()] == [draft.id, draft.id]
    assert send(browse(cast.citra), mends=str(letter.id)).status == 404
    assert send(ana, mends="x").status == 404


def test_the_list_tells_how_far_each_file_is(cast, browse):
    ana = browse(cast.ana)
    assert "Sedang diproses" in send(ana, name="baik.jpg")
    url = f"/letters/drafts/{drafts()[0].id}/files"
    send(ana, hostile.jpeg()[:700], name="rusak.jpg", number=drafts()[0].id)
    make_all()
    page = ana.request("GET", url)
    assert [row.get("data-state") for row in page.find("li", class_="kept-file")] == ["ready", "refused"]
    assert "Sedang diproses" not in page
    assert "tampaknya rusak" in page
    page = ana.submit(f"{WRITE}?draft={drafts()[0].id}", button=("do", "send"), **whole_letter())
    assert "“rusak.webp” tidak dapat diterima" in page
    assert db.session.scalar(select(func.count()).select_from(LetterDraft)) == 1


def whole_letter() -> dict[str, str]:
    one = content()
    return {
        "title": one.title, "text": one.text, "merchants": one.merchants[0], "category": one.category,
        "kind": one.kind.value, "place": "Surabaya, Jawa Timur", "writes_as": one.writes_as.value,
    }  # fmt: skip


def test_removing_twice_is_removing_once(cast, browse):
    draft = actions.keep_draft(by=cast.ana, once=ONCE, fields={})
    first, second = (kept_file(cast.ana, draft=draft, name=name) for name in ("satu.webp", "dua.webp"))
    ana = browse(cast.ana)
    for _time in range(2):
        page = ana.request(
            "POST", f"/letters/drafts/{draft.id}/files/{first.id}/remove", data={"csrf_token": token_of(ana)}
        )
        assert (page.status, names(page)) == (200, ["dua.webp"])
    assert [one.id for one in files()] == [second.id]


def three(cast):
    draft = actions.keep_draft(by=cast.ana, once=ONCE, fields={})
    return draft, [kept_file(cast.ana, draft=draft, name=f"{name}.webp", position=at) for at, name in enumerate("abc")]


@pytest.mark.parametrize(
    ("pressed", "order"), [("up-1", "bac"), ("down-1", "acb"), ("up-0", "abc"), ("down-2", "abc"), ("up-9", "abc")]
)
def test_a_button_moves_a_file_without_any_script(cast, browse, pressed, order):
    draft, rows = three(cast)
    verb, at = pressed.split("-")
    number = rows[int(at)].id if int(at) < len(rows) else 10**6
    ana = browse(cast.ana)
    url = f"{WRITE}?draft={draft.id}"
    pressed_one = ("do", f"{verb}-{number}")
    data = {
        "csrf_token": token_of(ana, url),
        "once": ONCE,
        "do": pressed_one[1],
        "order": [str(one.id) for one in rows],
    }
    answer = ana.request("POST", WRITE, data=data)
    assert answer.response.location == f"{url}#evidence"  # not the top of a long page
    assert "".join(one.name[0] for one in files()) == order
    assert names(ana.open(url)) == [f"{name}.webp" for name in order]


def test_order_captions_and_audiences_are_saved_with_the_words_as_they_are_typed(cast, browse):
    draft, (a, b, c) = three(cast)
    ana = browse(cast.ana)
    data = {
        "csrf_token": token_of(ana), "once": ONCE, "title": "Judul", "order": [str(c.id), str(a.id), "x", "9" * 30],
        f"caption-{a.id}": "  Bukti   bayar \u202e", f"audience-{b.id}": "moderators", f"audience-{c.id}": "nobody",
    }  # fmt: skip
    answer = ana.request("POST", f"/letters/drafts/{draft.id}", data=data, headers={"Accept": "application/json"})
    assert answer.response.json["saved"]
    assert "".join(one.name[0] for one in files()) == "cab"
    assert [one.caption for one in (a, b, c)] == ["Bukti bayar", "", ""]
    assert [one.audience for one in (a, b, c)] == [FileAudience.PUBLIC, FileAudience.MODERATORS, FileAudience.PUBLIC]
    page = ana.open(f"{WRITE}?draft={draft.id}")
    assert page.find("input", name=f"caption-{a.id}")[0].get("value") == "Bukti bayar"


def test_the_preview_says_who_may_see_each_file_and_leaves_out_what_was_refused(cast, browse):
    typed = {name: value if isinstance(value, list) else [value] for name, value in FILLED.items()}
    draft = actions.keep_draft(by=cast.ana, once=ONCE, fields=typed)
    kept_file(cast.ana, draft=draft, name="foto.webp")
    kept_file(cast.ana, draft=draft, name="kartu.webp", audience=FileAudience.MODERATORS)
    bad = kept_file(cast.ana, draft=draft, name="rusak.webp", state=FileState.REFUSED, refusal={"code": "damaged"})
    page = browse(cast.ana).open(f"{WRITE}?draft={draft.id}&preview=1")
    (shown,) = page.find("div", class_="preview")
    words = " ".join("".join(shown.itertext()).split())
    assert words.index("foto.webp") < words.index("semua orang") < words.index("kartu.webp") < words.index("Hanya dapat dilihat redaksi")
    assert "rusak.webp" not in words
    assert page.find("button", value=f"remove-{bad.id}")
    assert not page.find("input", name=f"caption-{bad.id}")
    assert not page.find("select", name=f"audience-{bad.id}")


def test_a_caption_that_is_too_long_is_told_and_the_old_one_stays(cast, browse):
    draft, (a, _b, _c) = three(cast)
    page = browse(cast.ana).submit(
        f"{WRITE}?draft={draft.id}", button=("do", "save"), title="Judul baru", **{f"caption-{a.id}": "x" * 201}
    )
    assert "keterangannya 201 karakter; paling banyak 200" in page
    assert (files()[0].caption, drafts()[0].fields["title"]) == ("", ["Judul baru"])
    ana = browse(cast.ana)
    data = {"csrf_token": token_of(ana), "once": ONCE, f"caption-{a.id}": "x" * 201}
    assert ana.request("POST", f"/letters/drafts/{draft.id}", data=data).status == 409


def test_nobody_captions_another_persons_file(cast, browse):
    _draft, (a, _b, _c) = three(cast)
    browse(cast.citra).submit(WRITE, button=("do", "save"), title="x")
    citra = browse(cast.citra)
    data = {"csrf_token": token_of(citra), "once": ONCE, f"caption-{a.id}": "Milik Citra", "do": "save"}
    citra.request("POST", WRITE, data=data)
    assert files()[0].caption == ""


def test_every_field_of_files_says_the_limits_of_the_registry_before_one_is_chosen(app, cast, browse):
    page = browse(cast.ana).open(WRITE)
    with app.test_request_context():
        assert page.find("input", id="files")[0].get("accept") == choosing().accept
    assert f"paling besar {MAX_FILE_BYTES // 1024**2} MB per berkas. {MAX_FILES_PER_LETTER} berkas per surat." in page
    assert f"paling banyak {MAX_PAGES} halaman" in page
    evidence = page.find("div", class_="evidence")[0]
    assert evidence.get("data-largest") == str(MAX_FILE_BYTES)
    assert evidence.get("data-refusedvideo").startswith("Ini video")


def test_what_a_name_gives_away_is_said_and_masked_with_one_click(cast, browse):
    ana = browse(cast.ana)
    page = ana.submit(WRITE, button=("do", "upload"), files=[(io.BytesIO(hostile.jpeg()), "KTP bukti transfer 1234567890123.jpg")])
    assert "dokumen identitas (KTP)" in page
    assert "“1234567890123”" in page
    file = files()[0]
    page = ana.submit(button=("do", f"mask-{file.id}"), **{f"caption-{file.id}": "Nomor 0812-3456-7890 milik kurir"})
    file = files()[0]
    assert "1234567890123" not in page.text
    assert file.name.endswith("0123.webp")
    assert "3456" not in file.caption
    assert "hal pribadi" not in page
    ana.submit(button=("do", "save"), **{f"audience-{file.id}": "business"})
    assert "dokumen identitas" not in ana.open(page.url)
