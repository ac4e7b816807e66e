"""What moderators are shown when something happens elsewhere."""

from forum.core.events import Event, Kind, on
from forum.core.jobs import enqueue
from forum.moderation.jobs import LOOK_AT_BUSINESS, LOOK_AT_LETTER


@on(Kind.LETTER_SUBMITTED, Kind.LETTER_PUBLISHED, Kind.CASE_ANSWERED, Kind.OUTCOME_SET)
def look_for_ties(event: Event) -> None:
    """Have the worker look whether praise or a solved case comes from the business itself."""
    if event.letter_id is not None:
        enqueue(LOOK_AT_LETTER, letter_id=event.letter_id)


@on(Kind.CLAIM_APPROVED)
def look_for_ties_of_the_team(event: Event) -> None:
    """Have the worker look at the praise of a business that somebody new speaks for."""
    if event.merchant_id is not None:
        enqueue(LOOK_AT_BUSINESS, merchant_id=event.merchant_id)
