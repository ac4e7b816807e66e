"""Telling a business late: of letters that were published when nobody of it could be reached."""

from sqlalchemy import select

from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.core.jobs import enqueue, handles
from forum.letters.lifecycle import Publication, ResponseState
from forum.letters.models import Case, Letter
from forum.letters.policy import OPEN
from forum.letters.queries import told_condition
from forum.notifications.deliver import tellings_of, write_tellings
from forum.notifications.subjects import load

TELL_LATE = "tell_late"
BATCH = 50
NEW_LETTER = "new_letter"


@handles(TELL_LATE)
def tell_late(merchant_id: int, after: int = 0) -> None:
    """Tell a business of its open letters that it was never told of, BATCH at a time, oldest first; safe to run twice."""
    cases = db.session.execute(
        select(Case.id, Case.letter_id)
        .join(Case.letter)
        .where(
            Case.merchant_id == merchant_id,
            Case.id > after,
            ~told_condition(),
            Case.response == ResponseState.AWAITING,
            Letter.publication == Publication.PUBLISHED,
            Letter.visibility.in_(OPEN),
        )
        .order_by(Case.id)
        .limit(BATCH)
    ).all()
    for case in cases:
        _tell(case.id, case.letter_id)
    if len(cases) == BATCH:
        order(merchant_id, after=cases[-1].id)


@unit_of_work
def order(merchant_id: int, *, after: int = 0) -> None:
    """Have the worker tell a business of what it was never told."""
    enqueue(TELL_LATE, merchant_id=merchant_id, after=after)


def _tell(case_id: int, letter_id: int) -> None:
    event = db.session.scalar(
        select(Event)
        .where(Event.letter_id == letter_id, Event.kind == Kind.LETTER_PUBLISHED)
        .order_by(Event.id.desc())
        .limit(1)
    )
    if event is None:
        return
    subject = load([event])[event.id]
    tellings = [
        one
        for one in tellings_of(subject)
        if one.notice.kind == NEW_LETTER and one.subject.case is not None and one.subject.case.id == case_id
    ]
    write_tellings(event, tellings, subject)
