"""Documents that prove a claim: for the moderators who decide alone, each opening recorded, deleted after their time."""

import io
from datetime import timedelta

import pytest
import time_machine
from flask import current_app
from sqlalchemy import func, select

from forum.attachments import actions as attachments
from forum.attachments.jobs import make_all
from forum.attachments.models import Attachment, FileAudience
from forum.attachments.receive import receive
from forum.backup import backup
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed
from forum.core.events import Event, Kind
from forum.merchants import actions
from forum.merchants.lifecycle import ClaimReason, ClaimState, DocumentKind, Proof, ProofCheck
from forum.merchants.models import Claim
from forum.moderation import actions as moderation
from forum.notifications import ticks
from tests.attachments import hostile
from tests.attachments.rows import keys_of
from tests.cast import Cast, represent
from tests.moderation.stage import SAID, again, events

PICTURE = "surat tugas.jpg"


def claim(cast, merchant=None, by=None) -> Claim:
    return actions.claim(
        merchant or cast.shop, by=by or cast.citra, job_title="Kepala toko", way=Proof.DOCUMENT, document=DocumentKind.ASSIGNMENT
    )


def add(made: Claim, by, data: bytes | None = None, name: str = PICTURE) -> Attachment:
    received = receive(data or hostile.jpeg(), name, current_app.extensions["storage"])
    return attachments.keep_document(received, by=by, claim=made)


def sent(cast) -> tuple[Claim, Attachment]:
    made = claim(cast)
    file = add(made, cast.citra)
    actions.send_documents(made, by=cast.citra, number=1)
    return made, file


def upload(browser, url: str, *files: tuple[bytes, str], do: str = "keep"):
    return browser.submit(url, form="/documents", files=[(io.BytesIO(data), name) for data, name in files], button=("do", do))


def test_a_claimant_chooses_documents_and_sends_them(cast, browse) -> None:
    cast.letter()
    citra = browse(cast.citra)
    page = citra.submit("/merchants/toko-melati/claim", job_title="Kepala toko", way="document", document="assignment")
    assert page.url.endswith("/documents")
    made = db.session.scalars(select(Claim)).one()
    url = f"/claims/{made.id}/documents"
    assert made.state is ClaimState.WAITING_DOCUMENT
    page = citra.submit(url, form="/documents", button=("do", "send"))
    assert "Mohon pilih dokumennya lebih dahulu" in page
    page = upload(citra, url, (hostile.jpeg(), PICTURE), (hostile.pdf(), "akta.pdf"))
    assert "surat tugas.webp" in page
    assert "akta.pdf" in page
    files = db.session.scalars(select(Attachment).order_by(Attachment.position)).all()
    assert {(one.audience, one.claim_id, one.letter_id, one.draft_id) for one in files} == {
        (FileAudience.MODERATORS, made.id, None, None)
    }
    citra.submit(url, form="/documents", button=("do", f"remove-{files[1].id}"))
    page = citra.submit(url, form="/documents", button=("do", "send"))
    assert "Klaim Anda sedang diperiksa redaksi" in page
    assert again(made).state is ClaimState.WAITING_MODERATOR
    assert citra.request("GET", url).status == 302  # nothing is changed once it is sent
    with pytest.raises(NotAllowed):
        add(made, cast.citra, hostile.pdf(), "lagi.pdf")
    with pytest.raises(NotAllowed):
        attachments.remove_document(files[0], by=cast.citra, claim=made)


def test_what_is_no_document_is_told_by_name_and_three_are_enough(cast, browse) -> None:
    made = claim(cast)
    citra, url = browse(cast.citra), f"/claims/{made.id}/documents"
    page = upload(citra, url, (b"MZ not a picture at all", "jahat.exe"), (hostile.jpeg(), PICTURE))
    assert "jahat.exe: " in page
    assert "surat tugas.webp" in page
    more = [(hostile.pdf(number), f"hal{number}.pdf") for number in (1, 2, 3)]
    page = upload(citra, url, *more)
    assert "paling banyak 3 berkas" in page
    assert db.session.scalar(select(func.count(Attachment.id))) == 3
    with pytest.raises(Invalid) as refused:
        add(made, cast.citra, hostile.pdf(4), "hal4.pdf")
    assert refused.value.code == "too_many_documents"
    assert add(made, cast.citra).id == db.session.scalar(select(func.min(Attachment.id)))  # the same bytes again


def test_nobody_else_has_the_page_of_somebodys_documents(cast, browse) -> None:
    made = claim(cast)
    for who in (cast.ana, cast.bima, cast.fajar):
        assert browse(who).open(f"/claims/{made.id}/documents").status == 404
    assert browse(cast.dewi).open(f"/claims/{made.id}/documents").status == 403
    for who in (cast.ana, cast.bima, cast.dewi):
        with pytest.raises(NotAllowed):
            add(made, who)


