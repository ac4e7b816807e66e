"""Several advertisements rejected together: each decided, told and written down as if alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.db import db, unit_of_work
from forum.core.errors import DomainError, Missing, NotNow
from forum.letters.lifecycle import Move
from forum.letters.queries import letter_for
from forum.moderation import policy
from forum.moderation.actions.held import decide_held
from forum.moderation.actions.letters import decide_letter
from forum.moderation.actions.reports import uphold
from forum.moderation.lifecycle import Reason, ReportReason, ReportState, ThingKind
from forum.moderation.models import Report
from forum.moderation.queries.held import held_for
from forum.moderation.queries.queue_of_letters import alike_letters
from forum.moderation.queries.reports import reported
from forum.moderation.queries.sources import place_of
from forum.moderation.queries.things import thing_for

MOST_ITEMS = 50


@dataclass(frozen=True)
class Rejected:
    """What became of one: `problem` is None when it was rejected."""

    item: str
    problem: DomainError | None = None


def reject_as_spam(items: Sequence[str], *, by: User, message: str, answer: str) -> list[Rejected]:
    """Reject letters, held comments and things reported as advertising, with that reason; those near-equal with each.

    Every one is a unit of work of its own: what fails is told and leaves the others. `message` goes to each author, `answer` to
    reporters. Raises NotAllowed.
    """
    ensure(policy.may_open_desk, by, None)
    done = []
    for item in _with_alike(dict.fromkeys(items[:MOST_ITEMS]), by):
        try:
            _reject(item, by, message, answer)
        except DomainError as problem:
            done.append(Rejected(item, problem))
        else:
            done.append(Rejected(item))
    return done


def _with_alike(items: dict[str, None], by: User) -> Iterator[str]:
    found: dict[str, None] = {}
    for item in items:
        kind, _colon, key = item.partition(":")
        found[item] = None
        if place_of(item) is None:  # told when it is its turn
            continue
        if kind == "letter":
            found |= dict.fromkeys(f"letter:{row.id}" for row in alike_letters(int(key)))
        elif kind == "held":
            try:
                found |= dict.fromkeys(f"held:{one.id}" for one in held_for(by, int(key)).others)
            except Missing:  # told when it is its turn
                continue
    yield from found


@unit_of_work
def _reject(item: str, by: User, message: str, answer: str) -> None:
    if place_of(item) is None:
        raise Missing
    kind, _colon, key = item.partition(":")
    about, _colon, number = key.rpartition(":")
    if kind == "letter":
        decide_letter(letter_for(by, int(number)), Move.REJECT, by=by, reason=Reason.ADVERTISING, message=message)
    elif kind == "held":
        decide_held(held_for(by, int(number)).comment, publish=False, by=by, reason=Reason.ADVERTISING, message=message)
    elif kind == "report":
        _ensure_reported_as_spam(key)
        thing = thing_for(by, ThingKind(about), int(number))
        uphold(thing, by=by, reason=Reason.ADVERTISING, message=message, answer=answer, seen=reported(key).last_id)
    else:
        raise Missing


def _ensure_reported_as_spam(about: str) -> None:
    found = select(Report.id).where(
        Report.about == about, Report.state == ReportState.OPEN, Report.reason == ReportReason.ADVERTISING
    )
    if db.session.scalar(found.limit(1)) is None:
        raise NotNow("not_reported_as_spam")
