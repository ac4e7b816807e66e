"""Every figure as a condition, in one place: counted from groups of cases, and asked of the database for the list of its letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, String, and_, case, cast, literal, or_

from forum.letters.lifecycle import Outcome
from forum.responses.lifecycle import PROMISE_ANSWER_DAYS, PromiseState, promise_state
from forum.responses.models import Response
from forum.statistics import workdays
from forum.statistics.lifecycle import Contest, Grain, Removal, RemovedBy, Timing
from forum.statistics.models import CaseFact

NO_PROMISE: Final = "none"
Where = Mapping[str, frozenset[Any]]

ANSWERED = frozenset({Timing.IN_TIME, Timing.LATE})
WATCHED = frozenset({Timing.WAITING, Timing.OVERDUE})
"""Not answered yet by a business that was told."""


@dataclass(frozen=True)
class Measure:
    """What is counted (cases, or responses to them), and which: every named column holds one of the values."""

    grain: Grain
    where: Where

    def holds(self, group: Mapping[str, Any]) -> bool:
        """Whether a group of cases or responses is counted."""
        return all(group[column] in values for column, values in self.where.items())


def _cases(**where: Any) -> Measure:
    return Measure(Grain.CASE, {name: _set(value) for name, value in {"listed": True, **where}.items()})


def _gone(**where: Any) -> Measure:
    """Of all letters that were ever published: also of those that do not stand any more."""
    return Measure(Grain.CASE, {name: _set(value) for name, value in where.items()})


def _responses(**where: Any) -> Measure:
    return Measure(Grain.RESPONSE, {name: _set(value) for name, value in {"listed": True, **where}.items()})


def _set(value: Any) -> frozenset[Any]:
    return value if isinstance(value, frozenset) else frozenset({value})


UNRATED = frozenset({Outcome.NONE, Outcome.UNCONFIRMED})
MEASURES: Final[dict[str, Measure]] = {
    "letters": _cases(lead=True),
    "cases": _cases(),
    "answered": _cases(timing=ANSWERED),
    "unanswered": _cases(timing=frozenset(Timing) - ANSWERED),
    "due": _cases(timing=frozenset({Timing.IN_TIME, Timing.LATE, Timing.OVERDUE})),
    "in_time": _cases(timing=Timing.IN_TIME),
    "late": _cases(timing=Timing.LATE),
    "overdue": _cases(timing=Timing.OVERDUE),
    "waiting": _cases(timing=Timing.WAITING),
    "unnotified": _cases(timing=Timing.UNNOTIFIED),
    "watched": _cases(timing=WATCHED),
    "solved": _cases(outcome=Outcome.SOLVED),
    "partly": _cases(outcome=Outcome.PARTLY),
    "not_solved": _cases(outcome=Outcome.NOT_SOLVED),
    "unconfirmed": _cases(outcome=Outcome.UNCONFIRMED),
    "no_verdict": _cases(outcome=Outcome.NONE),
    "unrated": _cases(timing=ANSWERED, outcome=UNRATED),
    "confirmed": _cases(outcome=frozenset({Outcome.SOLVED, Outcome.NOT_SOLVED})),
    "rated": _cases(outcome=frozenset({Outcome.SOLVED, Outcome.PARTLY, Outcome.NOT_SOLVED})),
    "promises": _responses(promise=frozenset(PromiseState)),
    "promises_confirmed": _responses(promise=frozenset({PromiseState.KEPT, PromiseState.BROKEN})),
    "promises_kept": _responses(promise=PromiseState.KEPT),
    "promises_broken": _responses(promise=PromiseState.BROKEN),
    "promises_due": _responses(promise=PromiseState.DUE),
    "promises_unconfirmed": _responses(promise=PromiseState.UNCONFIRMED),
    "promises_pending": _responses(promise=PromiseState.PENDING),
    "responses": _responses(),
    "copied": _responses(copied=True),
    "not_counting": _responses(counts=False),
    "contested": _gone(contest=frozenset(Contest) - {Contest.NONE}),
    "contests_open": _gone(contest=Contest.OPEN),
    "contests_upheld": _gone(contest=Contest.UPHELD),
    "contests_rejected": _gone(contest=Contest.REJECTED),
    "taken_down": _gone(removal=Removal.TAKEN_DOWN),
    "taken_for_business": _gone(removal=Removal.TAKEN_DOWN, removed_by=RemovedBy.BUSINESS),
    "taken_for_reader": _gone(removal=Removal.TAKEN_DOWN, removed_by=RemovedBy.READER),
    "taken_for_authority": _gone(removal=Removal.TAKEN_DOWN, removed_by=RemovedBy.AUTHORITY),
    "taken_by_moderator": _gone(removal=Removal.TAKEN_DOWN, removed_by=RemovedBy.MODERATOR),
    "reinstated": _gone(removal=Removal.REINSTATED),
    "withdrawn": _gone(removal=Removal.WITHDRAWN),
}
STATES: Final = ("solved", "partly", "not_solved", "unrated", "waiting", "overdue", "unnotified")
"""These part all cases, so they can stand on top of each other in a chart."""
RATES: Final[dict[str, tuple[str, str]]] = {
    "in_time": ("in_time", "due"),
    "of_confirmed": ("solved", "confirmed"),
    "of_rated": ("solved", "rated"),
    "of_all": ("solved", "cases"),
    "kept": ("promises_kept", "promises_confirmed"),
    "copied": ("copied", "responses"),
}
"""Each share as (part, of what)."""


@dataclass(frozen=True)
class Day:
    """A date where the site is, with what a count of that day compares with."""

    date: date
    number: int  # of working days, as `workdays.number`

    @classmethod
    def today(cls) -> "Day":
        day = workdays.today()
        return cls(day, workdays.number(day))

    @property
    def first_month(self) -> int:
        """The first of the last twelve whole months."""
        return workdays.first_month(self.date)


def used(day: Day) -> ColumnElement[int]:
    """Return the working days of a case until its response, or until this day."""
    return case((CaseFact.days.is_not(None), CaseFact.days), else_=literal(day.number) - CaseFact.base)


def columns(day: Day) -> dict[str, Any]:
    """Return what the conditions name, as the database computes it; of responses it needs their table joined."""
    timing = case(
        (and_(CaseFact.answered, CaseFact.days <= CaseFact.answer_days), Timing.IN_TIME.value),
        (CaseFact.answered, Timing.LATE.value),
        (CaseFact.notified.is_(False), Timing.UNNOTIFIED.value),
        (used(day) > CaseFact.answer_days, Timing.OVERDUE.value),
        else_=Timing.WAITING.value,
    )
    promise = case(
        (Response.promise_due.is_(None), NO_PROMISE),
        (Response.promise_verdict.is_not(None), cast(Response.promise_verdict, String)),
        (Response.promise_due > day.date, PromiseState.PENDING.value),
        (Response.promise_due >= day.date - timedelta(days=PROMISE_ANSWER_DAYS), PromiseState.DUE.value),
        else_=PromiseState.UNCONFIRMED.value,
    )
    return {
        "listed": CaseFact.listed,
        "lead": CaseFact.lead,
        "timing": timing,
        "outcome": CaseFact.outcome,
        "contest": CaseFact.contest,
        "removal": CaseFact.removal,
        "removed_by": CaseFact.removed_by,
        "promise": promise,
        "copied": Response.copies > 1,
        "counts": Response.counts,
    }


def conditions(measure: Measure, day: Day) -> list[ColumnElement[bool]]:
    """Return the condition of a measure for the database."""
    known = columns(day)
    return [_holds(known[name], values) for name, values in measure.where.items()]


def _holds(column: ColumnElement[Any], values: frozenset[Any]) -> ColumnElement[bool]:
    if values <= {True, False}:
        return or_(*(column if value else ~column for value in values))
    return column.in_(sorted(values))


def promise_of(due: date | None, verdict: Any, day: Day) -> str:
    """Return the state of a response's promise, or NO_PROMISE."""
    return NO_PROMISE if due is None else promise_state(due, verdict, day.date).value
