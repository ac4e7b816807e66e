"""The desk of a letter shows all that a decision needs, to moderators alone, at a bounded cost."""

from forum.attachments.models import FileAudience
from forum.core.events import Kind
from forum.letters.lifecycle import Move, Publication
from forum.letters.queries import letter_for
from forum.moderation import actions
from forum.moderation.lifecycle import Reason
from tests.cast import make_comment
from tests.moderation.stage import SAID, events, make_file, make_response, thing

TEXT = "Saya memesan barang dan menelepon 0812 3456 7890 berkali-kali, tetapi tidak ada jawaban dari toko itu."


def test_everything_is_on_one_page(cast, browse) -> None:
    old = cast.letter(publication=Publication.SUBMITTED, title="Barang rusak dan belum dikirim ulang")
    actions.decide_letter(
        letter_for(cast.dewi, old.id), Move.REJECT, by=cast.dewi, reason=Reason.DUPLICATE, message=SAID
    )
    letter = cast.letter(
        publication=Publication.SUBMITTED,
        title="Barang belum dikirim padahal sudah lunas",
        text=TEXT,
        details={"order": "INV-778899", "phone": "081234567890"},
        ask="Uang kembali",
    )
    for audience in FileAudience:
        make_file(letter, audience)
    page = browse(cast.eko).open(f"/moderation/letters/{letter.id}")
    for words in (
        "Nomor telepon",  # the hint
        "0812 3456 7890",
        "Uang kembali",
        "ditolak 1",
        old.title,
        "Toko Melati",
    ):
        assert words in page, words
    assert "INV-778899" not in page  # private details with a reason only
    assert page.find("a", href=f"/moderation/letters/{old.id}")
    assert len(page.find("li", class_="attachment")) == len(FileAudience)
    assert not page.find("li", class_="attachment--closed")
    assert "penulis yang sama" in page


def test_decisions_so_far_are_told_with_reason_and_words(cast, browse) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    actions.decide_letter(
        letter_for(cast.dewi, letter.id), Move.RETURN, by=cast.dewi, reason=Reason.UNCLEAR, message=SAID
    )
    page = browse(cast.eko).open(f"/moderation/letters/{letter.id}")
    assert SAID in page
    assert "Dewi Lestari" in page
    assert "Duduk perkaranya belum jelas" in page


def test_the_page_costs_no_more_with_more_around_it(cast, browse) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    few = len(browse(cast.dewi).open(f"/moderation/letters/{letter.id}").queries)
    for number in range(30):
        cast.letter(publication=Publication.SUBMITTED, title=f"Barang belum dikirim nomor {number}")
    many = len(browse(cast.dewi).open(f"/moderation/letters/{letter.id}").queries)
    assert many <= few + 1
    assert many <= 26


def test_comments_are_locked_with_a_reason_and_words_and_opened(cast, browse) -> None:
    letter = cast.letter()
    dewi = browse(cast.dewi)
    url = f"/moderation/letters/{letter.id}"
    lock = {"form": "/comments", "button": ("decision", "lock")}
    assert "Mohon tulis 10 sampai 2000 karakter" in dewi.submit(url, **lock, reason="insult", message="x")
    assert "Mohon pilih alasannya" in dewi.submit(url, **lock, reason="bosan", message=SAID)
    assert "Ini usulan pesannya" in dewi.submit(url, **lock, reason="insult")
    assert not events(Kind.COMMENTS_LOCKED)
    dewi.submit(url, **lock, reason="insult", message=SAID)
    assert letter_for(cast.dewi, letter.id).comments_locked_at
    (event,) = events(Kind.COMMENTS_LOCKED)
    assert (event.data["reason"], event.data["message"]) == ("insult", SAID)
    assert "Hinaan atau ancaman" in browse().open(f"/letters/{letter.id}")
    dewi.submit(url, form="/comments", button=("decision", "unlock"))
    assert letter_for(cast.dewi, letter.id).comments_locked_at is None
    assert len(events(Kind.COMMENTS_UNLOCKED)) == 1


def test_what_was_hidden_is_found_again_from_the_desk_of_its_letter(cast, browse) -> None:
    letter = cast.letter()
    rows = {
        "comment": make_comment(letter, cast.citra),
        "response": make_response(letter, cast.bima),
        "attachment": make_file(letter),
    }
    for kind, row in rows.items():
        actions.hide(thing(cast.dewi, kind, row), by=cast.dewi, reason=Reason.INSULT, message=SAID)
    eko = browse(cast.eko)
    for kind, row in rows.items():
        url = f"/moderation/{kind}s/{row.id}/reports"
        assert eko.open(f"/moderation/letters/{letter.id}").find("a", href=url), kind
        eko.submit(url, form="/decide", button=("decision", "restore"), message=SAID)
        assert thing(cast.dewi, kind, row).stands
    (event,) = events(Kind.ATTACHMENT_RESTORED)
    assert (event.data["reason"], event.data["message"], event.by_id) == ("insult", SAID, cast.eko.id)
