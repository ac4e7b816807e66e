"""The stamp of a letter or case: its state in words, with the number that matters."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from forum.core.clock import ClockState
from forum.letters.clocks import Clock
from forum.letters.lifecycle import Outcome, Publication, ResponseState


@dataclass(frozen=True)
class Stamp:
    """`state` names the colour: waiting, late, asked, answered, solved, partly, not_solved, gone, draft."""

    state: str
    words: str
    detail: str = ""


def publication_stamp(publication: Publication) -> Stamp | None:
    """Return the stamp of a letter that is not (any more) in print, None of a published one."""
    return {
        Publication.DRAFT: Stamp("draft", _("Draft")),
        Publication.SUBMITTED: Stamp("draft", _("Waiting for review")),
        Publication.RETURNED: Stamp("asked", _("Needs changes")),
        Publication.REJECTED: Stamp("gone", _("Rejected")),
        Publication.WITHDRAWN: Stamp("gone", _("Withdrawn by the author")),
        Publication.TAKEN_DOWN: Stamp("gone", _("Taken down")),
    }.get(publication)


def case_stamp(response: ResponseState, outcome: Outcome, clock: Clock | None) -> Stamp:
    """Return the stamp of a case; `clock` is None before publication."""
    ended = {
        Outcome.SOLVED: Stamp("solved", _("Solved")),
        Outcome.PARTLY: Stamp("partly", _("Partly solved")),
        Outcome.NOT_SOLVED: Stamp("not_solved", _("Not solved")),
        Outcome.UNCONFIRMED: Stamp("answered", _("Answered, not rated")),
    }
    if outcome in ended:
        return ended[outcome]
    if response is ResponseState.ANSWERED:
        return Stamp("answered", _("Answered"))
    if response is ResponseState.ASKED:
        return Stamp("asked", _("Waiting for the author"))
    if clock is None:
        return Stamp("waiting", _("No response yet"))
    if clock.state is ClockState.VERY_LATE:
        return Stamp("late", _("Very late"), _("working day %(used)s", used=clock.used))
    if clock.state is ClockState.LATE:
        return Stamp("late", _("Past the response limit"), _("working day %(used)s", used=clock.used))
    if response is ResponseState.ACKNOWLEDGED:
        words = _("Received, not answered yet")
    else:
        words = _("No response yet")
    return Stamp("waiting", words, _("working day %(used)s of %(answer)s", used=clock.used, answer=clock.answer))


def letter_stamp(publication: Publication, cases: list[tuple[ResponseState, Outcome, Clock | None]]) -> Stamp:
    """Return one stamp for a letter: that of the case which is furthest from its end."""
    printed = publication_stamp(publication)
    if printed is not None:
        return printed
    response, outcome, clock = min(cases, key=_distance)
    return case_stamp(response, outcome, clock)


def _distance(case: tuple[ResponseState, Outcome, Any]) -> tuple[int, int]:
    response, outcome, clock = case
    steps = [ResponseState.AWAITING, ResponseState.ASKED, ResponseState.ACKNOWLEDGED, ResponseState.ANSWERED]
    ends = [Outcome.NONE, Outcome.NOT_SOLVED, Outcome.PARTLY, Outcome.UNCONFIRMED, Outcome.SOLVED]
    return steps.index(response) * 10 + ends.index(outcome), -(clock.used if clock else 0)
