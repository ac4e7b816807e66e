"""Appeals made: by an account, or without one by the mailed link of the decision or the number of a report."""


from sqlalchemy import select

from forum.accounts.models import User
from forum.appeals import policy
from forum.appeals.actions.noting import note
from forum.appeals.lifecycle import Side
from forum.appeals.models import APPEAL_CHARACTERS, Appeal, Verdict, last_moment
from forum.appeals.queries import verdict_of
from forum.core import limits
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, turn, unit_of_work
from forum.core.errors import Invalid, Missing, NotNow
from forum.core.events import Event, Kind
from forum.moderation.models import Report


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
def appeal_by_mail(event: Event, *, text: str, address: str, report: Report | None = None) -> Appeal:
    """Appeal without an account, as whoever has the link of the decision, or the number of the report. Raises as `appeal`."""
    turn(f"appeal:{event.id}")
    verdict = verdict_of(event)
    if verdict is None or verdict.by_mail is None:
        raise Missing
    return _make(verdict, verdict.by_mail, None, report, text, address)


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
    limits.permit("appeal", counted)
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