def test_the_documents_open_for_the_deciding_moderators_alone_and_each_opening_is_recorded(cast, browse) -> None:
    cast.letter(author=cast.person("Gita", standing=cast.dewi.standing))
    made, file = sent(cast)
    represent(cast.eko, cast.shop)
    url = f"/moderation/claims/{made.id}"
    for who in (None, cast.ana, cast.bima, cast.citra, cast.fajar, cast.dewi, cast.eko):
        for variant in ("full", "thumb"):
            assert browse(who).open(f"/files/{file.token}/{variant}/x.webp").status == 404, who
    for who in (cast.ana, cast.bima, cast.citra, cast.fajar, cast.eko, cast.person("Gita")):
        browser = browse(who)
        token = browser.open("/about").find("input", name="csrf_token")[0].get("value")
        assert browser.request("POST", f"{url}/documents/{file.id}", data={"csrf_token": token}).status == 403
    assert browse(cast.dewi).request("GET", f"{url}/documents/{file.id}").status == 405  # looking is an act, not a link
    assert events(Kind.CLAIM_DOCUMENT_OPENED) == []
    make_all()
    dewi = browse(cast.dewi)
    page = dewi.submit(url, form="/documents/")
    assert (page.status, page.response.mimetype) == (200, "image/webp")
    assert page.response.get_data()[8:12] == b"WEBP"
    assert page.response.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in page.response.headers["Content-Security-Policy"]
    (event,) = events(Kind.CLAIM_DOCUMENT_OPENED)
    assert (event.by_id, event.about, event.data["file_id"]) == (cast.dewi.id, f"claim:{made.id}", file.id)
    assert "Dewi Lestari" in dewi.open(url)
    other = claim(cast, cast.courier, cast.ana)
    browser = browse(cast.dewi)
    token = browser.open("/about").find("input", name="csrf_token")[0].get("value")
    assert browser.request("POST", f"/moderation/claims/{other.id}/documents/{file.id}", data={"csrf_token": token}).status in {403, 404}


def test_the_proof_says_which_kind_of_document_and_who_looked_never_the_document(cast, browse) -> None:
    cast.letter()
    made, file = sent(cast)
    voice = moderation.decide_claim(made, approve=True, by=cast.dewi, message="Sesuai.")
    assert (voice.proof, voice.document, voice.looked_at) == (Proof.DOCUMENT, DocumentKind.ASSIGNMENT, ProofCheck.ONE_MODERATOR)
    page = browse().open("/merchants/toko-melati/proof")
    for words in ("Surat tugas", "Diperiksa satu anggota redaksi"):
        assert words in page
    for secret in (file.token, file.name, PICTURE, file.original_sha256, "/files/"):
        assert secret not in page.text


@pytest.mark.parametrize("approve", [True, False])
def test_the_files_are_deleted_thirty_days_after_the_decision(cast, browse, approve: bool) -> None:
    storage = current_app.extensions["storage"]
    made, file = sent(cast)
    waiting = claim(cast, cast.courier, cast.ana)
    add(waiting, cast.ana, hostile.pdf(2), "akta.pdf")
    actions.send_documents(waiting, by=cast.ana, number=1)
    moderation.decide_claim(made, approve=approve, by=cast.dewi, reason=ClaimReason.UNREADABLE, message=SAID)
    make_all()
    keys = keys_of(file)
    _age(storage, keys)
    for days, there in ((29, True), (30.1, False)):
        with time_machine.travel(utcnow() + timedelta(days=days), tick=True):
            ticks.sweep()
            ticks.retain()
        assert all(storage.exists(key) == there for key in keys), days
        assert (db.session.get(Attachment, file.id) is not None) == there
        db.session.rollback()
    (event,) = events(Kind.CLAIM_DOCUMENTS_DELETED)
    assert (event.about, event.data["number"]) == (f"claim:{made.id}", 1)
    assert db.session.scalar(select(func.count(Attachment.id))) == 1  # of the claim that still waits
    assert "Dokumen klaim ini sudah dihapus" in browse(cast.dewi).open(f"/moderation/claims/{made.id}")


def _age(storage, keys: set[str]) -> None:
    import os
    import time

    for key in keys:
        os.utime(storage.path(key), (time.time(), time.time() - 2 * 86_400))


def test_what_was_never_sent_is_deleted_too(cast) -> None:
    made = claim(cast)
    add(made, cast.citra)
    with time_machine.travel(utcnow() + timedelta(days=31), tick=True):
        assert attachments.forget_documents() == 1
        assert attachments.forget_documents() == 0
    assert db.session.scalar(select(func.count(Attachment.id))) == 0


def test_another_way_of_proof_needs_no_documents_any_more(cast) -> None:
    made = claim(cast)
    add(made, cast.citra)
    claim(cast)
    assert db.session.scalar(select(func.count(Attachment.id))) == 1
    actions.claim(cast.shop, by=cast.citra, work_email="citra@tokomelati.example", job_title="Humas")
    assert db.session.scalar(select(func.count(Attachment.id))) == 0


def test_the_documents_go_with_the_account(cast) -> None:
    from forum.accounts.actions import close_account

    sent(cast)
    close_account(cast.citra, by=cast.citra)
    assert db.session.scalar(select(func.count(Attachment.id))) == 0


def test_a_document_claim_over_its_time_takes_no_more_files(cast) -> None:
    made = claim(cast)
    with time_machine.travel(utcnow() + timedelta(days=15), tick=True), pytest.raises(NotAllowed):
        add(made, cast.citra)


def test_a_claim_needs_the_kind_of_its_document(cast, browse) -> None:
    cast.letter()
    page = browse(cast.citra).submit("/merchants/toko-melati/claim", job_title="Humas", way="document")
    assert "Mohon pilih dokumennya" in page
    assert page.find("input", name="job_title")[0].get("value") == "Humas"
    assert db.session.scalar(select(func.count(Claim.id))) == 0


def test_a_copy_of_the_site_holds_the_documents_meanwhile(committing_app, tmp_path) -> None:
    cast = Cast()
    _made, file = sent(cast)
    backup(tmp_path / "copy")
    assert (tmp_path / "copy" / "files" / file.original_key).is_file()
    assert db.session.scalar(select(func.count()).select_from(Event)) > 0
