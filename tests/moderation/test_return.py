"""A letter is returned with marked passages: chosen without a script, kept, shown to its author, gone when it is sent again."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed
from forum.core.events import Kind
from forum.core.mail import Mail
from forum.letters import actions as letters
from forum.letters.actions import Marked
from forum.letters.lifecycle import MarkReason, Move, Publication
from forum.letters.models import MOST_MARKS, Letter, Mark, Returned
from forum.letters.queries import letter_for
from forum.letters.queries.returns import marks_on, returns_of
from forum.moderation import actions
from forum.moderation.lifecycle import Reason
from forum.moderation.return_forms import key_of
from tests.cast import TEXT, represent
from tests.letters.test_submit import ONCE, content
from tests.moderation.stage import SAID, again, events
from tests.notifications.helping import work

SENTENCE = "Sampai hari ini barang belum dikirim, dan pesan saya kepada toko tidak dijawab."


def waiting(cast, **fields) -> Letter:
    return cast.letter(publication=Publication.SUBMITTED, **fields)


def give_back(cast, letter: Letter, *marks: Marked, by=None) -> None:
    actions.decide_letter(
        letter_for(cast.dewi, letter.id), Move.RETURN, by=by or cast.dewi, reason=Reason.UNCLEAR, message=SAID, marks=marks
    )


def test_sentences_are_ticked_with_reason_and_word(cast, browse) -> None:
    letter = waiting(cast)
    dewi = browse(cast.dewi)
    key = key_of(SENTENCE)
    url = f"/moderation/letters/{letter.id}/return"
    page = dewi.open(url)
    assert SENTENCE in page
    assert len(page.queries) <= 12
    sent = {"sentence": [SENTENCE], f"why-{key}": "unproved", f"word-{key}": "Kapan terakhir bertanya?", "passages": "tiga minggu", "why": "unclear"}
    page = dewi.submit(url, reason="unclear", message=SAID, **sent)
    assert page.url.endswith("/moderation")
    (kept,) = returns_of(letter.id)
    assert (kept.text, kept.title, kept.message, kept.reason, kept.by_id) == (TEXT, letter.title, SAID, "unclear", cast.dewi.id)
    assert [(one.passage, one.reason, one.words) for one in kept.marks] == [
        (SENTENCE, MarkReason.UNPROVED, "Kapan terakhir bertanya?"),
        ("tiga minggu", MarkReason.UNCLEAR, ""),
    ]
    (event,) = events(Kind.LETTER_RETURNED)
    assert (event.data["marks"], event.data["return_id"], event.data["message"]) == (2, kept.id, SAID)
    assert again(letter).text == TEXT
    assert letter.publication is Publication.RETURNED


def test_what_is_missing_is_told_and_every_word_kept(cast, browse) -> None:
    letter = waiting(cast)
    dewi = browse(cast.dewi)
    url, key = f"/moderation/letters/{letter.id}/return", key_of(SENTENCE)
    page = dewi.submit(url, sentence=[SENTENCE], **{f"word-{key}": "Kapan?"}, message=SAID, reason="unclear")
    assert page.status == 422
    assert "Pilih alasan untuk setiap bagian yang Anda centang" in page
    assert page.find("input", value="Kapan?")
    assert page.find("input", value=SENTENCE, checked="checked") or page.find("input", value=SENTENCE, checked="")
    page = dewi.submit(url, passages="tidak ada di surat", why="unclear", message=SAID, reason="unclear")
    assert "tidak ada di surat" in page
    page = dewi.submit(url, passages="tiga minggu", message=SAID, reason="unclear")
    assert "Pilih mengapa kata-kata yang disalin ditandai" in page
    page = dewi.submit(url, reason="unclear")
    assert "Ini usulan pesannya" in page
    assert "/rules#belongs" in page.text
    assert not events(Kind.LETTER_RETURNED)


def test_the_author_sees_the_marks_beside_the_form_on_the_page_and_in_the_mail(cast, browse) -> None:
    letter = waiting(cast)
    give_back(cast, letter, Marked(SENTENCE, MarkReason.UNPROVED, "Kapan?"), Marked("tiga minggu", MarkReason.UNCLEAR))
    ana = browse(cast.ana)
    page = ana.open(f"/letters/{letter.id}/mend")
    assert SENTENCE in [mark.text_content() for mark in page.find("mark", class_="contested")]
    assert "Perlu bukti" in page
    assert "Kapan?" in page
    assert page.find("textarea", name="text")
    read = ana.open(f"/letters/{letter.id}")
    assert SENTENCE in [mark.text_content() for mark in read.find("mark", class_="contested")]
    work()
    mail = db.session.scalars(select(Mail).where(Mail.kind == "returned")).one()
    assert SENTENCE in mail.content["text"]
    assert "Perlu bukti" in mail.content["text"]
    assert "Kapan?" in mail.content["html"]


def test_marks_vanish_when_it_is_sent_again_and_stay_in_the_history(cast, browse) -> None:
    letter = waiting(cast)
    give_back(cast, letter, Marked(SENTENCE, MarkReason.UNPROVED))
    assert len(marks_on(again(letter))) == 1
    letters.send_again(letter_for(cast.ana, letter.id), content(text="Teks yang sudah saya perbaiki, dengan tanggal dan jam. " * 2), by=cast.ana, once=ONCE)
    assert not marks_on(again(letter))
    assert not browse(cast.ana).open(f"/letters/{letter.id}").find("mark", class_="contested")
    page = browse(cast.eko).open(f"/moderation/letters/{letter.id}")
    assert SENTENCE in page
    assert page.find("del")
    give_back(cast, letter)
    assert not marks_on(again(letter))
    assert [len(one.marks) for one in returns_of(letter.id)] == [0, 1]


@pytest.mark.parametrize(
    ("passage", "code"), [("bukan di sini sama sekali", "words_not_found"), ("..", "mark_unfit"), ("x" * 1_001, "mark_unfit")]
)
def test_only_what_stands_there_is_marked(cast, passage: str, code: str) -> None:
    letter = waiting(cast)
    with pytest.raises(Invalid) as problem:
        give_back(cast, letter, Marked(passage, MarkReason.UNCLEAR))
    assert problem.value.code == code
    assert again(letter).publication is Publication.SUBMITTED
    assert not db.session.scalars(select(Returned)).all()


def test_too_many_and_too_long(cast) -> None:
    text = "\n\n".join(f"Kalimat nomor {number} cukup panjang untuk ditandai." for number in range(MOST_MARKS + 5))
    letter = waiting(cast, text=text)
    every = [Marked(f"Kalimat nomor {number} cukup panjang untuk ditandai.", MarkReason.UNCLEAR) for number in range(MOST_MARKS + 5)]
    with pytest.raises(Invalid, match="many_marks"):
        give_back(cast, letter, *every)
    with pytest.raises(Invalid, match="mark_words"):
        give_back(cast, letter, Marked("Kalimat nomor 1", MarkReason.UNCLEAR, "x" * 301))
    give_back(cast, letter, *every[:MOST_MARKS], every[0])  # twice the same is once
    assert len(db.session.scalars(select(Mark)).all()) == MOST_MARKS


def test_hostile_words_are_shown_as_words(cast, browse) -> None:
    nasty = "Kata <script>alert(1)</script> & “kutipan” berbahaya sekali di sini."
    letter = waiting(cast, text=f"{nasty} Lalu sebuah kalimat lain yang biasa saja untuk mengisi.")
    give_back(cast, letter, Marked(nasty, MarkReason.INSULT, "<b>x</b>"))
    page = browse(cast.ana).open(f"/letters/{letter.id}/mend")
    assert "<script>alert" not in page.text
    assert "<b>x</b>" not in page.text


@pytest.mark.parametrize("name", ["ana", "bima", "citra"])
def test_only_moderators_without_a_part_return_it(cast, browse, name: str) -> None:
    letter = waiting(cast)
    with pytest.raises(NotAllowed):
        give_back(cast, letter, by=getattr(cast, name))
    assert browse(getattr(cast, name)).open(f"/moderation/letters/{letter.id}/return").status == 403
    represent(cast.dewi, cast.shop)
    assert browse(cast.dewi).open(f"/moderation/letters/{letter.id}/return").status == 403
    assert browse(cast.eko).open(f"/moderation/letters/{letter.id}/return").status == 200


def test_a_letter_that_does_not_wait_is_not_returned(cast, browse) -> None:
    letter = cast.letter()
    assert browse(cast.dewi).open(f"/moderation/letters/{letter.id}/return").status == 409
