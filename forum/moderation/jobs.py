"""Work of the moderators' room that the worker does."""

from forum.core.jobs import handles
from forum.crowds import actions as crowds
from forum.crowds.likeness import sketch
from forum.moderation.actions import flag_ties, flag_votes
from forum.moderation.queries.bursts import bursts
from forum.moderation.queries.held import text_of
from forum.moderation.queries.ties import recent

LOOK_AT_LETTER = "look_at_letter"
LOOK_AT_BUSINESS = "look_at_business"
LOOK_AT_TEXT = "look_at_text"


@handles(LOOK_AT_LETTER)
def look_at_letter(letter_id: int) -> None:
    """Flag a letter whose author seems to belong to the business that it praises; safe to run twice."""
    flag_ties(letter_id)


@handles(LOOK_AT_BUSINESS)
def look_at_business(merchant_id: int) -> None:
    """Look at the newest praise and solved cases of a business; safe to run twice."""
    for letter_id in recent(merchant_id):
        flag_ties(letter_id)


@handles(LOOK_AT_TEXT)
def look_at_text(about: str, spam: bool | None) -> None:
    """Take in a letter or comment as a signature; `spam`: a moderator called it advertising, or took that back. Safe to run twice."""
    found = text_of(about)
    if found is None:
        return
    letter_id, text = found
    made = sketch(text)
    if spam is None:
        crowds.take_in(about, letter_id, made)
    else:
        crowds.call_spam(about, letter_id, made, spam=spam)


def look_for_bursts() -> None:
    """Write down for the moderators where many voices came at once."""
    for burst in bursts():
        flag_votes(burst)


def look_again() -> None:
    """Look at the praise and solved cases of the last days again: people sign in from new places."""
    for letter_id in recent():
        flag_ties(letter_id)
