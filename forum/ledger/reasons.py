"""Which closed list of reasons belongs to which act: its values stand in rows."""

from enum import StrEnum
from typing import Final

from forum.contests.lifecycle import Finding, Ground
from forum.ledger.lifecycle import Act
from forum.merchants.lifecycle import ObjectionReason
from forum.moderation.lifecycle import JoinReason, Reason, ReportReason
from forum.orders.lifecycle import OrderReason
from forum.people.lifecycle import SanctionReason
from forum.redactions.lifecycle import Reason as CoverReason

LISTS: Final[dict[Act, type[StrEnum]]] = {
    Act.WORDS_COVERED: CoverReason,
    Act.WORDS_RESTORED: CoverReason,
    Act.BUSINESSES_MERGED: JoinReason,
    Act.BUSINESS_SPLIT: JoinReason,
    Act.OBJECTION_DECIDED: ObjectionReason,
    Act.REPORTS_DECIDED: ReportReason,
    **dict.fromkeys((Act.ACCOUNT_WARNED, Act.ACCOUNT_LIMITED, Act.ACCOUNT_SUSPENDED, Act.ACCOUNT_FREED), SanctionReason),
    **dict.fromkeys((Act.ORDER_RECEIVED, Act.ORDER_DECIDED), OrderReason),
    Act.CONTEST_OPENED: Ground,
    Act.CONTEST_DECIDED: Finding,
}
"""Every other act has a reason of the moderators' list, or none."""


def list_of(act: Act) -> type[StrEnum]:
    """Return the closed list of an act's reasons."""
    return LISTS.get(act, Reason)


def reasons_of(act: Act) -> list[str]:
    """Return the values an act's reason may have."""
    return [str(one) for one in list_of(act)]
