"""What is asked about contests."""

from forum.contests.queries.lists import (
    author_late,
    decisions,
    is_contested,
    open_of_case,
    overdue,
    rows_for_the_desk,
    to_remind,
    waiting,
)
from forum.contests.queries.one import (
    contest_by_id,
    contest_for,
    decided_on,
    dispute,
    files_of,
    not_customer_yet,
    open_on,
)
from forum.contests.queries.shown import Shown, shown_on

__all__ = [
    "Shown",
    "author_late",
    "contest_by_id",
    "contest_for",
    "decided_on",
    "decisions",
    "dispute",
    "files_of",
    "is_contested",
    "not_customer_yet",
    "open_of_case",
    "open_on",
    "overdue",
    "rows_for_the_desk",
    "shown_on",
    "to_remind",
    "waiting",
]
