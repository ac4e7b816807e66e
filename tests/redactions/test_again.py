"""Covered words stay covered: nothing that is written later under the letter brings them back."""

import pytest
from flask import current_app
from sqlalchemy import select

from forum.attachments import actions as attachments
from forum.attachments.receive import receive
from forum.comments import actions as comments
from forum.core.db import db
from forum.letters import actions as letters
from forum.letters.content import Content
from forum.letters.lifecycle import Publication
from forum.letters.models import Case, Letter, Revision
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import ReportReason
from forum.moderation.queries.things import ThingKind, thing_for
from forum.redactions.lifecycle import Label, Reason
from forum.responses import actions as responses
from tests.attachments import hostile
from tests.cast import TEXT, make_comment
from tests.letters.files import kept_file
from tests.redactions.stage import MARK, PHONE, cover, holding, uncover

LONG = f"{TEXT} Nomornya {PHONE}."


@pytest.fixture
def letter(cast) -> Letter:
    found = cast.letter(text=LONG)
    cover(cast.dewi, found)
    db.session.expire_all()
    return found


def test_a_new_version(cast, letter) -> None:
    revision = letters.revise(letter, by=cast.ana, title=f"Penipu {PHONE}", text=LONG + " Lagi.", why=f"Itu {PHONE}")
    assert (revision.title, revision.why) == (f"Penipu {MARK}", f"Itu {MARK}")
    assert PHONE not in revision.text
    letters.accept_revision(revision, by=cast.dewi)
    assert holding(letter) == set()


def test_the_marks_of_a_new_version_are_put_back_with_the_others(cast, letter) -> None:
    redaction_id = _only(letter)
    revision = letters.revise(
        letter, by=cast.ana, title=letter.title, text=letter.text + f"\n\nDan {PHONE}.", why="Tambahan"
    )
    letters.accept_revision(revision, by=cast.dewi)
    assert letter.text.count(MARK) == 2
    uncover(cast.dewi, redaction_id)
    db.session.expire_all()
    assert letter.text == LONG + f"\n\nDan {PHONE}."
    assert revision.text == letter.text


def test_a_letter_that_is_covered_before_it_is_printed(cast) -> None:
    waiting = cast.letter(text=LONG, publication=Publication.SUBMITTED)
    redaction = cover(cast.dewi, waiting)
    letters.publish(waiting, by=cast.dewi)
    assert holding(waiting) == set()
    uncover(cast.dewi, redaction)
    db.session.expire_all()
    assert waiting.text == LONG
    assert db.session.scalars(select(Revision)).one().text == LONG


def test_a_returned_letter_that_is_sent_again(cast) -> None:
    returned = cast.letter(text=LONG, publication=Publication.RETURNED)
    cover(cast.dewi, returned)
    content = Content(
        title=f"Penipu {PHONE}", text=LONG, merchants=("Toko Melati",), category="toko-online", place="Surabaya"
    )
    letters.send_again(returned, content, by=cast.ana, once="o" * 32)
    assert holding(returned) == set()
    assert returned.publication is Publication.SUBMITTED


def test_the_name_and_the_caption_of_a_file_that_comes_with_it(cast) -> None:
    returned = cast.letter(text=LONG, publication=Publication.RETURNED)
    cover(cast.dewi, returned)
    db.session.expire_all()
    draft = letters.mending_draft(returned, by=cast.ana, fields={})
    kept_file(cast.ana, draft=draft, name=f"bukti {PHONE}.webp", caption=f"Telepon dari {PHONE}")
    content = Content(title="Penipu", text=LONG, merchants=("Toko Melati",), category="toko-online", place="Surabaya")
    letters.send_again(returned, content, by=cast.ana, once=draft.once)
    assert holding(returned) == set()


def test_the_name_of_a_file_that_joins_a_letter_in_print(cast, letter) -> None:
    received = receive(hostile.jpeg(), f"bukti {PHONE}.jpg", current_app.extensions["storage"])
    case_id = db.session.scalars(select(Case.id).where(Case.letter_id == letter.id)).one()
    file = attachments.attach(received, by=cast.ana, letter_id=letter.id, case_id=case_id)
    assert file.name == f"bukti {MARK}.webp"


def test_a_place_that_holds_them_is_covered_too(cast) -> None:
    letter = cast.letter(text=f"{TEXT} Rumah saya di Jl. Melati 7.", place="Jl. Melati 7, Bandung")
    cover(cast.ana, letter, "Jl. Melati 7", label=Label.ADDRESS, reason=Reason.OWN_DATA)
    db.session.expire_all()
    assert letter.place == "[alamat disamarkan], Bandung"


def test_updates_comments_and_their_changes(cast, letter) -> None:
    letters.add_update(letter, by=cast.ana, text=f"Kemarin {PHONE} lagi.")
    comment = comments.post(letter, by=cast.citra, text=f"Saya juga: {PHONE}")
    assert comment.text == f"Saya juga: {MARK}"
    comments.edit(comment, by=cast.citra, text=f"Saya juga ya: {PHONE}", seen=comment.version)
    assert holding(letter) == set()


def test_questions_their_answers_and_responses(cast, letter) -> None:
    """The guard stops a phone number by itself; a name it does not know."""
    db.session.expire_all()
    named = cast.letter(text=f"{TEXT} Kurirnya bernama Sutrisno.")
    cover(cast.dewi, named, "Sutrisno", label=Label.NAME, reason=Reason.NAMED_PERSON)
    db.session.expire_all()
    case = thing_for(cast.bima, ThingKind.LETTER, named.id).letter.cases[0]
    from forum.letters.queries import case_for

    question = responses.ask(
        case_for(cast.bima, case.id), by=cast.bima, text="Apakah Sutrisno yang datang ke rumah Anda?"
    )
    assert question.text == "Apakah [nama disamarkan] yang datang ke rumah Anda?"
    assert "Sutrisno" not in question.html


def test_a_report_of_it(cast, letter) -> None:
    made = moderation.report(
        thing_for(cast.citra, ThingKind.LETTER, letter.id),
        by=cast.citra,
        reason=ReportReason.ABOUT_ME,
        text=f"Nomor saya {PHONE} pernah dimuat",
        address="127.0.0.1",
    )
    assert PHONE not in made.text


def test_an_authors_redaction_holds_for_the_author_alone(cast) -> None:
    letter = cast.letter(text=LONG)
    cover(cast.ana, letter, reason=Reason.OWN_DATA)
    db.session.expire_all()
    assert comments.post(letter, by=cast.ana, text=f"Itu {PHONE}").text == f"Itu {MARK}"
    assert comments.post(letter, by=cast.citra, text=f"Oh, {PHONE}").text == f"Oh, {PHONE}"


def test_after_an_undo_they_may_be_written_again(cast, letter) -> None:
    uncover(cast.dewi, _only(letter))
    db.session.expire_all()
    assert comments.post(letter, by=cast.citra, text=f"Oh, {PHONE}").text == f"Oh, {PHONE}"


def test_another_letters_redaction_does_nothing_here(cast, letter) -> None:
    other = cast.letter()
    comment = make_comment(other, cast.citra, PHONE)
    assert comments.edit(comment, by=cast.citra, text=f"{PHONE} ya", seen=comment.version).text == f"{PHONE} ya"


def _only(letter):
    from forum.redactions.models import Redaction

    return db.session.scalars(select(Redaction).where(Redaction.letter_id == letter.id)).one()
