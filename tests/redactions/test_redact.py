"""Covering words: everywhere under the letter, by whom it may be, told in public without the words."""

import pytest
from sqlalchemy import select

from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, NotAllowed
from forum.core.events import Kind, Role
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.moderation.lifecycle import ThingKind
from forum.moderation.queries.things import thing_for
from forum.redactions import actions, marks
from forum.redactions.lifecycle import Label, Reach, Reason
from forum.redactions.models import Redaction, Veil
from tests.cast import make_comment
from tests.moderation.stage import make_response
from tests.redactions.stage import MARK, PHONE, cover, holding, told, whole, words_under


def test_a_moderators_redaction_is_in_every_text_that_is_kept(cast) -> None:
    letter = whole(cast)
    assert len(holding(letter)) >= 24
    redaction = cover(cast.dewi, letter)
    assert holding(letter) == set()
    words = words_under(letter)
    assert words[f"letter:{letter.id}.title"] == f"Penipu memakai {MARK}"
    assert MARK in words[f"letter:{letter.id}.html"]
    assert sum(MARK in value for value in words.values()) >= 24
    assert (redaction.reach, redaction.role, redaction.by_id) == (Reach.ALL, Role.MODERATOR, cast.dewi.id)
    assert redaction.count >= 20


def test_the_words_are_sealed_and_nowhere_else(cast) -> None:
    letter = whole(cast)
    cover(cast.dewi, letter)
    raw = db.session.connection()
    for table in (Redaction.__table__, Veil.__table__):
        for row in raw.exec_driver_sql(f'SELECT * FROM "{table.name}"').all():
            assert PHONE not in str(row)
    assert db.session.scalars(select(Redaction)).one().words == [PHONE]


def test_it_is_told_in_public_without_the_words(cast) -> None:
    letter = whole(cast)
    redaction = cover(cast.dewi, letter, reason=Reason.ASKED)
    (event,) = told(Kind.WORDS_REDACTED)
    assert event.data == {"redaction_id": redaction.id, "label": "phone", "reason": "asked", "count": redaction.count}
    assert (event.letter_id, event.about, event.role) == (letter.id, f"letter:{letter.id}", Role.MODERATOR)


def test_an_author_covers_own_words_and_nobody_elses(cast) -> None:
    letter = whole(cast)
    cover(cast.ana, letter, reason=Reason.OWN_DATA)
    left = {name.split(":")[0] for name in holding(letter)}
    assert left == {"response", "comment", "question"}  # the business's question, Citra's comment
    assert {name.partition(".")[2] for name in holding(letter) if name.startswith("question")} == {"text", "html"}
    (event,) = told(Kind.WORDS_REDACTED)
    assert event.role == Role.AUTHOR
    assert letter.publication is Publication.PUBLISHED  # no new review


def test_an_author_covers_words_of_a_letter_that_waits_and_of_one_that_was_returned(cast) -> None:
    for state in (Publication.SUBMITTED, Publication.RETURNED, Publication.WITHDRAWN):
        letter = cast.letter(text=f"Nomor saya {PHONE}. " * 5, publication=state)
        cover(cast.ana, letter, reason=Reason.OWN_DATA)
        assert PHONE not in db.session.get(Letter, letter.id).text


def test_who_wrote_a_comment_covers_it_at_any_time_quietly(cast) -> None:
    letter = cast.letter(text=f"Nomornya {PHONE}, sekian lama tidak aktif, dan tidak ada jawaban.")
    comment = make_comment(letter, cast.citra, f"Nomor saya {PHONE}")
    other = make_comment(letter, cast.fajar, f"Dan {PHONE}")
    cover(cast.citra, letter, kind="comment", row=comment, reason=Reason.OWN_DATA)
    db.session.expire_all()
    assert comment.text == f"Nomor saya {MARK}"
    assert PHONE in other.text
    assert PHONE in letter.text
    assert not told(Kind.WORDS_REDACTED)
    assert len(told(Kind.COMMENT_REDACTED)) == 1


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("citra", "letter"),
        ("bima", "letter"),
        ("ana", "comment"),
        ("bima", "response"),
        ("ana", "response"),
        ("fajar", "response"),
    ],
)
def test_nobody_else_covers(cast, who: str, kind: str) -> None:
    letter = cast.letter(text=f"Nomornya {PHONE}, sekian lama tidak aktif, dan tidak ada jawaban.")
    row = {
        "letter": lambda: letter,
        "comment": lambda: make_comment(letter, cast.citra, PHONE),
        "response": lambda: make_response(letter, cast.bima, f"Nomor {PHONE} bukan milik kami, sudah kami laporkan."),
    }[kind]()
    with pytest.raises(NotAllowed):
        cover(getattr(cast, who), letter, kind=kind, row=row)
    assert PHONE in row.text


