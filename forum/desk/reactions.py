"""What a desk does when something happens to its cases or its team."""

from sqlalchemy import delete

from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.desk import actions
from forum.desk.models import Presence
from forum.merchants.team import voice_concerned


@on(Kind.LETTER_PUBLISHED, Kind.LETTER_REINSTATED)
def the_days_of_a_letter_are_written(event: Event) -> None:
    """Its clocks began."""
    actions.put_due(letter_id=event.letter_id)


@on(Kind.CASE_NOTIFIED, Kind.CASE_OPENED, Kind.CASE_ACKNOWLEDGED)
def the_day_of_a_case_that_waited_is_written(event: Event) -> None:
    """Its business knows of it now."""
    if event.data.get("begins"):
        actions.put_due(case_id=event.case_id)


@on(
    Kind.CASE_ASKED,
    Kind.PROOF_ASKED,
    Kind.QUESTION_ANSWERED,
    Kind.QUESTION_LAPSED,
    Kind.CASE_ANSWERED,
    Kind.RESPONSE_UNIFORM,
)
def the_day_of_a_case_is_written(event: Event) -> None:
    """Its clock stood still or goes on."""
    actions.put_due(case_id=event.case_id)


@on(Kind.LETTER_READDRESSED)
def another_team_finds_a_clear_desk(event: Event) -> None:
    """The case is another business's now, and its clock begins anew."""
    if event.case_id is not None:
        actions.clear_desk(event.case_id)
        actions.put_due(case_id=event.case_id)


@on(Kind.CASE_ANSWERED)
def who_has_answered_writes_no_more(event: Event) -> None:
    """Their form is closed."""
    db.session.execute(delete(Presence).where(Presence.case_id == event.case_id, Presence.user_id == event.by_id))


@on(Kind.REPRESENTATIVE_ENDED)
def cases_of_who_left_are_nobodys(event: Event) -> None:
    """What they had in hand waits for somebody else."""
    voice = voice_concerned(event)
    actions.release(voice.user_id, voice.merchant_id)
