"""What a token may do."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

LIVES: Final = (timedelta(days=30), timedelta(days=90), timedelta(days=365))
"""How long a token may last; none lasts for ever."""


class Scope(StrEnum):
    """One permission of a token."""

    READ_CASES = "cases:read"
    READ_DETAILS = "details:read"  # the author's private details, as the business sees them on its desk
    WRITE_RESPONSES = "responses:write"
