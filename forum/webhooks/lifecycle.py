"""What a webhook tells of, by which name, and how a delivery lives."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from forum.core.events import Kind

TYPES: Final[dict[Kind, str]] = {
    Kind.LETTER_PUBLISHED: "letter.published",
    Kind.LETTER_WITHDRAWN: "letter.withdrawn",
    Kind.LETTER_TAKEN_DOWN: "letter.taken_down",
    Kind.LETTER_REINSTATED: "letter.reinstated",
    Kind.REVISION_ACCEPTED: "letter.revised",
    Kind.UPDATE_ADDED: "letter.updated",
    Kind.CASE_ACKNOWLEDGED: "case.acknowledged",
    Kind.CASE_ASKED: "case.asked",
    Kind.QUESTION_ANSWERED: "case.question_answered",
    Kind.QUESTION_LAPSED: "case.question_lapsed",
    Kind.CASE_ANSWERED: "case.answered",
    Kind.BUSINESS_REMINDED: "case.reminded",
    Kind.OUTCOME_SET: "case.outcome_set",
    Kind.OUTCOME_REOPENED: "case.reopened",
    Kind.OUTCOME_UNCONFIRMED: "case.unconfirmed",
}
TEST: Final = "webhook.test"
RETRIES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 600, 840, 1200, 1440))
"""Pauses between the tries of a delivery, three days in all; as Standard Webhooks advises (standardwebhooks.com, "Retries")."""
FAILING_FOR: Final = timedelta(days=5)
"""A webhook that took nothing for so long is ended, and its owners are told."""


class DeliveryState(StrEnum):
    """Where a delivery is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class EndReason(StrEnum):
    """Why a webhook ended."""

    REMOVED = "removed"
    FAILING = "failing"
    GONE = "gone"  # its server answered 410
    UNPROVEN = "unproven"  # who added it, or the whole team, speaks for the business no more
