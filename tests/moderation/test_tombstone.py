"""A removed letter says when, by whom and why, and never a word of itself."""

from forum.letters.queries import letter_for
from forum.moderation import actions
from forum.moderation.lifecycle import Reason
from tests.moderation.stage import SAID, thing


def test_a_letter_that_was_taken_down(cast, browse) -> None:
    letter = cast.letter(title="Judul yang tidak boleh tampil lagi")
    assert browse().open(f"/letters/{letter.id}").status == 200
    actions.hide(thing(cast.dewi, "letter", letter), by=cast.dewi, reason=Reason.PERSONAL_DATA, message=SAID)
    for who in (None, cast.citra, cast.bima):
        page = browse(who).open(f"/letters/{letter.id}")
        assert page.status == 410
        for words in ("Memuat data pribadi", "redaksi", "Tanggal"):
            assert words in page
        for secret in (letter.title, "kipas angin", SAID, "Ana Wijaya"):
            assert secret not in page
    assert letter.title in browse(cast.ana).open(f"/letters/{letter.id}")
    assert letter.title in browse(cast.eko).open(f"/letters/{letter.id}")


def test_a_letter_that_its_author_withdrew(cast, browse) -> None:
    from forum.letters import actions as letters

    letter = cast.letter()
    letters.withdraw(letter_for(cast.ana, letter.id), by=cast.ana)
    page = browse().open(f"/letters/{letter.id}")
    assert page.status == 410
    assert "penulis" in page
    assert "kipas angin" not in page
