"""Loading legal matters."""

from forum.legal.queries.figures import Figures, figures
from forum.legal.queries.holds import hold_for, holds, holds_of, letter_to_hold
from forum.legal.queries.notices import (
    concerning,
    matter_of,
    matter_of_letters,
    near_due,
    notice_by_id,
    notice_for,
    own_notice,
    rows_for_the_desk,
    waiting,
    waiting_ids,
    waiting_notices,
)

__all__ = [
    "Figures",
    "concerning",
    "figures",
    "hold_for",
    "holds",
    "holds_of",
    "letter_to_hold",
    "matter_of",
    "matter_of_letters",
    "near_due",
    "notice_by_id",
    "notice_for",
    "own_notice",
    "rows_for_the_desk",
    "waiting",
    "waiting_ids",
    "waiting_notices",
]
