"""What is asked about redactions."""

from forum.redactions.queries.lists import redaction_for, redactions_of
from forum.redactions.queries.places import rows_under, spots_under
from forum.redactions.queries.plan import Finding, Plan, planned, proposals

__all__ = [
    "Finding",
    "Plan",
    "planned",
    "proposals",
    "redaction_for",
    "redactions_of",
    "rows_under",
    "spots_under",
]
