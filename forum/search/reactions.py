"""A letter enters the index when it becomes public and leaves it when it is no more, in the same transaction."""

from forum.core.events import Event, Kind, on
from forum.core.jobs import enqueue
from forum.search.index import sync

INDEX_BUSINESS = "index_business"


@on(
    Kind.LETTER_PUBLISHED,
    Kind.LETTER_REINSTATED,
    Kind.REVISION_ACCEPTED,
    Kind.LETTER_WITHDRAWN,
    Kind.LETTER_TAKEN_DOWN,
    Kind.LETTER_READDRESSED,
    Kind.WORDS_REDACTED,
    Kind.WORDS_RESTORED,
    Kind.COMMENT_REDACTED,
)
def index(happened: Event) -> None:
    """Make the index agree with the letter."""
    if happened.letter_id is not None:
        sync([happened.letter_id])


@on(Kind.MERCHANT_MERGED, Kind.MERCHANT_SPLIT, Kind.NAME_ADDED, Kind.NAME_REMOVED)
def index_business(happened: Event) -> None:
    """Have the worker index the letters of a business under its names as they are now; until then the old ones find them."""
    for merchant_id in {happened.merchant_id, happened.data.get("other_id")} - {None}:
        enqueue(INDEX_BUSINESS, dedupe=f"{INDEX_BUSINESS}:{merchant_id}:{happened.id}", merchant_id=merchant_id, behind=0)
