"""The outcome belongs to the author, and closes by time alone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import NotAllowed, NotNow, Stale
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Outcome, OutcomeMove
from forum.letters.models import Case, Letter
from forum.responses import actions, queries
from tests.responses.words import case_of, said

THEN = datetime(2026, 3, 2, 3, tzinfo=UTC)


def answered(cast) -> Letter:
    letter = cast.letter(published_at=THEN - timedelta(days=3))
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    return letter


@pytest.mark.parametrize(
    ("move", "outcome"),
    [
        (OutcomeMove.SAY_SOLVED, Outcome.SOLVED),
        (OutcomeMove.SAY_PARTLY, Outcome.PARTLY),
        (OutcomeMove.SAY_NOT_SOLVED, Outcome.NOT_SOLVED),
    ],
)
def test_the_author_says_it_and_opens_it_again(cast, move: OutcomeMove, outcome: Outcome) -> None:
    letter = answered(cast)
    for _turn in range(2):  # a double click says it once
        actions.conclude(case_of(letter, cast.ana), move, by=cast.ana, seen=2)
    case = case_of(letter, cast.ana)
    assert (case.outcome, case.outcome_at is not None) == (outcome, True)
    actions.conclude(case, OutcomeMove.REOPEN, by=cast.ana)
    again = case_of(letter, cast.ana)
    assert (again.outcome, again.outcome_at) == (Outcome.NONE, None)
    kinds = db.session.scalars(
        select(Event.kind).where(Event.kind.in_((Kind.OUTCOME_SET, Kind.OUTCOME_REOPENED))).order_by(Event.id)
    ).all()
    assert kinds == [Kind.OUTCOME_SET, Kind.OUTCOME_REOPENED]


@pytest.mark.parametrize("who", ["bima", "citra", "dewi", "eko", "fajar"])
def test_nobody_else_says_it(cast, who: str) -> None:
    letter, person = answered(cast), getattr(cast, who)
    for move in OutcomeMove:
        with pytest.raises(NotAllowed):
            actions.conclude(case_of(letter, person), move, by=person)
    assert case_of(letter, cast.ana).outcome is Outcome.NONE


def test_without_a_response_there_is_no_outcome(cast) -> None:
    letter = cast.letter()
    with pytest.raises(NotAllowed):
        actions.conclude(case_of(letter, cast.ana), OutcomeMove.SAY_SOLVED, by=cast.ana)


def test_time_is_not_for_the_author_to_say(cast) -> None:
    with pytest.raises(NotNow):
        actions.conclude(case_of(answered(cast), cast.ana), OutcomeMove.LAPSE, by=cast.ana)


def test_a_stale_page_is_told(cast) -> None:
    letter = answered(cast)
    with pytest.raises(Stale):
        actions.conclude(case_of(letter, cast.ana), OutcomeMove.SAY_SOLVED, by=cast.ana, seen=1)


def test_silence_becomes_unconfirmed_and_never_solved(cast) -> None:
    with time_machine.travel(THEN, tick=False) as now:
        letter = answered(cast)
        case_id = case_of(letter, cast.ana).id
        now.shift(timedelta(days=180, seconds=-1))
        assert not actions.lapse_outcome(case_id)
        assert list(queries.lapsing_outcomes()) == []
        now.shift(timedelta(seconds=1))
        with pytest.raises(NotNow) as late:
            actions.conclude(case_of(letter, cast.ana), OutcomeMove.SAY_SOLVED, by=cast.ana)
        assert late.value.code == "outcome_over"
        assert list(queries.lapsing_outcomes()) == [case_id]
        assert [actions.lapse_outcome(case_id) for _turn in range(2)] == [True, False]
    assert db.session.get(Case, case_id).outcome is Outcome.UNCONFIRMED
    with pytest.raises(NotAllowed):
        actions.conclude(case_of(letter, cast.ana), OutcomeMove.SAY_SOLVED, by=cast.ana)


def test_a_later_response_changes_no_outcome(cast) -> None:
    letter = answered(cast)
    actions.conclude(case_of(letter, cast.ana), OutcomeMove.SAY_NOT_SOLVED, by=cast.ana)
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    assert case_of(letter, cast.ana).outcome is Outcome.NOT_SOLVED
