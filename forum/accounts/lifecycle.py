"""What an account begins with and what it leaves behind."""

from datetime import timedelta
from enum import StrEnum

RULES_VERSION = "2026-11"  # of the rules a person consents to; change it with the page of rules
CLOSED_NAME = "Penulis menghapus akun"  # stands under what a closed account wrote
RESERVED_NAMES = frozenset({"redaksi", "moderator", "admin", "administrator", CLOSED_NAME.casefold()})
TIME_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

CONFIRM_LIVES = timedelta(days=3)
RESET_LIVES = timedelta(minutes=60)
CHANGE_EMAIL_LIVES = timedelta(hours=24)


class Private(StrEnum):
    """Private data that is read with a reason."""

    DETAILS = "details"  # the private details of a letter's cases
    EMAIL = "email"
    MAILED = "mailed"  # the address to which a mail went
    IDENTITY = "identity"  # name and address behind initials; needs two persons before


class ReadingReason(StrEnum):
    """Why private data is read; a closed list."""

    REVIEW = "review"  # a letter or version that waits
    REPORT = "report"
    APPEAL = "appeal"
    DATA_REQUEST = "data_request"  # of the person
    ORDER = "order"  # of a court or authority
    SAFETY = "safety"  # an account in wrong hands, an attack


class Scope(StrEnum):
    """What a limit takes away for a while."""

    LETTERS = "letters"
    COMMENTS = "comments"
    REPORTS = "reports"
