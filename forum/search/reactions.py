"""A letter enters the index when it becomes public and leaves it when it is no more, in the same transaction."""

from forum.core.events import Event, Kind, on
from forum.search.index import sync


@on(
    Kind.LETTER_PUBLISHED,
    Kind.LETTER_REINSTATED,
    Kind.REVISION_ACCEPTED,
    Kind.LETTER_WITHDRAWN,
    Kind.LETTER_TAKEN_DOWN,
)
def index(happened: Event) -> None:
    """Make the index agree with the letter."""
    if happened.letter_id is not None:
        sync([happened.letter_id])
