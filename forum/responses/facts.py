"""The dated facts of a case as its clock reads them: from its events and responses, in any order."""

from sqlalchemy import select

from forum.core.case_clock import Fact, Happening
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.letters.models import Case
from forum.responses.models import Response

OF_THE_CASE = {
    Kind.CASE_ACKNOWLEDGED: Happening.ACKNOWLEDGED,
    Kind.CASE_ASKED: Happening.ASKED,
    Kind.QUESTION_ANSWERED: Happening.ANSWERED_BY_AUTHOR,
    Kind.QUESTION_LAPSED: Happening.LAPSED,
}
OF_THE_LETTER = {
    Kind.LETTER_WITHDRAWN: Happening.REMOVED,
    Kind.LETTER_TAKEN_DOWN: Happening.REMOVED,
    Kind.LETTER_REINSTATED: Happening.REINSTATED,
}


def facts_of(case: Case) -> list[Fact]:
    """Return what moves the clock of the case; a question that does not stop it is none, nor is receipt by it."""
    if case.started_at is None:
        return []
    events = db.session.execute(
        select(Event.kind, Event.at, Event.case_id, Event.about, Event.data).where(
            Event.letter_id == case.letter_id, Event.kind.in_([*OF_THE_CASE, *OF_THE_LETTER])
        )
    )
    facts = [Fact(Happening.STARTED, case.started_at)]
    for event in events:
        if event.kind in OF_THE_LETTER:
            facts.append(Fact(OF_THE_LETTER[event.kind], event.at))
        elif event.case_id == case.id and event.data.get("stops") is not False:
            number = (event.about or "").partition(":")[2]
            facts.append(Fact(OF_THE_CASE[event.kind], event.at, int(number) if number.isdecimal() else 0))
    responses = db.session.execute(select(Response.created_at, Response.counts).where(Response.case_id == case.id))
    facts += [Fact(Happening.RESPONDED if counts else Happening.BOILERPLATE, at) for at, counts in responses]
    return facts
