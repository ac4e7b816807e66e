"""Counting, which the worker does."""

from forum.core.clock import utcnow
from forum.core.jobs import handles
from forum.statistics import actions, figures
from forum.statistics.reactions import COUNT_FIGURES, DERIVE_FACTS, REBUILD_FIGURES


@handles(COUNT_FIGURES)
def count_figures(subject: str) -> None:
    """Count a subject anew, not more often than its size allows; harmless to run twice."""
    earliest = figures.rested_until(subject)
    if earliest > utcnow():
        actions.count_later(subject, earliest)
    else:
        figures.count(subject)


@handles(DERIVE_FACTS)
def derive_facts(merchant_id: int) -> None:
    """Derive the facts of a business's cases anew, then have its figures counted; harmless to run twice."""
    figures.derive_all(merchant_id)
    actions.mark_business(merchant_id)


@handles(REBUILD_FIGURES)
def rebuild_figures() -> None:
    """Derive and count everything; harmless to run twice."""
    figures.count_all()
