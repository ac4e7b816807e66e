"""Decisions with their appeals, and what waits."""

from forum.appeals.queries.appeals import (
    appeals_by,
    appeals_on,
    hearing_for,
    judges,
    others_may_judge,
    rows_for_the_desk,
    waiting_appeals,
)
from forum.appeals.queries.verdicts import (
    key_to_appeal,
    newest_decision,
    own_decisions,
    verdict_by_mail,
    verdict_for,
    verdict_of,
    verdict_of_report,
)

__all__ = [
    "appeals_by",
    "appeals_on",
    "hearing_for",
    "judges",
    "key_to_appeal",
    "newest_decision",
    "others_may_judge",
    "own_decisions",
    "rows_for_the_desk",
    "verdict_by_mail",
    "verdict_for",
    "verdict_of",
    "verdict_of_report",
    "waiting_appeals",
]
