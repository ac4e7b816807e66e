"""Businesses, who is told of letters about them, who claims to speak for them and who does."""

from forum.merchants.models.businesses import (
    LONGEST_DOMAIN_CHARACTERS,
    LONGEST_JOB_TITLE_CHARACTERS,
    LONGEST_MERCHANT_NAME_CHARACTERS,
    RECHECKED_EVERY,
    Merchant,
    MerchantName,
    Rechecked,
    Representative,
)
from forum.merchants.models.claims import OPEN_CLAIM, OPEN_OBJECTION, Claim, Objection
from forum.merchants.models.contacts import SOURCE_CHARACTERS, Contact

__all__ = [
    "LONGEST_DOMAIN_CHARACTERS",
    "LONGEST_JOB_TITLE_CHARACTERS",
    "LONGEST_MERCHANT_NAME_CHARACTERS",
    "OPEN_CLAIM",
    "OPEN_OBJECTION",
    "RECHECKED_EVERY",
    "SOURCE_CHARACTERS",
    "Claim",
    "Contact",
    "Merchant",
    "MerchantName",
    "Objection",
    "Rechecked",
    "Representative",
]
