"""Work of responses that the worker does."""

from forum.core.jobs import handles
from forum.responses.actions.alike import RECOUNT, recount


@handles(RECOUNT)
def recount_copies(wording_id: int) -> None:
    """Set the label of the earlier responses with these words; harmless to run twice."""
    recount(wording_id)
