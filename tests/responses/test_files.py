"""Files of a response: public, re-encoded, five at most, their names guarded, hidden with it, swept when nobody names them."""

import io

import pytest
from flask import current_app
from PIL import Image
from sqlalchemy import func, select

from forum.attachments.jobs import make_all
from forum.attachments.models import Attachment
from forum.core.db import db
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason
from forum.notifications import ticks
from forum.responses import actions
from forum.responses.models import MOST_FILES, Response, ResponseDraft
from tests.moderation.stage import thing
from tests.responses.test_pages import FILLED, url
from tests.responses.words import TEXT, case_of


def picture(name: str = "bukti-transfer.png", shade: int = 255) -> tuple[io.BytesIO, str]:
    made = io.BytesIO()
    Image.new("L", (30, 30), shade).save(made, "PNG")
    made.seek(0)
    return made, name


def published(cast, browse, *files) -> tuple[Response, str]:
    letter = cast.letter()
    page = browse(cast.bima).submit(url(case_of(letter, cast.bima)), **FILLED, files=list(files or (picture(),)))
    make_all()
    return db.session.scalars(select(Response)).one(), page.url.split("#")[0]


def test_a_file_is_published_with_the_response_and_everybody_opens_it(cast, browse) -> None:
    response, where = published(cast, browse)
    [file] = db.session.scalars(select(Attachment)).all()
    assert (file.response_id, file.response_draft_id, file.letter_id, file.case_id) == (
        response.id,
        None,
        None,
        response.case_id,
    )
    page = browse().open(where)
    assert "bukti-transfer.webp" in page
    assert browse().request("GET", page.link("bukti-transfer.webp")).status == 200
    assert "Bukti" not in [h.text for h in page.find("h2")]  # it is none of the letter's evidence


def test_it_is_kept_while_the_words_are_stopped(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    bima = browse(cast.bima)
    page = bima.submit(url(case), **{**FILLED, "text": TEXT + " Telepon 0857-1112-2233"}, files=[picture()])
    assert "bukti-transfer.webp" in page
    bima.submit(text=TEXT, form="respond")
    assert db.session.scalars(select(Attachment.response_id)).one() is not None


def test_its_name_is_guarded(cast, browse) -> None:
    case = case_of(cast.letter(details={"order": "TM-778899"}), cast.bima)
    bima = browse(cast.bima)
    page = bima.submit(url(case), **FILLED, files=[picture("nota TM-778899.png")])
    assert "Belum dimuat" in page
    assert ["".join(mark.itertext()) for mark in page.find("mark")] == ["TM-778899"]
    assert db.session.scalar(select(func.count(Response.id))) == 0
    [file] = db.session.scalars(select(Attachment)).all()
    page = bima.submit(button=("do", f"remove-{file.id}"))
    assert "TM-778899.webp" not in page.text
    assert bima.submit(follow=False, form="respond").status == 302


def test_five_are_the_most(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    bima = browse(cast.bima)
    page = bima.submit(url(case), **FILLED, files=[picture(f"nota-{n}.png", 10 * n) for n in range(MOST_FILES + 1)])
    assert f"nota-{MOST_FILES}.png" in page
    assert db.session.scalar(select(func.count(Attachment.id))) == MOST_FILES
    assert db.session.scalar(select(func.count(Response.id))) == 0
    assert TEXT in page.text


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"MZ" + b"x" * 100])
def test_what_is_no_file_is_told_and_every_word_kept(cast, browse, content: bytes) -> None:
    case = case_of(cast.letter(), cast.bima)
    page = browse(cast.bima).submit(url(case), **FILLED, files=[(io.BytesIO(content), "aneh.png")])
    assert page.status == 200
    assert "aneh.png" in page
    assert TEXT in page.text
    assert db.session.scalar(select(func.count(Attachment.id))) == 0


@pytest.mark.parametrize("content", [b"%PDF-1.4 broken", b"\x89PNG\r\n\x1a\n" + b"x" * 100])
def test_what_turns_out_to_be_broken_is_shown_to_nobody_and_told_to_who_sent_it(cast, browse, content: bytes) -> None:
    from tests.notifications.helping import told, work

    _response, where = published(cast, browse, (io.BytesIO(content), "aneh.png"))
    work()
    assert ("Bima", "file_refused") in told()
    assert ("Ana", "file_refused") not in told()
    for person in (None, cast.ana, cast.citra):
        assert "aneh" not in browse(person).open(where).text


def test_it_is_hidden_with_the_response(cast, browse) -> None:
    response, where = published(cast, browse)
    address = browse().open(where).link("bukti-transfer.webp")
    moderation.hide(
        thing(cast.dewi, "response", response), by=cast.dewi, reason=next(iter(Reason)), message="Memuat data orang."
    )
    for who, status in (
        (None, 404),
        (cast.ana, 404),
        (cast.citra, 404),
        (cast.fajar, 404),
        (cast.dewi, 200),
        (cast.bima, 200),
    ):
        assert browse(who).request("GET", address).status == status
    assert "bukti-transfer" not in browse().open(where).text


def test_a_moderator_hides_one_file_and_its_business_is_told(cast, browse) -> None:
    from tests.notifications.helping import told, work

    _response, where = published(cast, browse)
    [file] = db.session.scalars(select(Attachment)).all()
    moderation.hide(
        thing(cast.dewi, "attachment", file), by=cast.dewi, reason=next(iter(Reason)), message="Memuat data orang."
    )
    assert "bukti-transfer" not in browse().open(where).text
    work()
    assert ("Bima", "attachment_hidden") in told()
    assert ("Ana", "attachment_hidden") not in told()


def test_it_stands_in_the_sweep_and_goes_with_the_draft(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    browse(cast.bima).submit(url(case), **FILLED, files=[picture()], button=("do", "upload"))
    [file] = db.session.scalars(select(Attachment)).all()
    assert file.response_draft_id == db.session.scalars(select(ResponseDraft.id)).one()
    ticks.sweep()
    assert current_app.extensions["storage"].size(file.original_key)
    actions.drop_draft(case, by=cast.bima)
    assert db.session.scalar(select(func.count(Attachment.id))) == 0


def test_a_file_waits_with_the_words_for_the_claim(cast, browse) -> None:
    from forum.merchants.actions import approve_claim
    from forum.merchants.models import Claim

    case = case_of(cast.letter(), cast.citra)
    citra = browse(cast.citra)
    page = citra.submit(url(case), **{**FILLED, "signatory": "Citra"}, files=[picture()])
    assert "/claim" in page.url
    citra.submit(work_email="citra@tokomelati.example")
    claim = db.session.scalars(select(Claim)).one()
    approve_claim(claim, by=cast.dewi, message="")
    assert db.session.scalars(select(Attachment.response_id)).one() == db.session.scalars(select(Response.id)).one()
