"""What moderators decide of a letter, and what it does to its page, clocks and tombstone."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow, Stale
from forum.core.events import Event, Kind
from forum.letters import actions
from forum.letters.lifecycle import Publication, RevisionState, Visibility
from forum.letters.models import Revision

WHY = {"reason": "unclear", "message": "Mohon jelaskan."}


def test_publication_starts_the_clocks(cast):
    letter = cast.letter(publication=Publication.SUBMITTED, merchants=[cast.shop, cast.courier])
    actions.publish(letter, by=cast.dewi, seen=letter.version)
    assert (letter.publication, letter.visibility) == (Publication.PUBLISHED, Visibility.PUBLIC)
    assert letter.published_at
    assert [case.started_at for case in letter.cases] == [letter.published_at] * 2
    revision = db.session.scalars(select(Revision)).one()
    assert (revision.state, revision.text, revision.decided_by_id) == (
        RevisionState.ACCEPTED,
        letter.text,
        cast.dewi.id,
    )
    event = db.session.scalars(select(Event)).all()[-1]
    assert (event.kind, event.by_id, event.letter_id) == (Kind.LETTER_PUBLISHED, cast.dewi.id, letter.id)


@pytest.mark.parametrize(
    ("verb", "state", "kind"),
    [
        (actions.send_back, Publication.RETURNED, Kind.LETTER_RETURNED),
        (actions.reject, Publication.REJECTED, Kind.LETTER_REJECTED),
    ],
)
def test_return_and_reject_say_why(cast, verb, state, kind):
    letter = cast.letter(publication=Publication.SUBMITTED)
    with pytest.raises(Invalid):
        verb(letter, by=cast.dewi, message="Tanpa alasan")
    with pytest.raises(Invalid):
        verb(letter, by=cast.dewi, reason="unclear", message="  ")
    verb(letter, by=cast.dewi, **WHY)
    assert (letter.publication, letter.visibility) == (state, Visibility.AUTHOR_ONLY)
    assert (letter.reason, letter.message) == ("unclear", "Mohon jelaskan.")
    event = db.session.scalars(select(Event)).all()[-1]
    assert event.kind == kind
    assert WHY.items() <= event.data.items()


def test_taken_down_and_put_back(cast):
    letter = cast.letter()
    published_at = letter.published_at
    actions.take_down(letter, by=cast.dewi, **WHY)
    assert (letter.publication, letter.visibility) == (Publication.TAKEN_DOWN, Visibility.TOMBSTONE)
    assert letter.removed_at
    actions.reinstate(letter, by=cast.eko)
    assert (letter.publication, letter.visibility, letter.removed_at, letter.reason) == (
        Publication.PUBLISHED,
        Visibility.PUBLIC,
        None,
        None,
    )
    assert letter.published_at == published_at


@pytest.mark.parametrize(
    "verb", [actions.publish, actions.send_back, actions.reject, actions.take_down, actions.reinstate]
)
def test_nobody_decides_without_the_office_or_in_own_matters(cast, verb):
    wrong = Publication.PUBLISHED if verb is actions.take_down else Publication.SUBMITTED
    dewis = cast.letter(author=cast.dewi, publication=wrong)
    with pytest.raises(NotAllowed):
        verb(dewis, by=cast.dewi, **WHY)
    letter = cast.letter(publication=wrong)
    for person in (cast.ana, cast.bima, cast.citra):
        with pytest.raises(NotAllowed):
            verb(letter, by=person, **WHY)
    from tests.cast import represent

    represent(cast.eko, cast.shop)
    with pytest.raises(NotAllowed):
        verb(letter, by=cast.eko, **WHY)
    assert letter.publication is wrong


def test_two_moderators_at_once(cast):
    letter = cast.letter(publication=Publication.SUBMITTED)
    seen = letter.version
    actions.publish(letter, by=cast.dewi, seen=seen)
    with pytest.raises(Stale):
        actions.reject(letter, by=cast.eko, seen=seen, **WHY)
    with pytest.raises(NotNow):
        actions.publish(letter, by=cast.eko)
