"""What a hint is."""

from enum import StrEnum
from typing import Final, NamedTuple

MAX_HINTS: Final = 100


class Kind(StrEnum):
    """What a hint seems to be."""

    EMAIL = "email"
    ORDER = "order"  # of an order, ticket, policy, contract or customer
    TRACKING = "tracking"
    PHONE = "phone"
    NIK = "nik"
    CARD = "card"
    ACCOUNT = "account"
    DOCUMENT = "document"  # a passport's, licence's or tax number; in a file's name also the word for such a paper
    PLATE = "plate"
    NAME = "name"


class Hint(NamedTuple):
    """A stretch of the text, `text[start:end] == found`, and what to put in its place."""

    start: int
    end: int
    kind: Kind
    found: str
    mask: str
