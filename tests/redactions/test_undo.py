"""A mistake is undone with one click: everything as it was, but for what is covered by others as well."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import NotAllowed, NotNow
from forum.core.events import Kind
from forum.letters.models import Letter
from forum.redactions.lifecycle import Label, Reason
from forum.redactions.models import Veil
from tests.cast import make_comment
from tests.redactions.stage import PHONE, cover, told, uncover, whole, words_under

CHANGING = (".version", ".page_version")


def test_everything_comes_back_as_it_was(cast) -> None:
    letter = whole(cast)
    before = words_under(letter)
    redaction = cover(cast.dewi, letter)
    assert words_under(letter) != before
    assert uncover(cast.eko, redaction) == redaction.count
    after = words_under(letter)
    # the HTML of an update that the stage wrote by hand is made anew of its text
    assert {k: v for k, v in after.items() if not k.startswith("update")} == {
        k: v for k, v in before.items() if not k.startswith("update")
    }
    assert PHONE in after[next(k for k in after if k.startswith("update") and k.endswith(".text"))]
    assert not db.session.scalars(select(Veil)).all()
    (event,) = told(Kind.WORDS_RESTORED)
    assert (event.by_id, event.data["label"]) == (cast.eko.id, "phone")
    assert PHONE not in str(event.data)


def test_undoing_twice_is_refused(cast) -> None:
    redaction = cover(cast.dewi, whole(cast))
    uncover(cast.dewi, redaction)
    with pytest.raises(NotNow) as refused:
        uncover(cast.dewi, redaction)
    assert refused.value.code == "already_undone"


def test_what_another_redaction_covers_stays_covered(cast) -> None:
    text = f"Pak Budi Santoso memakai {PHONE}; Budi lalu hilang bersama uang saya sejak tanggal 3."
    letter = cast.letter(text=text)
    full = cover(cast.dewi, letter, "Budi Santoso", label=Label.NAME)
    cover(cast.dewi, letter, "Budi", label=Label.NAME)
    cover(cast.dewi, letter)
    uncover(cast.dewi, full)
    db.session.expire_all()
    assert letter.text == (
        "Pak [nama disamarkan] Santoso memakai [nomor telepon disamarkan]; [nama disamarkan] lalu hilang"
        " bersama uang saya sejak tanggal 3."
    )


def test_authors_cannot_undo_and_moderators_not_for_their_own_words(cast) -> None:
    letter = cast.letter(text=f"Nomor {PHONE}. " * 5)
    mine = cover(cast.ana, letter, reason=Reason.OWN_DATA)
    with pytest.raises(NotAllowed):
        uncover(cast.ana, mine)
    comment = make_comment(letter, cast.dewi, "Kata saya: Sutrisno")
    theirs = cover(cast.eko, letter, "Sutrisno", label=Label.NAME, kind="comment", row=comment)
    with pytest.raises(NotAllowed):
        uncover(cast.dewi, theirs)
    assert uncover(cast.eko, theirs) == 1
    assert uncover(cast.dewi, mine) == 5


def test_a_text_whose_marks_were_changed_stays_covered(cast) -> None:
    from forum.letters.actions import accept_revision, revise

    letter = cast.letter(text=f"Nomor {PHONE} itu penipu, dan barang saya tidak datang sampai hari ini.")
    redaction = cover(cast.dewi, letter, reason=Reason.OTHERS_DATA)
    db.session.expire_all()
    text = "Penipunya saya sebut lagi nanti, dan barang saya tidak datang sampai hari ini."
    accept_revision(revise(letter, by=cast.ana, title=letter.title, text=text, why="Lebih jelas"), by=cast.dewi)
    uncover(cast.dewi, redaction)
    assert db.session.get(Letter, letter.id).text == text
