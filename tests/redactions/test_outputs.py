"""One change of the data, and every output agrees: no page, list, feed, search, interface, mail, pack, sheet or file name holds the words."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Kind
from forum.core.mail import Mail, MailState
from forum.letters.models import Case, Letter
from forum.redactions.lifecycle import Label, Reason
from forum.search.index import sync
from tests.api.test_api import Caller, token
from tests.cast import TEXT, make_comment
from tests.handover.paper import text_of
from tests.moderation.stage import make_file, make_response
from tests.notifications.helping import happen, mails, work
from tests.redactions.stage import cover

NAME = "Zulkarnain"  # stands nowhere else


@pytest.fixture
def letter(cast) -> Letter:
    """A late letter with the name everywhere, indexed, with mails that wait."""
    found = cast.letter(
        title=f"Kurir {NAME} membawa lari barang",
        text=f"{NAME} membawa barang saya. {TEXT}",
        ask=f"Tegur {NAME}",
        published_at=utcnow() - timedelta(days=60),
    )
    comment = make_comment(found, cast.citra, f"{NAME} juga menipu saya.")
    make_comment(found, cast.ana, f"Siapa lagi korban {NAME}?", parent=comment)
    response = make_response(found, cast.bima, f"{NAME} sudah tidak bekerja pada kami sejak bulan Maret yang lalu.")
    _more(found, response, make_file(found))
    return found


@unit_of_work
def _more(letter: Letter, response: Any, file: Any) -> None:
    file.name = f"foto {NAME}.webp"
    response.promise, response.promise_due = f"Menagih {NAME}", utcnow().date()
    sync([letter.id])


def texts_of(browser: Any, letter: Letter, case_id: int) -> dict[str, str]:
    addresses = [
        "/", "/feed.atom", "/categories/toko-online", "/categories/toko-online/feed.atom", "/merchants/toko-melati",
        "/merchants/toko-melati/feed.atom", "/letters?state=waiting", "/statistics/letters", "/sitemap.xml", f"/search?q={NAME.lower()}",
        f"/letters/{letter.id}", f"/letters/{letter.id}/history", "/notifications", "/desk", f"/desk/cases/{case_id}",
        f"/cases/{case_id}/hand-over", f"/cases/{case_id}/respond", "/letters/mine", f"/moderation/letters/{letter.id}", "/ledger/redactions",
        f"/letters/{letter.id}/revise", f"/moderation/letters/{letter.id}", "/moderation/reports",
    ]  # fmt: skip
    return {address: browser.open(address).text.replace(f"q={NAME.lower()}", "") for address in addresses}


def said(text: str) -> bool:
    """Whether the name stands in it, also as a stem or in an address."""
    return NAME.lower() in text.lower()


@pytest.mark.parametrize("who", [None, "ana", "bima", "citra", "dewi"])
def test_no_page_holds_the_words(cast, browse, letter, who) -> None:
    case_id = db.session.scalars(select(Case.id).where(Case.letter_id == letter.id)).one()
    before = texts_of(browse(getattr(cast, who) if who else None), letter, case_id)
    assert sum(said(text) for text in before.values()) >= 5, "or this proves nothing"
    cover(cast.dewi, letter, NAME, label=Label.NAME, reason=Reason.NAMED_PERSON)
    after = texts_of(browse(getattr(cast, who) if who else None), letter, case_id)
    found = {
        address
        for address, text in after.items()
        if said(text.replace(f'value="{NAME}', "").replace("zulkarnain</mark>", ""))
    }
    assert {address for address in found if "search" not in address} == set()
    assert f"/letters/{letter.id}" not in after[f"/search?q={NAME.lower()}"]


def test_files_sheets_packs_and_the_interface(app, cast, browse, letter) -> None:
    secret = token(cast)
    cover(cast.dewi, letter, NAME, label=Label.NAME, reason=Reason.NAMED_PERSON)
    case_id = db.session.scalars(select(Case.id).where(Case.letter_id == letter.id)).one()
    caller = Caller(app, secret)
    shown = caller.get(f"/cases/{case_id}").get_data(as_text=True)
    assert "[nama disamarkan]" in shown
    assert not said(shown)
    sheet = browse(cast.bima).submit("/desk", form="/export$", button=("format", "csv")).response.get_data()
    assert "[nama disamarkan]" in sheet.decode()
    assert not said(sheet.decode())
    page = browse(cast.ana).submit(f"/cases/{case_id}/hand-over", button=("file", "pdf"))
    assert "nama disamarkan" in text_of(page.response.data)
    assert not said(text_of(page.response.data))
    read = browse().open(f"/letters/{letter.id}")
    assert any("nama%20disamarkan" in link or "nama disamarkan" in link for link in read.links())
    assert not any(said(link) for link in read.links())


def test_mails_that_wait_are_covered_and_those_about_others_are_not(cast, letter) -> None:
    other = cast.letter(title=f"Surat lain tentang {NAME}", text=f"{NAME} lain lagi. {TEXT}")
    comment = make_comment(letter, cast.fajar, f"{NAME} tetangga saya. " + "x" * 265 + f" Budi {NAME}")
    happen(Kind.COMMENT_POSTED, by=cast.fajar, letter=letter, about=f"comment:{comment.id}")
    happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=letter)
    happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=other)
    work()
    waiting = {mail.id: mail.content for mail in mails()}
    ours = {number for number, content in waiting.items() if "Surat lain tentang" not in content["subject"]}
    assert len(ours) >= 3
    assert len(waiting) > len(ours)
    assert all(said(str(waiting[number])) for number in ours)
    cover(cast.dewi, letter, NAME, label=Label.NAME)
    db.session.expire_all()
    for mail in mails():
        if mail.id in ours:
            assert not said(str(mail.content))
            if "/letters/" in mail.content["text"]:  # the business gets a link to its form
                assert f"/letters/{letter.id}-kurir-nama-disamarkan-membawa-lari-barang" in mail.content["text"]
            assert "[nama disamarkan]" in mail.content["subject"]
        elif mail.id in waiting:
            assert mail.content == waiting[mail.id]


@unit_of_work
def _send(mail: Mail) -> None:
    mail.state = MailState.SENT


def test_mails_that_were_sent_stay_as_they_were(cast, letter) -> None:
    happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=letter)
    work()
    mail = mails("published")[0]
    _send(mail)
    cover(cast.dewi, letter, NAME, label=Label.NAME)
    db.session.expire_all()
    assert said(mail.content["subject"])


def test_who_wrote_it_is_told_by_mail_without_the_words(cast, letter) -> None:
    comment = make_comment(letter, cast.citra, f"Sekali lagi: {NAME}")
    cover(cast.dewi, letter, NAME, label=Label.NAME, kind="comment", row=comment, reason=Reason.NAMED_PERSON)
    work()
    (mail,) = mails("words_redacted")
    assert mail.to.startswith("citra@")
    assert "Menyebut nama orang pribadi" in mail.content["text"]
    assert "Nama seseorang" in mail.content["text"] or "Nama orang" in mail.content["text"]
    assert not said(str(mail.content))


def test_nobody_is_mailed_of_an_own_redaction(cast, letter) -> None:
    cover(cast.ana, letter, NAME, label=Label.NAME, reason=Reason.NAMED_PERSON)
    work()
    assert not mails("words_redacted")


def test_the_zip_of_a_pack_holds_no_word_in_its_names(cast, browse, letter) -> None:
    cover(cast.dewi, letter, NAME, label=Label.NAME)
    case_id = db.session.scalars(select(Case.id).where(Case.letter_id == letter.id)).one()
    page = browse(cast.ana).submit(f"/cases/{case_id}/hand-over", button=("file", "zip"))
    bundle = zipfile.ZipFile(io.BytesIO(page.response.data))
    assert not any(said(name) for name in bundle.namelist())
    for name in bundle.namelist():
        assert not said(
            text_of(bundle.read(name)) if name.endswith(".pdf") else bundle.read(name).decode("utf-8", "ignore")
        ), name
