"""What is asked of the ledger."""

from forum.ledger.queries.days import all_days, days_of, end_before, first_moment, newest_day, pages_of_rows
from forum.ledger.queries.figures import Figures, figures
from forum.ledger.queries.lists import (
    PAGE_ROWS,
    Entry,
    Filters,
    business_named,
    businesses,
    count_of,
    every,
    months,
    newest_about,
    page_of,
)
from forum.ledger.queries.one import begin_correcting, corrected_by, entry, hash_of, of_event, others_about, written

__all__ = [
    "PAGE_ROWS",
    "Entry",
    "Figures",
    "Filters",
    "all_days",
    "begin_correcting",
    "business_named",
    "businesses",
    "corrected_by",
    "count_of",
    "days_of",
    "end_before",
    "entry",
    "every",
    "figures",
    "first_moment",
    "hash_of",
    "months",
    "newest_about",
    "newest_day",
    "of_event",
    "others_about",
    "page_of",
    "pages_of_rows",
    "written",
]
