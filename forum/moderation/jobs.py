"""Work of the moderators' room that the worker does."""

from forum.core.jobs import handles
from forum.moderation.actions import flag_ties
from forum.moderation.queries.ties import recent

LOOK_AT_LETTER = "look_at_letter"
LOOK_AT_BUSINESS = "look_at_business"


@handles(LOOK_AT_LETTER)
def look_at_letter(letter_id: int) -> None:
    """Flag a letter whose author seems to belong to the business that it praises; safe to run twice."""
    flag_ties(letter_id)


@handles(LOOK_AT_BUSINESS)
def look_at_business(merchant_id: int) -> None:
    """Look at the newest praise and solved cases of a business; safe to run twice."""
    for letter_id in recent(merchant_id):
        flag_ties(letter_id)


def look_again() -> None:
    """Look at the praise and solved cases of the last days again: people sign in from new places."""
    for letter_id in recent():
        flag_ties(letter_id)
