"""Looking up data requests, what is held on a person, and the processing log."""

from forum.privacy.queries.log import processing, whole_log
from forum.privacy.queries.owned import Person, held_letters, owns, person_of, rows_of
from forum.privacy.queries.requests import (
    attend,
    decisions,
    half_over,
    mine,
    number_waiting,
    of_account,
    request_by_id,
    rows_for_the_desk,
    waiting_requests,
)

__all__ = [
    "Person",
    "attend",
    "decisions",
    "half_over",
    "held_letters",
    "mine",
    "number_waiting",
    "of_account",
    "owns",
    "person_of",
    "processing",
    "request_by_id",
    "rows_for_the_desk",
    "rows_of",
    "waiting_requests",
    "whole_log",
]
