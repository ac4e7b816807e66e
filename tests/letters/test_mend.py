"""A returned letter is mended on the page on which it was written, and sent again."""

import io
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from forum.attachments.models import Attachment
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, Stale
from forum.core.events import Event, Kind
from forum.letters import actions
from forum.letters.lifecycle import Publication
from forum.letters.models import Case, Letter, LetterDraft
from forum.merchants.models import Merchant
from tests.attachments import hostile
from tests.letters.files import kept_file
from tests.letters.test_submit import ONCE, content


def returned(cast, **fields) -> Letter:
    return cast.letter(
        publication=Publication.RETURNED,
        reason="unclear",
        message="Mohon jelaskan tanggalnya.",
        details={"order": "INV-77"},
        **fields,
    )


def test_the_form_holds_the_letter_and_the_moderators_words(cast, browse):
    letter = returned(cast, loss=105_000, ask="Uang kembali")
    page = browse(cast.ana).open(f"/letters/{letter.id}/mend")
    assert "Mohon jelaskan tanggalnya." in page
    for name, value in (
        ("title", letter.title),
        ("merchants", "Toko Melati"),
        ("loss", "105000"),
        ("place", "Surabaya, Jawa Timur"),
        ("details_order", "INV-77"),
    ):
        assert page.find("input", name=name, value=value), name
    assert page.find("option", value="toko-online", selected="selected")
    assert db.session.scalar(select(func.count()).select_from(LetterDraft)) == 0


def test_mended_and_sent_again(cast, browse):
    letter = returned(cast)
    page = browse(cast.ana).submit(
        f"/letters/{letter.id}/mend",
        button=("do", "send"),
        title="Judul yang jelas",
        merchants=["Kurir Kilat", "Toko Melati"],
    )
    assert "Surat Anda sudah dikirim" in page
    db.session.expire_all()
    assert (letter.publication, letter.title, letter.reason, letter.message) == (
        Publication.SUBMITTED,
        "Judul yang jelas",
        None,
        "",
    )
    cases = db.session.execute(
        select(Merchant.name, Case.details)
        .join(Case, Case.merchant_id == Merchant.id)
        .where(Case.letter_id == letter.id)
        .order_by(Case.position)
    ).all()
    assert [tuple(case) for case in cases] == [("Kurir Kilat", None), ("Toko Melati", {"order": "INV-77"})]
    assert db.session.scalar(select(func.count()).select_from(LetterDraft)) == 0
    assert db.session.scalar(select(func.count()).select_from(Event).where(Event.kind == Kind.LETTER_SUBMITTED)) == 1


def test_changes_are_kept_as_a_draft_and_the_letter_stays(cast, browse):
    letter = returned(cast)
    ana = browse(cast.ana)
    ana.submit(f"/letters/{letter.id}/mend", button=("do", "save"), title="Baru setengah")
    assert ana.open(f"/letters/{letter.id}/mend").find("input", name="title", value="Baru setengah")
    assert "perbaikan surat yang dikembalikan" in ana.open("/letters/mine")
    db.session.expire_all()
    assert letter.title != "Baru setengah"
    draft = db.session.scalars(select(LetterDraft)).one()
    assert ana.open(f"/letters/write?draft={draft.id}").url.endswith("/mend")


def test_it_saves_itself(cast, browse):
    letter = returned(cast)
    ana = browse(cast.ana)
    token = ana.open(f"/letters/{letter.id}/mend").find("input", name="csrf_token")[0].get("value")
    for title in ("Sat", "Satu"):
        data = {"csrf_token": token, "once": ONCE, "mends": str(letter.id), "title": title}
        assert ana.request("POST", "/letters/drafts/0", data=data).status == 200
    draft = db.session.scalars(select(LetterDraft)).one()
    assert (draft.letter_id, draft.fields["title"]) == (letter.id, ["Satu"])
    for number in ("x", "9" * 40, str(letter.id + 1)):
        assert (
            ana.request("POST", "/letters/drafts/0", data={"csrf_token": token, "once": ONCE, "mends": number}).status
            == 404
        )


def test_words_sent_after_the_session_ended_come_back(cast, browse):
    letter = returned(cast)
    ana = browse()
    sent = ana.request("POST", f"/letters/{letter.id}/mend", data={"title": "Sesi sudah habis", "do": "send"})
    back = parse_qs(urlsplit(sent.response.headers["Location"]).query)["next"][0]
    ana.enter(cast.ana)
    assert ana.open(back).find("input", name="title", value="Sesi sudah habis")
    ana.submit(button=("do", "save"), title="Sudah diperbaiki lagi")
    assert ana.open(back).find("input", name="title", value="Sudah diperbaiki lagi")
    assert browse(cast.citra).open(back).status == 404


def test_files_are_removed_and_added(cast, browse):
    letter = returned(cast)
    old = kept_file(cast.ana, letter=letter)
    ana = browse(cast.ana)
    ana.submit(f"/letters/{letter.id}/mend", button=("do", f"remove-{old.id}"))
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 0
    ana.submit(button=("do", "send"), files=[(io.BytesIO(hostile.jpeg()), "baru.jpg")])
    file = db.session.scalars(select(Attachment)).one()
    assert (file.letter_id, file.draft_id) == (letter.id, None)


@pytest.mark.parametrize("state", [one for one in Publication if one is not Publication.RETURNED])
def test_only_a_returned_letter(cast, browse, state):
    letter = cast.letter(publication=state)
    page = browse(cast.ana).request("GET", f"/letters/{letter.id}/mend")
    assert page.status == 302
    with pytest.raises(NotAllowed):
        actions.send_again(letter, content(), by=cast.ana, once=ONCE)
    with pytest.raises(NotAllowed):
        actions.mending_draft(letter, by=cast.ana, fields={})


def test_only_its_author(cast, browse):
    letter = returned(cast)
    for person, status in ((cast.citra, 404), (cast.bima, 404), (cast.dewi, 403)):
        assert browse(person).request("GET", f"/letters/{letter.id}/mend").status == status
        with pytest.raises(NotAllowed):
            actions.send_again(letter, content(), by=person, once=ONCE)


def test_a_double_click_and_a_stale_page(cast):
    letter = returned(cast)
    with pytest.raises(Stale):
        actions.send_again(letter, content(), by=cast.ana, once=ONCE, seen=letter.version + 1)
    actions.send_again(letter, content(), by=cast.ana, once=ONCE, seen=letter.version)
    assert (
        actions.send_again(letter, content(title="Lain sekali"), by=cast.ana, once=ONCE).title == "Barang belum dikirim"
    )
    with pytest.raises(Invalid, match="already_sent"):
        actions.keep_draft(by=cast.ana, once=ONCE, fields={})


def test_no_other_letter_takes_the_files_of_a_returned_one(cast, browse):
    letter = returned(cast)
    file = kept_file(cast.ana, letter=letter)
    draft = actions.mending_draft(letter, by=cast.ana, fields={})
    with pytest.raises(NotAllowed):
        actions.submit(content(), by=cast.ana, once=draft.once)
    db.session.expire_all()
    assert (file.letter_id, file.draft_id) == (letter.id, draft.id)
    assert db.session.scalars(select(Letter.id)).all() == [letter.id]
