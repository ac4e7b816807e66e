"""A published letter changes through a revision; the old text stays until a moderator accepts it."""

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow, Stale
from forum.core.events import Event, Kind
from forum.letters import actions
from forum.letters.lifecycle import Publication, RevisionState
from forum.letters.models import Revision
from tests.cast import TEXT

NEW = {"title": "Barang akhirnya dikirim", "text": TEXT + "\n\nTambahan <b>penting</b>.", "why": "Ada kabar baru"}


def test_the_old_text_stays_until_it_is_accepted(cast):
    letter = cast.letter()
    old, version = letter.text, letter.version
    revision = actions.revise(letter, by=cast.ana, seen=letter.version, **NEW)
    assert (letter.text, revision.state) == (old, RevisionState.WAITING)
    actions.accept_revision(revision, by=cast.dewi)
    assert (letter.title, letter.text) == (NEW["title"], NEW["text"])
    assert "Tambahan &lt;b&gt;penting&lt;/b&gt;." in letter.html
    assert letter.revised_at
    assert letter.version > version
    assert (revision.state, revision.decided_by_id) == (RevisionState.ACCEPTED, cast.dewi.id)
    kinds = [event.kind for event in db.session.scalars(select(Event).order_by(Event.id))]
    assert kinds[-2:] == [Kind.REVISION_SUBMITTED, Kind.REVISION_ACCEPTED]


def test_refused_with_words(cast):
    letter = cast.letter()
    revision = actions.revise(letter, by=cast.ana, **NEW)
    with pytest.raises(Invalid):
        actions.refuse_revision(revision, by=cast.dewi)
    actions.refuse_revision(revision, by=cast.dewi, reason="insult", message="Mohon tanpa hinaan.")
    assert letter.text == TEXT
    assert revision.message == "Mohon tanpa hinaan."
    with pytest.raises(NotNow):
        actions.accept_revision(revision, by=cast.eko)
    actions.revise(letter, by=cast.ana, **{**NEW, "why": "Sekali lagi"})


def test_a_double_click_is_one_revision_and_a_second_waits(cast):
    letter = cast.letter()
    first = actions.revise(letter, by=cast.ana, **NEW)
    assert actions.revise(letter, by=cast.ana, **NEW).id == first.id
    with pytest.raises(Invalid, match="revision_waiting"):
        actions.revise(letter, by=cast.ana, **{**NEW, "title": "Judul ketiga"})
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"title": "abc"}, "title"), ({"text": "x"}, "text"), ({"why": ""}, "why"), ({"why": "x" * 301}, "why")],
)
def test_limits(cast, changes, field):
    with pytest.raises(Invalid) as refused:
        actions.revise(cast.letter(), by=cast.ana, **{**NEW, **changes})
    assert refused.value.field == field


def test_nothing_changed_or_changed_meanwhile(cast):
    letter = cast.letter()
    with pytest.raises(Invalid, match="unchanged"):
        actions.revise(letter, by=cast.ana, title=letter.title, text=letter.text, why="tanpa alasan")
    with pytest.raises(Stale):
        actions.revise(letter, by=cast.ana, seen=letter.version + 1, **NEW)


def test_who_may(cast, browse):
    letter = cast.letter()
    for person in (cast.citra, cast.bima, cast.dewi):
        with pytest.raises(NotAllowed):
            actions.revise(letter, by=person, **NEW)
        assert browse(person).request("GET", f"/letters/{letter.id}/revise").status == 403
    revision = actions.revise(letter, by=cast.ana, **NEW)
    for person in (cast.ana, cast.bima, cast.citra):
        with pytest.raises(NotAllowed):
            actions.accept_revision(revision, by=person)
        with pytest.raises(NotAllowed):
            actions.refuse_revision(revision, by=person, reason="insult", message="tidak")
    assert (
        browse(cast.ana).request("GET", f"/letters/{cast.letter(publication=Publication.SUBMITTED).id}/revise").status
        == 403
    )


def test_the_page(cast, browse):
    letter = cast.letter()
    ana = browse(cast.ana)
    page = ana.submit(f"/letters/{letter.id}/revise", title="abc", why="")
    assert "Terlalu pendek" in page
    assert page.find("input", name="title", value="abc")
    page = ana.submit(**NEW)
    assert "Perubahan Anda sudah dikirim" in page
    page = ana.submit(f"/letters/{letter.id}/revise", **{**NEW, "text": NEW["text"] + " Lagi."})
    assert "masih menunggu redaksi" in page
    assert NEW["text"].split()[-1] in page


def test_a_revision_of_a_withdrawn_letter_cannot_be_accepted(cast):
    letter = cast.letter()
    revision = actions.revise(letter, by=cast.ana, **NEW)
    actions.withdraw(letter, by=cast.ana)
    with pytest.raises(NotNow):
        actions.accept_revision(revision, by=cast.dewi)
    assert letter.text == TEXT
