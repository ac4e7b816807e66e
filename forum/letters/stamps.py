"""The stamp of a letter or case: its state in words, with the number that matters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.config import settings
from forum.core import formats
from forum.core.clock import ClockState, local_date, utcnow
from forum.letters.clocks import Clock
from forum.letters.lifecycle import Outcome, Publication, ResponseState, Untold
from forum.letters.promises import PromiseState, PromiseVerdict, promise_state


@dataclass(frozen=True)
class Stamp:
    """`state` names the colour: waiting, late, asked, answered, solved, partly, not_solved, contested, gone, draft."""

    state: str
    words: str
    detail: str = ""


@dataclass(frozen=True)
class Notes:
    """What a stamp says beside the state: a uniform response that stopped no clock, the newest promise,
    why the business knows nothing of the case.
    """

    uniform: bool = False
    promise_due: date | None = None
    promise_verdict: PromiseVerdict | None = None
    untold: Untold | None = None


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


def contested_stamp() -> Stamp:
    """Return the stamp that stands beside the other one while somebody contests the letter: another axis, with its own end."""
    return Stamp("contested", _("Contested"))


def notes_of(case: Any) -> Notes:
    """Return the notes of a case, or of a row with its columns."""
    return Notes(case.uniform_at is not None, case.promise_due, case.promise_verdict, case.untold)


def case_stamp(response: ResponseState, outcome: Outcome, clock: Clock | None, notes: Notes | None = None) -> Stamp:
    """Return the stamp of a case; `clock` is None before publication."""
    known = notes or Notes()
    stamp = _state(response, outcome, clock, known)
    promised = promise_note(known.promise_due, known.promise_verdict)
    return replace(stamp, detail=" · ".join(filter(None, (stamp.detail, promised)))) if promised else stamp


def promise_note(due: date | None, verdict: PromiseVerdict | None) -> str:
    """Return where a promise stands in a few words, empty without one."""
    if due is None:
        return ""
    day = formats.day(due)
    state = promise_state(due, verdict, local_date(utcnow(), settings().time_zone))
    return str(
        {
            PromiseState.PENDING: lambda: _("promised by %(date)s", date=day),
            PromiseState.DUE: lambda: _("promise was due on %(date)s", date=day),
            PromiseState.KEPT: lambda: _("promise kept"),
            PromiseState.BROKEN: lambda: _("promise broken"),
            PromiseState.UNCONFIRMED: lambda: _("promise of %(date)s unconfirmed", date=day),
        }[state]()
    )


def _state(response: ResponseState, outcome: Outcome, clock: Clock | None, notes: Notes) -> Stamp:
    if outcome in _ENDED:
        state, words = _ENDED[outcome]
        return Stamp(state, str(words))
    if response is ResponseState.ANSWERED:
        return Stamp("answered", _("Answered"))
    if response is ResponseState.ASKED:
        return Stamp("asked", _("Waiting for the author"))
    if clock is None:
        return Stamp("waiting", _("No response yet"))
    if clock.state in {ClockState.LATE, ClockState.VERY_LATE} and notes.uniform:
        return Stamp("late", _("Uniform response, the clock runs on"), _("working day %(used)s", used=clock.used))
    if notes.untold is not None and response is ResponseState.AWAITING:
        detail = _("declines notifications") if notes.untold is Untold.REFUSED else _("business never told")
        return Stamp("waiting", _("No response yet"), detail)
    if clock.state is ClockState.VERY_LATE:
        return Stamp("late", _("Very late"), _("working day %(used)s", used=clock.used))
    if clock.state is ClockState.LATE:
        return Stamp("late", _("Past the response limit"), _("working day %(used)s", used=clock.used))
    if notes.uniform:
        said = _("Uniform response, the clock runs on")
    elif response is ResponseState.ACKNOWLEDGED:
        said = _("Received, not answered yet")
    else:
        said = _("No response yet")
    if not clock.used:
        return Stamp("waiting", said, _("working days allowed: %(answer)s", answer=clock.answer))
    return Stamp("waiting", said, _("working day %(used)s of %(answer)s", used=clock.used, answer=clock.answer))


def letter_stamp(publication: Publication, cases: Sequence[tuple[Any, ...]]) -> Stamp:
    """Return one stamp for a letter: that of the case which is furthest from its end.

    A case is (response, outcome, clock) and, where known, its Notes.
    """
    printed = publication_stamp(publication)
    if printed is not None:
        return printed
    return case_stamp(*min(cases, key=_distance))


def _distance(case: tuple[Any, ...]) -> tuple[int, bool, int]:
    response, outcome, clock = case[:3]
    untold = len(case) > 3 and case[3] is not None and case[3].untold is not None
    steps = [ResponseState.AWAITING, ResponseState.ASKED, ResponseState.ACKNOWLEDGED, ResponseState.ANSWERED]
    ends = [Outcome.NONE, Outcome.NOT_SOLVED, Outcome.PARTLY, Outcome.UNCONFIRMED, Outcome.SOLVED]
    return steps.index(response) * 10 + ends.index(outcome), untold, -(clock.used if clock else 0)
