"""Which lists of words and links there are."""

from enum import StrEnum


class TermList(StrEnum):
    """What a word or link of a list advertises."""

    GAMBLING = "gambling"
    LOAN = "loan"  # unlawful loans, and those who promise to free from them
    OTHER = "other"
