"""Drafts save themselves, are listed, are thrown away; nobody else's are touched."""

import pytest
from sqlalchemy import func, select

from forum.attachments.models import Attachment
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, NotAllowed
from forum.letters import actions
from forum.letters.actions.drafts import MOST_DRAFT_CHARACTERS, MOST_DRAFTS
from forum.letters.lifecycle import Outcome, Publication, ResponseState
from forum.letters.models import Case, LetterDraft
from tests.letters.files import kept_file
from tests.letters.test_submit import ONCE, content


def token_of(browser, url="/letters/write") -> str:
    return browser.open(url).find("input", name="csrf_token")[0].get("value")


def save(browser, number=0, **fields):
    data = {"csrf_token": token_of(browser), "once": ONCE, **fields}
    return browser.request("POST", f"/letters/drafts/{number}", data=data, headers={"Accept": "application/json"})


def drafts():
    return db.session.scalars(select(LetterDraft).order_by(LetterDraft.id)).all()


def test_it_saves_itself_once_per_form(cast, browse):
    ana = browse(cast.ana)
    first = save(ana, title="Sat")
    second = save(ana, title="Satu")
    assert first.status == second.status == 200
    assert first.response.json["saved"]
    assert [one.fields["title"] for one in drafts()] == [["Satu"]]
    assert save(ana, drafts()[0].id, once="another-key-of-a-form", title="Dua").status == 200
    assert [one.fields["title"] for one in drafts()] == [["Dua"]]


def test_a_guest_is_told_so_by_status(browse):
    answer = browse().request("POST", "/letters/drafts/0", data={"once": ONCE, "title": "x"})
    assert answer.status == 401
    assert drafts() == []


def test_nobody_saves_into_another_persons_draft(cast, browse):
    draft = actions.keep_draft(by=cast.ana, once=ONCE, fields={"title": ["Milik Ana"]})
    assert save(browse(cast.citra), draft.id, title="Milik Citra").status == 404
    db.session.expire_all()
    assert draft.fields == {"title": ["Milik Ana"]}


def test_the_same_key_of_two_people_is_two_drafts(cast):
    first = actions.keep_draft(by=cast.ana, once=ONCE, fields={"title": ["Ana"]})
    assert actions.keep_draft(by=cast.citra, once=ONCE, fields={"title": ["Citra"]}).id != first.id


def test_a_save_that_comes_late_does_not_bring_a_sent_letter_back(cast, browse):
    ana = browse(cast.ana)
    sent = actions.submit(content(), by=cast.ana, once=ONCE)
    answer = save(ana, title="terlambat")
    assert (answer.status, answer.response.json["problem"]) == (409, "already_sent")
    assert drafts() == []
    with pytest.raises(Invalid) as refused:
        actions.keep_draft(by=cast.ana, once=ONCE, fields={})
    assert refused.value.facts["letter_id"] == sent.id


def test_limits_of_drafts(cast):
    with pytest.raises(Invalid, match="draft_too_long"):
        actions.keep_draft(by=cast.ana, once=ONCE, fields={"text": ["x" * MOST_DRAFT_CHARACTERS, "y"]})
    for number in range(MOST_DRAFTS):
        actions.keep_draft(by=cast.ana, once=f"{ONCE}{number}", fields={})
    with pytest.raises(Invalid, match="too_many_drafts"):
        actions.keep_draft(by=cast.ana, once=ONCE, fields={})
    actions.keep_draft(by=cast.ana, once=f"{ONCE}3", fields={"title": ["still saved"]})


def test_throwing_a_draft_away_takes_its_files(cast, browse):
    draft = actions.keep_draft(by=cast.ana, once=ONCE, fields={"title": ["Tidak jadi"]})
    kept_file(cast.ana, draft=draft)
    page = browse(cast.ana).submit("/letters/mine", form="discard")
    assert "Draf sudah dibuang" in page
    assert "Tidak jadi" not in page
    assert drafts() == []
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 0


def test_nobody_throws_another_persons_draft_away(cast, browse):
    draft = actions.keep_draft(by=cast.ana, once=ONCE, fields={})
    citra = browse(cast.citra)
    answer = citra.request("POST", f"/letters/drafts/{draft.id}/discard", data={"csrf_token": token_of(citra)})
    assert answer.status == 404
    with pytest.raises(NotAllowed):
        actions.discard_draft(draft, by=cast.citra)
    assert len(drafts()) == 1


