"""A wrong row is corrected by a new one; both stay."""

import pytest

from forum.accounts.models import User
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.ledger import actions
from forum.ledger.lifecycle import AskedBy, Outcome, Why
from forum.ledger.queries import figures
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason
from tests.cast import Cast, make_comment, represent
from tests.ledger.stage import flaws, hide, rows, taken_down
from tests.moderation.stage import SAID, thing
from tests.responses.test_at_once import together

RIGHT = {"why": Why.WRONG_REQUESTER, "asked_by": AskedBy.BUSINESS, "reason": "insult", "outcome": Outcome.REMOVED}


def correct(who, row=None, **more) -> None:
    actions.correct(row or rows()[0], by=who, **{**RIGHT, **more})


def test_the_new_row_says_what_is_right_and_points_at_the_wrong_one(cast) -> None:
    letter = taken_down(cast)
    correct(cast.eko)
    wrong, right = rows()
    assert (wrong.asked_by, wrong.corrects_id) == ("moderator", None)
    assert (right.asked_by, right.corrects_id, right.why) == ("business", wrong.id, "wrong_requester")
    assert (right.at, right.about, right.merchants) == (wrong.at, f"letter:{letter.id}", wrong.merchants)
    assert right.written_at > wrong.written_at
    assert flaws() == []


def test_a_correction_is_corrected_in_its_own_row(cast) -> None:
    taken_down(cast)
    correct(cast.eko)
    with pytest.raises(NotNow) as problem:
        correct(cast.dewi)
    assert problem.value.code == "corrected_already"
    correct(cast.dewi, rows()[1], why=Why.WRONG_REASON, reason="hate")
    assert [row.corrects_id for row in rows()] == [None, 1, 2]


def test_a_row_that_should_not_be_there_is_void_and_counts_nowhere(cast) -> None:
    taken_down(cast)
    correct(cast.eko, why=Why.MISTAKE, asked_by=AskedBy.AUTHOR, reason="hate")
    void = rows()[1]
    assert (void.outcome, void.asked_by, void.reason) == ("void", "moderator", "insult")
    assert (figures().months, figures().rows, figures().corrections) == ([], 2, 1)


def test_a_corrected_row_counts_as_it_was_corrected(cast) -> None:
    taken_down(cast)
    correct(cast.eko)
    assert dict(figures().asked) == {AskedBy.BUSINESS: 1}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"asked_by": AskedBy.MODERATOR}, "same_as_before"),
        ({"reason": "brand"}, "invalid"),  # of businesses, not of letters
        ({"reason": None}, "invalid"),
        ({"outcome": Outcome.VOID}, "invalid"),
        ({"outcome": Outcome.UPHELD}, "invalid"),
    ],
)
def test_what_cannot_be(cast, more, code: str) -> None:
    taken_down(cast)
    with pytest.raises(Invalid) as problem:
        correct(cast.eko, **more)
    assert (problem.value.code, len(rows())) == (code, 1)


def test_only_a_moderator_without_a_part_in_it(cast) -> None:
    letter = cast.letter(author=cast.eko)
    comment = make_comment(letter, cast.dewi)
    hide(cast, "comment", make_comment(cast.letter(), cast.citra))
    represent(cast.person("Gita", standing=cast.dewi.standing), cast.shop)
    for who in (cast.ana, cast.bima, cast.person("Gita")):
        with pytest.raises(NotAllowed):
            correct(who)
    assert len(rows()) == 1
    third = cast.person("Hadi", standing=cast.dewi.standing)
    moderation.hide(thing(third, "comment", comment), by=third, reason=Reason.INSULT, message=SAID)
    for who in (cast.eko, cast.dewi):  # who wrote the letter, who wrote the comment
        with pytest.raises(NotAllowed):
            correct(who, rows()[1])
    correct(third, rows()[1])


def test_two_moderators_at_once_write_one_correction(committing_app) -> None:
    cast = Cast()
    taken_down(cast)
    people = (cast.dewi.id, cast.eko.id)

    def work(number: int) -> None:
        correct(db.session.get(User, people[number]))

    db.session.rollback()
    assert together(committing_app, work, 2) == ["corrected_already", "done"]
    db.session.rollback()
    assert [one.corrects_id for one in rows()] == [None, 1]
