"""The versions of a letter and what changed."""

import time
from datetime import UTC, datetime

from forum.core.db import db, unit_of_work
from forum.letters.lifecycle import RevisionState
from forum.letters.models import Revision
from forum.letters.queries.history import MOST_REVISIONS, differences, versions
from tests.cast import TEXT


@unit_of_work
def revise(letter, title, text, state=RevisionState.ACCEPTED, why=""):
    db.session.add(Revision(letter_id=letter.id, title=title, text=text, state=state, why=why))
    letter.revised_at = datetime.now(UTC)


def test_differences_by_words():
    assert differences("Barang belum datang.", "Barang sudah datang.") == (
        ("same", "Barang "),
        ("old", "belum "),
        ("new", "sudah "),
        ("same", "datang."),
    )
    assert differences("", "Baru.") == (("new", "Baru."),)
    assert differences("Lama.", "") == (("old", "Lama."),)
    assert differences("Sama.\n\nSama.", "Sama.\n\nSama.") == (("same", "Sama.\n\nSama."),)


def test_both_texts_can_be_read_back_from_the_differences():
    old = TEXT + "\n\nBaris ketiga dengan harga Rp.62.000 dan 79K."
    new = TEXT.replace("kipas angin", "penanak nasi") + "\n\nSebuah baris di tengah.\n\nBaris ketiga dengan harga Rp62.000."
    changes = differences(old, new)
    assert "".join(words for kind, words in changes if kind != "new") == old
    assert "".join(words for kind, words in changes if kind != "old") == new


def test_hostile_texts_are_compared_in_bounded_time():
    started = time.process_time()
    differences("a b " * 5_000, "b a " * 5_000)
    differences("a\n" * 10_000, "b\na\n" * 5_000)
    differences("x" * 20_000, "y" * 20_000)
    differences(" ".join(str(n) for n in range(1_400)), " ".join(str(n) for n in range(1_400, 0, -1)))
    assert time.process_time() - started < 8


def test_thousands_of_lines_are_not_compared_one_by_one(monkeypatch):
    monkeypatch.setattr("forum.letters.queries.history.SequenceMatcher", None)
    old, new = "a\n" * 2_000, "b\n" * 2_000
    assert differences(old, new) == (("old", old), ("new", new))


def test_the_page_shows_what_went_and_came(cast, browse):
    letter = cast.letter()
    revise(letter, letter.title, letter.text)
    revise(letter, letter.title, letter.text.replace("kipas angin", "penanak nasi"), why="Saya salah tulis barangnya.")
    page = browse().open(f"/letters/{letter.id}")
    page = browse().open(page.link("lihat perubahannya"))
    assert [" ".join("".join(d.itertext()).split()) for d in page.find("del")] == ["kipas angin"]
    assert [" ".join("".join(i.itertext()).split()) for i in page.find("ins")] == ["penanak nasi"]
    assert "Saya salah tulis barangnya." in page


def test_what_waits_or_was_refused_is_for_author_and_moderators(cast, browse):
    letter = cast.letter()
    revise(letter, letter.title, letter.text)
    revise(letter, letter.title, letter.text + " RAHASIA-MENUNGGU", RevisionState.WAITING)
    revise(letter, letter.title, letter.text + " RAHASIA-DITOLAK", RevisionState.REFUSED)
    for person, seen in ((None, False), (cast.citra, False), (cast.bima, False), (cast.ana, True), (cast.dewi, True)):
        text = browse(person).open(f"/letters/{letter.id}/history").text
        assert ("RAHASIA-MENUNGGU" in text) is seen
        assert ("RAHASIA-DITOLAK" in text) is seen


def test_many_versions_are_bounded(cast):
    letter = cast.letter()
    for number in range(MOST_REVISIONS + 5):
        revise(letter, letter.title, f"{letter.text} {number}")
    found = versions(cast.ana, letter)
    assert len(found) == MOST_REVISIONS
    assert found[0].text[-1][1].strip().endswith(str(MOST_REVISIONS + 4))
    assert all(kind == "same" or len(words) < 10 for version in found for kind, words in version.text)


def test_markup_in_a_version_is_words(cast, browse):
    letter = cast.letter()
    revise(letter, letter.title, letter.text)
    revise(letter, letter.title, letter.text + " <script>alert(1)</script>")
    assert "<script>alert" not in browse().open(f"/letters/{letter.id}/history").text
