"""The author takes a letter back; one that was in print leaves a dated tombstone."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import NotAllowed, Stale
from forum.core.events import Event, Kind
from forum.letters import actions
from forum.letters.lifecycle import Publication, Visibility

POSSIBLE = {Publication.SUBMITTED, Publication.RETURNED, Publication.PUBLISHED}


def test_a_printed_letter_leaves_a_tombstone(cast, browse):
    letter = cast.letter(title="Rahasia di judul")
    page = browse(cast.ana).open(f"/letters/{letter.id}/withdraw")
    assert "tidak dapat dibatalkan" in page
    assert letter.publication is Publication.PUBLISHED
    page = browse(cast.ana).submit(f"/letters/{letter.id}/withdraw", form="", seen=str(letter.version))
    assert "sudah ditarik" in page
    db.session.expire_all()
    assert (letter.publication, letter.visibility) == (Publication.WITHDRAWN, Visibility.TOMBSTONE)
    gone = browse().open(f"/letters/{letter.id}")
    assert gone.status == 410
    assert "Rahasia di judul" not in gone.text


def test_one_that_was_never_printed_leaves_nothing(cast, browse):
    letter = cast.letter(publication=Publication.SUBMITTED)
    actions.withdraw(letter, by=cast.ana)
    assert (letter.visibility, letter.removed_at) == (Visibility.AUTHOR_ONLY, None)
    assert browse().open(f"/letters/{letter.id}").status == 404


def test_twice_is_once(cast, browse):
    letter = cast.letter()
    actions.withdraw(letter, by=cast.ana)
    actions.withdraw(letter, by=cast.ana)
    kinds = [one.kind for one in db.session.scalars(select(Event))]
    assert kinds.count(Kind.LETTER_WITHDRAWN) == 1
    assert "tidak dapat ditarik" in browse(cast.ana).open(f"/letters/{letter.id}/withdraw")


@pytest.mark.parametrize("state", [one for one in Publication if one not in POSSIBLE | {Publication.WITHDRAWN}])
def test_states_that_cannot(cast, state):
    with pytest.raises(NotAllowed):
        actions.withdraw(cast.letter(publication=state), by=cast.ana)


def test_nobody_else_and_not_a_stale_page(cast, browse):
    letter = cast.letter()
    for person in (cast.bima, cast.citra, cast.dewi):
        with pytest.raises(NotAllowed):
            actions.withdraw(letter, by=person)
        assert browse(person).request("GET", f"/letters/{letter.id}/withdraw").status == 403
    with pytest.raises(Stale):
        actions.withdraw(letter, by=cast.ana, seen=letter.version + 1)
    assert letter.publication is Publication.PUBLISHED