def test_files_of_a_returned_letter_stay_when_its_changes_are_thrown_away(cast):
    letter = cast.letter(publication=Publication.RETURNED)
    file = kept_file(cast.ana, letter=letter)
    draft = actions.mending_draft(letter, by=cast.ana, fields={})
    added = kept_file(cast.ana, draft=draft, name="baru.webp")
    actions.discard_draft(draft, by=cast.ana)
    db.session.expire_all()
    assert db.session.get(Attachment, added.id) is None
    assert (file.letter_id, file.draft_id) == (letter.id, None)


def test_my_letters_lists_drafts_and_letters_of_mine_alone(cast, browse):
    actions.keep_draft(
        by=cast.ana, once=ONCE, fields={"title": ["  Judul   <b>draf</b> "], "merchants": ["Toko Melati", ""]}
    )
    actions.keep_draft(by=cast.ana, once=ONCE + "2", fields={})
    cast.letter(title="Surat yang dimuat")
    cast.letter(
        title="Surat yang dikembalikan",
        publication=Publication.RETURNED,
        reason="unclear",
        message="Mohon jelaskan <tanggalnya>.",
    )
    cast.letter(title="Surat orang lain", author=cast.citra)
    page = browse(cast.ana).open("/letters/mine")
    for words in (
        "Judul <b>draf</b>",
        "Toko Melati",
        "Belum berjudul",
        "Surat yang dimuat",
        "Mohon jelaskan <tanggalnya>.",
        "Perlu perbaikan",
    ):
        assert words in page, words
    assert "Surat orang lain" not in page
    assert page.link("Perbaiki surat ini").endswith("/mend")
    assert len(page.queries) <= 8


def test_my_letters_ask_how_an_answered_one_ended(cast, browse):
    one, two, ended = (
        cast.letter(title="Surat ke satu"),
        cast.letter(title="Surat ke dua", merchants=[cast.shop, cast.courier]),
        cast.letter(title="Surat ke tiga"),
    )
    first, second = answered(one, Outcome.NONE), answered(two, Outcome.NONE)
    answered(ended, Outcome.SOLVED)
    ana = browse(cast.ana)
    page = ana.open("/letters/mine")
    asked = [tag.get("href") for tag in page.find("a") if (tag.get("href") or "").endswith("/outcome")]
    assert sorted(asked) == sorted(f"/cases/{case_id}/outcome" for case_id in (first, second))
    assert page.link("Bagaimana akhirnya?") == f"/cases/{first}/outcome"
    assert page.link(f"Bagaimana akhirnya dengan {cast.shop.name}?") == f"/cases/{second}/outcome"
    assert "Usulkan perubahan" in page
    assert len(page.queries) <= 8
    assert ana.open(page.link("Bagaimana akhirnya?")).status == 200


@unit_of_work
def answered(letter, outcome):
    case = db.session.scalars(select(Case).where(Case.letter_id == letter.id).order_by(Case.position)).first()
    case.response, case.outcome, case.answered_at = ResponseState.ANSWERED, outcome, case.started_at
    return case.id


def test_my_letters_are_paged_and_empty_ones_say_what_to_do(cast, browse):
    assert "Anda belum menulis surat" in browse(cast.citra).open("/letters/mine")
    for number in range(23):
        cast.letter(title=f"Surat nomor {number:02}")
    ana = browse(cast.ana)
    first = ana.open("/letters/mine")
    assert "Surat nomor 22" in first
    assert "Surat nomor 02" not in first
    assert "Surat nomor 02" in ana.open(first.link("Lebih lama"))
    assert len(first.queries) <= 8
    assert ana.open("/letters/mine?after=abc").status == 400
    assert "/sign-in" in browse().request("GET", "/letters/mine").response.headers["Location"]


def test_hints_for_the_script(cast, browse):
    text = "🙂 Hubungi 0812-3456-7890 ya"
    answer = browse().request("POST", "/letters/hints", json={"text": text})
    (hint,) = answer.response.json
    assert (hint["text"], hint["mask"], hint["kind"]) == ("0812-3456-7890", "0812-••••-7890", "nomor telepon")
    units = text.encode("utf-16-le")
    assert units[hint["start"] * 2 :].decode("utf-16-le").startswith("0812")


@pytest.mark.parametrize("body", ["", "[]", "null", '{"text": 3}', '{"text": ["x"]}', "{", '"x"'])
def test_hints_of_no_text(browse, body):
    answer = browse().request("POST", "/letters/hints", data=body, content_type="application/json")
    assert answer.status == 400


def test_hints_are_bounded(browse):
    answer = browse().request("POST", "/letters/hints", json={"text": "0812-3456-7890 " * 20_000})
    assert answer.status == 413
    assert browse().request("POST", "/letters/hints", json={"text": "(" * 100_000}).status == 200
