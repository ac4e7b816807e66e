"""Appeals made: by an account, or by who reported without one and knows the report's number."""

from datetime import timedelta

from sqlalchemy import select

from forum.accounts.models import User
from forum.appeals import policy
from forum.appeals.actions.noting import note
from forum.appeals.lifecycle import Side
from forum.appeals.models import APPEAL_CHARACTERS, Appeal, Verdict, last_moment
from forum.appeals.queries import verdict_of, verdict_of_report
from forum.core import limits
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, turn, unit_of_work
from forum.core.errors import Invalid, Missing, NotNow
from forum.core.events import Event, Kind
from forum.moderation.models import Report

MOST_A_DAY = 20
A_DAY = timedelta(days=1)


@unit_of_work
def appeal(event: Event, *, by: User, text: str) -> Appeal:
    """Appeal against a decision, once for each side; the same words again are the same appeal.

    Raises Missing, NotAllowed, NotNow("appeal_late", "decision_over" or "appealed_already"), TooMany or Invalid.
    """
    turn(f"appeal:{event.id}")
    verdict = verdict_of(event)
    if verdict is None:
        raise Missing
    ensure(policy.may_appeal, by, verdict)
    side = policy.side_for(by, verdict)
    if side is None:
        raise Missing
    return _make(verdict, side, by, None, text, str(by.id))


@unit_of_work
def appeal_as_reporter(report: Report, *, text: str, address: str) -> Appeal:
    """Appeal against the decision on a report that was made without an account; whoever has its number made it. Raises as `appeal`."""
    lock(report)
    verdict = verdict_of_report(report)
    if verdict is None or report.reporter_id is not None:
        raise Missing
    return _make(verdict, Side.ASKER, None, report, text, address)


def _make(verdict: Verdict, side: Side, by: User | None, report: Report | None, text: str, counted: str) -> Appeal:
    event, text = verdict.event, text.strip()
    known = db.session.scalar(select(Appeal).where(Appeal.event_id == event.id, Appeal.side == side))
    if known is not None:
        if known.text == text and known.by_id == (None if by is None else by.id):
            return known
        raise NotNow("appealed_already")
    if utcnow() > last_moment(event):
        raise NotNow("appeal_late")
    if not verdict.stands:
        raise NotNow("decision_over")
    least, most = APPEAL_CHARACTERS
    if not least <= len(text) <= most:
        raise Invalid("words_needed", field="text", least=least, most=most)
    limits.permit("appeal", counted, most=MOST_A_DAY, window=A_DAY)
    made = Appeal(
        event_id=event.id,
        side=side,
        by_id=None if by is None else by.id,
        report_id=None if report is None else report.id,
        text=text,
    )
    db.session.add(made)
    db.session.flush()
    note(Kind.APPEAL_MADE, made, verdict, by=by)
    return made