def test_a_moderator_covers_nothing_of_their_own_letter_but_as_its_author(cast) -> None:
    letter = cast.letter(author=cast.dewi, text=f"Nomornya {PHONE}, sekian lama tidak aktif, tanpa jawaban.")
    comment = make_comment(letter, cast.citra, PHONE)
    assert cover(cast.dewi, letter).reach is Reach.OWN
    db.session.expire_all()
    assert comment.text == PHONE


def test_words_in_one_letter_say_nothing_about_another(cast) -> None:
    one, other = cast.letter(text=f"Nomor {PHONE}. " * 5), cast.letter(text=f"Nomor {PHONE}. " * 5)
    cover(cast.dewi, one)
    db.session.expire_all()
    assert PHONE in other.text


def test_the_same_form_twice_is_one_redaction(cast) -> None:
    letter = whole(cast)
    assert cover(cast.dewi, letter, once="k" * 32).id == cover(cast.dewi, letter, once="k" * 32).id
    assert len(told(Kind.WORDS_REDACTED)) == 1


def test_several_labels_are_several_redactions(cast) -> None:
    letter = cast.letter(text=f"Pak Budi Santoso, {PHONE}, dan surel budi@contoh.id, semuanya penipu besar.")
    thing = thing_for(cast.dewi, ThingKind.LETTER, letter.id)
    wanted = {Label.NAME: ["budi santoso"], Label.PHONE: [PHONE], Label.EMAIL: ["budi@contoh.id"]}
    actions.redact(thing, wanted, by=cast.dewi, reason=Reason.NAMED_PERSON)
    db.session.expire_all()
    assert letter.text == (
        "Pak [nama disamarkan], [nomor telepon disamarkan], dan surel [alamat email disamarkan], semuanya penipu besar."
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("tidak ada di sini", "words_not_found"),
        ("ab", "words_unfit"),
        (MARK, "words_unfit"),
        ("x" * 201, "words_unfit"),
    ],
)
def test_what_cannot_be_covered_is_said_and_changes_nothing(cast, words: str, code: str) -> None:
    letter = whole(cast)
    before = words_under(letter)
    with pytest.raises(Invalid) as refused:
        cover(cast.dewi, letter, words)
    assert refused.value.code == code
    assert words_under(letter) == before
    assert not db.session.scalars(select(Redaction)).all()


def test_too_many_words_at_once_are_refused(cast) -> None:
    letter = whole(cast)
    for wanted, code in (({Label.NAME: [f"kata{n}" for n in range(21)]}, "many_words"), ({}, "no_words")):
        thing = thing_for(cast.dewi, ThingKind.LETTER, letter.id)
        with pytest.raises(Invalid) as refused:
            actions.redact(thing, wanted, by=cast.dewi, reason=Reason.ASKED)
        assert refused.value.code == code


def test_a_long_title_keeps_within_its_column(cast) -> None:
    letter = cast.letter(
        title="Budi " + "x" * 150, text="Pak Budi membawa barang saya dan tidak kembali sampai hari ini."
    )
    cover(cast.dewi, letter, "Budi", label=Label.NAME)
    db.session.expire_all()
    assert letter.title == f"{marks.SHORT} " + "x" * 150
    assert letter.text.startswith("Pak [nama disamarkan]")


def test_forms_opened_before_are_stale(cast) -> None:
    letter = whole(cast)
    comment = make_comment(letter, cast.citra, f"Sekali lagi {PHONE}")
    before = letter.version, comment.version
    cover(cast.dewi, letter)
    db.session.expire_all()
    assert letter.version > before[0]
    assert comment.version > before[1]


def test_a_comment_that_is_gone_is_not_covered_from_its_page(cast) -> None:
    from forum.comments.actions import delete

    letter = cast.letter()
    comment = make_comment(letter, cast.citra, PHONE)
    delete(comment, by=cast.citra)
    with pytest.raises(NotAllowed):
        cover(cast.dewi, letter, kind="comment", row=comment)


@unit_of_work
def _hide(response) -> None:
    from forum.core.clock import utcnow

    response.hidden_at, response.hidden_reason = utcnow(), "insult"


def test_words_in_what_is_hidden_go_too(cast) -> None:
    letter = whole(cast)
    response = make_response(letter, cast.bima, f"Nomor {PHONE} bukan milik kami, sudah kami laporkan.")
    _hide(response)
    cover(cast.dewi, letter)
    db.session.expire_all()
    assert PHONE not in response.text
