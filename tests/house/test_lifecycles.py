"""Every state machine does what its table of moves says, for every pair of state and move."""

from collections.abc import Callable
from enum import StrEnum
from itertools import product
from typing import Any

import pytest

from forum.comments.lifecycle import COMMENT_MOVES, CommentMove, CommentState
from forum.comments.models import Comment
from forum.contests.lifecycle import CONTEST_MOVES, ContestMove, ContestState
from forum.contests.models import Contest
from forum.core.errors import NotNow
from forum.legal.lifecycle import NOTICE_MOVES, NoticeMove, NoticeState
from forum.legal.models import LegalNotice
from forum.letters.lifecycle import (
    MOVES,
    OUTCOME_MOVES,
    RESPONSE_MOVES,
    Move,
    Outcome,
    OutcomeMove,
    Publication,
    ResponseMove,
    ResponseState,
)
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import (
    CLAIM_MOVES,
    CONTACT_MOVES,
    FIRST_STATES,
    NAME_MOVES,
    OBJECTION_MOVES,
    ClaimMove,
    ClaimState,
    ContactMove,
    ContactState,
    NameMove,
    NameState,
    ObjectionMove,
    ObjectionState,
)
from forum.merchants.models import Claim, Contact, MerchantName, Objection
from forum.moderation.lifecycle import REPORT_MOVES, ReportMove, ReportState
from forum.moderation.models import Report
from forum.orders.lifecycle import ORDER_MOVES, OrderMove, OrderState
from forum.orders.models import Order
from forum.privacy.lifecycle import DATA_MOVES, DataMove, DataState
from forum.privacy.models import DataRequest
from forum.reply.lifecycle import REPLY_MOVES, ReplyMove, ReplyState
from forum.reply.models import Reply
from forum.responses.lifecycle import LINK_MOVES, LinkMove, LinkState
from forum.responses.models import AnswerLink

pytestmark = pytest.mark.pure

Machine = tuple[type, str, Callable[[Any, Any], None], type[StrEnum], type[StrEnum], dict[Any, Any]]
MACHINES: dict[str, Machine] = {
    "publication": (Letter, "publication", Letter.move, Publication, Move, MOVES),
    "response": (Case, "response", Case.move, ResponseState, ResponseMove, RESPONSE_MOVES),
    "outcome": (Case, "outcome", Case.conclude, Outcome, OutcomeMove, OUTCOME_MOVES),
    "claim": (Claim, "state", Claim.move, ClaimState, ClaimMove, CLAIM_MOVES),
    "name": (MerchantName, "state", MerchantName.move, NameState, NameMove, NAME_MOVES),
    "objection": (Objection, "state", Objection.move, ObjectionState, ObjectionMove, OBJECTION_MOVES),
    "contact": (Contact, "state", Contact.move, ContactState, ContactMove, CONTACT_MOVES),
    "answer link": (AnswerLink, "state", AnswerLink.move, LinkState, LinkMove, LINK_MOVES),
    "report": (Report, "state", Report.move, ReportState, ReportMove, REPORT_MOVES),
    "legal notice": (LegalNotice, "state", LegalNotice.move, NoticeState, NoticeMove, NOTICE_MOVES),
    "order": (Order, "state", Order.move, OrderState, OrderMove, ORDER_MOVES),
    "contest": (Contest, "state", Contest.move, ContestState, ContestMove, CONTEST_MOVES),
    "data request": (DataRequest, "state", DataRequest.move, DataState, DataMove, DATA_MOVES),
    "right of reply": (Reply, "state", Reply.move, ReplyState, ReplyMove, REPLY_MOVES),
    "comment": (Comment, "state", Comment.move, CommentState, CommentMove, COMMENT_MOVES),
}
IMPORTED = {CommentState.GONE}  # of letters brought in from elsewhere: no move of ours leads there
PAIRS = [
    pytest.param(name, state, move, id=f"{name}-{state.value}-{move.value}")
    for name, machine in MACHINES.items()
    for state, move in product(machine[3], machine[4])
]


@pytest.mark.parametrize(("name", "state", "move"), PAIRS)
def test_every_pair_does_what_the_table_says(name: str, state: StrEnum, move: StrEnum) -> None:
    model, axis, step, _states, _moves, table = MACHINES[name]
    thing = model(**{axis: state})
    if hasattr(thing, "version"):
        thing.version = 1
    if (state, move) in table:
        step(thing, move)
        assert getattr(thing, axis) is table[state, move]
        assert getattr(thing, "version", None) in {2, None}
    else:
        with pytest.raises(NotNow) as refused:
            step(thing, move)
        assert refused.value.facts == {"state": state.value, "move": move.value}
        assert getattr(thing, axis) is state
        assert getattr(thing, "version", None) in {1, None}


@pytest.mark.parametrize("name", MACHINES)
def test_every_move_is_used_and_every_state_reached(name: str) -> None:
    _model, _axis, _step, states, moves, table = MACHINES[name]
    assert {move for _state, move in table} == set(moves)
    first = next(iter(states))
    reached, frontier = set(), {first} if name != "claim" else set(FIRST_STATES.values())
    while frontier:
        reached |= frontier
        frontier = {after for (state, _move), after in table.items() if state in reached} - reached
    assert reached == set(states) - IMPORTED


def test_the_axes_share_no_moves() -> None:
    """Response belongs to the business, outcome to the author, publication to moderators: no word moves two of them."""
    words = [{move.value for move in moves} for moves in (Move, ResponseMove, OutcomeMove)]
    assert sum(map(len, words)) == len(set.union(*words))


def test_silence_never_becomes_solved() -> None:
    assert OUTCOME_MOVES[Outcome.NONE, OutcomeMove.LAPSE] is Outcome.UNCONFIRMED
    solved = {move for (_state, move), after in OUTCOME_MOVES.items() if after is Outcome.SOLVED}
    assert solved == {OutcomeMove.SAY_SOLVED}
