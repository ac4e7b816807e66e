"""Rings of votes: each person counts once, new accounts weigh little in the order, bursts are marked and change nothing."""

from datetime import timedelta

from sqlalchemy import select

from forum.accounts.models import LoginSession
from forum.comments import actions, queries
from forum.comments.queries import comment_for
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.letters.actions.me_too import say_me_too
from forum.letters.queries import letter_for
from forum.moderation.jobs import look_for_bursts
from tests.cast import make_comment, make_person
from tests.moderation.stage import again


@unit_of_work
def grow_old(*people, days=100) -> None:
    for person in people:
        person.created_at = utcnow() - timedelta(days=days)


def helpful(comment, *people) -> None:
    for one in people:
        actions.vote(comment_for(one, comment.id), by=one)


def people(number, word):
    return [make_person(f"{word}{at} Z") for at in range(number)]


def test_a_ring_of_new_accounts_does_not_lift_a_comment_over_old_hands(cast) -> None:
    letter = cast.letter()
    lifted, good = make_comment(letter, cast.citra), make_comment(letter, cast.fajar)
    old = people(3, "lama")
    grow_old(*old)
    helpful(lifted, *people(20, "baru"))
    helpful(good, *old)
    assert (again(lifted).votes, again(good).votes) == (20, 3)
    assert [row.id for row in queries.thread(letter.id, "helpful").items] == [good.id, lifted.id]


def test_a_vote_taken_back_takes_its_own_weight(cast) -> None:
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    (voter,) = people(1, "pemilih")
    helpful(comment, voter)
    helpful(comment, voter)
    grow_old(voter)
    actions.vote(comment_for(voter, comment.id), by=voter, helpful=False)
    assert (again(comment).votes, comment.helped) == (0, 0)


def bursts():
    return [(one.about, one.data) for one in db.session.scalars(select(Event).where(Event.kind == Kind.VOTES_FLAGGED).order_by(Event.id))]


def test_a_burst_of_new_accounts_is_marked_once_for_moderators_only(cast, browse) -> None:
    letter = cast.letter()
    ringed, honest, few = make_comment(letter, cast.citra), make_comment(letter, cast.fajar), make_comment(letter, cast.fajar)
    old = people(10, "lama")
    grow_old(*old)
    new = people(9, "baru")
    helpful(ringed, *new)
    helpful(honest, *old)
    helpful(few, *new[:7])
    look_for_bursts()
    look_for_bursts()
    assert bursts() == [(f"comment:{ringed.id}", {"voices": 9, "new": 9, "same_place": 0})]
    assert again(ringed).votes == 9
    assert "akun baru: 9" in browse(cast.dewi).open("/moderation/bursts")
    assert browse(cast.citra).open("/moderation/bursts").status == 403


@unit_of_work
def signed_in(person, address) -> None:
    db.session.add(
        LoginSession(user_id=person.id, token_hash=f"{person.id:064}", address=address, device="")
    )


def test_old_accounts_from_one_place_that_met_the_same_are_marked(cast) -> None:
    letter = cast.letter()
    crowd = people(8, "satu")
    grow_old(*crowd)
    for one in crowd:
        signed_in(one, "192.0.2.7")
        say_me_too(letter_for(one, letter.id), by=one)
    look_for_bursts()
    assert bursts() == [(f"letter:{letter.id}", {"voices": 8, "new": 0, "same_place": 8})]
    assert again(letter).me_too_count == 8
