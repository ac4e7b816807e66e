"""Saying of many letters at once that they were received: marked as such in each journey; no clock stands for it."""

from collections.abc import Sequence

from forum.accounts.models import User
from forum.core.db import unit_of_work
from forum.core.errors import Invalid
from forum.desk import policy
from forum.desk.lifecycle import MOST_SELECTED
from forum.letters.lifecycle import ResponseState
from forum.letters.models import Case
from forum.responses.actions import acknowledge
from forum.responses.actions.holding import hold


@unit_of_work
def receive_all(cases: Sequence[Case], *, by: User) -> int:
    """Acknowledge those of these cases that wait and may be, MOST_SELECTED at most; returns how many. A second time does nothing."""
    if len(cases) > MOST_SELECTED:
        raise Invalid("too_many_selected", most=MOST_SELECTED)
    waiting = []
    for case in sorted(cases, key=lambda one: one.letter_id):
        hold(case)
        if policy.may_acknowledge(by, case) and case.response is ResponseState.AWAITING:
            waiting.append(case)
    for case in waiting:
        acknowledge(case, by=by, others=len(waiting) - 1)
    return len(waiting)
