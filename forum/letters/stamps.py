"""The stamp of a letter or case: its state in words, with the number that matters."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.core.clock import ClockState
from forum.letters.clocks import Clock
from forum.letters.lifecycle import Outcome, Publication, ResponseState, Untold


@dataclass(frozen=True)
class Stamp:
    """`state` names the colour: waiting, late, asked, answered, solved, partly, not_solved, gone, draft."""

    state: str
    words: str
    detail: str = ""


_PRINTED: dict[Publication, tuple[str, Any]] = {
    Publication.DRAFT: ("draft", _l("Draft")),
    Publication.SUBMITTED: ("draft", _l("Waiting for review")),
    Publication.RETURNED: ("asked", _l("Needs changes")),
    Publication.REJECTED: ("gone", _l("Rejected")),
    Publication.WITHDRAWN: ("gone", _l("Withdrawn by the author")),
    Publication.TAKEN_DOWN: ("gone", _l("Taken down")),
}
_ENDED: dict[Outcome, tuple[str, Any]] = {
    Outcome.SOLVED: ("solved", _l("Solved")),
    Outcome.PARTLY: ("partly", _l("Partly solved")),
    Outcome.NOT_SOLVED: ("not_solved", _l("Not solved")),
    Outcome.UNCONFIRMED: ("answered", _l("Answered, not rated")),
}


def publication_stamp(publication: Publication) -> Stamp | None:
    """Return the stamp of a letter that is not (any more) in print, None of a published one."""
    if publication not in _PRINTED:
        return None
    state, words = _PRINTED[publication]
    return Stamp(state, str(words))


def case_stamp(response: ResponseState, outcome: Outcome, clock: Clock | None, untold: Untold | None = None) -> Stamp:
    """Return the stamp of a case; `clock` is None before publication, `untold` why the business knows nothing of it."""
    if outcome in _ENDED:
        state, words = _ENDED[outcome]
        return Stamp(state, str(words))
    if response is ResponseState.ANSWERED:
        return Stamp("answered", _("Answered"))
    if response is ResponseState.ASKED:
        return Stamp("asked", _("Waiting for the author"))
    if clock is None:
        return Stamp("waiting", _("No response yet"))
    if untold is not None and response is ResponseState.AWAITING:
        detail = _("declines notifications") if untold is Untold.REFUSED else _("business never told")
        return Stamp("waiting", _("No response yet"), detail)
    if clock.state is ClockState.VERY_LATE:
        return Stamp("late", _("Very late"), _("working day %(used)s", used=clock.used))
    if clock.state is ClockState.LATE:
        return Stamp("late", _("Past the response limit"), _("working day %(used)s", used=clock.used))
    if response is ResponseState.ACKNOWLEDGED:
        said = _("Received, not answered yet")
    else:
        said = _("No response yet")
    if not clock.used:
        return Stamp("waiting", said, _("working days allowed: %(answer)s", answer=clock.answer))
    return Stamp("waiting", said, _("working day %(used)s of %(answer)s", used=clock.used, answer=clock.answer))


def letter_stamp(
    publication: Publication, cases: list[tuple[ResponseState, Outcome, Clock | None, Untold | None]]
) -> Stamp:
    """Return one stamp for a letter: that of the case which is furthest from its end."""
    printed = publication_stamp(publication)
    if printed is not None:
        return printed
    return case_stamp(*min(cases, key=_distance))


def _distance(case: tuple[ResponseState, Outcome, Any, Any]) -> tuple[int, bool, int]:
    response, outcome, clock, untold = case
    steps = [ResponseState.AWAITING, ResponseState.ASKED, ResponseState.ACKNOWLEDGED, ResponseState.ANSWERED]
    ends = [Outcome.NONE, Outcome.NOT_SOLVED, Outcome.PARTLY, Outcome.UNCONFIRMED, Outcome.SOLVED]
    return steps.index(response) * 10 + ends.index(outcome), untold is not None, -(clock.used if clock else 0)
