"""Work of the pages that the worker does."""

from forum.core.jobs import handles
from forum.pages import figures
from forum.pages.reactions import COUNT_FIGURES


@handles(COUNT_FIGURES)
def count_figures(subject: int) -> None:
    """Count a business or the whole site anew; harmless to run twice."""
    figures.count(subject)
