"""Work of the search that the worker does."""

from forum.core.jobs import handles
from forum.search.index import sync_business
from forum.search.reactions import INDEX_BUSINESS


@handles(INDEX_BUSINESS)
def index_business(merchant_id: int, behind: int) -> None:
    """Index the letters of a business anew, batch by batch; harmless to run twice."""
    while behind >= 0:
        behind = sync_business(merchant_id, behind)
