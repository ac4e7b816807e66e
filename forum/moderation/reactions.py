"""What moderators are shown when something happens elsewhere."""

from forum.core.events import Event, Kind, on
from forum.core.jobs import enqueue
from forum.moderation.actions.holds import end_with
from forum.moderation.jobs import LOOK_AT_BUSINESS, LOOK_AT_LETTER, LOOK_AT_TEXT
from forum.moderation.lifecycle import Reason
from forum.moderation.queries import own_sources

__all__ = ["own_sources"]


@on(Kind.LETTER_SUBMITTED, Kind.LETTER_PUBLISHED, Kind.CASE_ANSWERED, Kind.OUTCOME_SET)
def look_for_ties(event: Event) -> None:
    """Have the worker look whether praise or a solved case comes from the business itself."""
    if event.letter_id is not None:
        enqueue(LOOK_AT_LETTER, letter_id=event.letter_id)


@on(Kind.LETTER_SUBMITTED, Kind.COMMENT_HELD)
def look_for_alike(event: Event) -> None:
    """Have the worker look whether others say nearly the same about the business."""
    about = event.about or f"letter:{event.letter_id}"
    enqueue(LOOK_AT_TEXT, about=about, spam=None)


@on(Kind.LETTER_REJECTED, Kind.LETTER_TAKEN_DOWN, Kind.COMMENT_HIDDEN, Kind.COMMENT_REFUSED)
def learn_advertising(event: Event) -> None:
    """Have the worker remember what was called advertising, so that it is known when it comes again."""
    if event.data.get("reason") == Reason.ADVERTISING:
        enqueue(LOOK_AT_TEXT, about=event.about or f"letter:{event.letter_id}", spam=True)


@on(Kind.LETTER_REINSTATED, Kind.COMMENT_RESTORED, Kind.COMMENT_PUBLISHED)
def forget_advertising(event: Event) -> None:
    """Have the worker remember it no more: it was none."""
    enqueue(LOOK_AT_TEXT, about=event.about or f"letter:{event.letter_id}", spam=False)


@on(Kind.CLAIM_APPROVED)
def look_for_ties_of_the_team(event: Event) -> None:
    """Have the worker look at the praise of a business that somebody new speaks for."""
    if event.merchant_id is not None:
        enqueue(LOOK_AT_BUSINESS, merchant_id=event.merchant_id)


@on(*Kind)
def let_go(event: Event) -> None:
    """What is decided is in nobody's hand any more; what another has in hand is not decided."""
    end_with(event)
