"""An order of an authority to take something down: who orders, on what ground, its states and moves, how it ends. Pure."""

from enum import StrEnum
from typing import Final


class AuthorityKind(StrEnum):
    """What kind of authority ordered it; a closed list."""

    MINISTRY = "ministry"
    POLICE = "police"
    PROSECUTOR = "prosecutor"
    COURT = "court"
    REGULATOR = "regulator"
    OTHER = "other"


class Hours(StrEnum):
    """How fast it has to be carried out, from receipt; the hours are settings."""

    URGENT = "urgent"
    NORMAL = "normal"


class OrderReason(StrEnum):
    """The legal ground of an order, why it is refused, or why it ends; a closed list, shown in the ledger."""

    # grounds
    TERRORISM = "terrorism"
    CHILD_ABUSE = "child_abuse"
    UNREST = "unrest"
    GAMBLING = "gambling"
    FRAUD = "fraud"
    PERSONAL_DATA = "personal_data"
    DEFAMATION = "defamation"
    COURT_DECISION = "court_decision"
    OTHER_LAW = "other_law"
    # refusals
    NOT_AUTHORITY = "not_authority"
    NO_GROUND = "no_ground"
    NOT_OURS = "not_ours"  # nothing of it stands on this site
    UNCLEAR = "unclear"
    # how an objection ends
    AUTHORITY_WITHDREW = "authority_withdrew"
    COURT_LIFTED = "court_lifted"
    OUR_MISTAKE = "our_mistake"
    ORDER_HOLDS = "order_holds"


GROUNDS: Final = (
    OrderReason.TERRORISM, OrderReason.CHILD_ABUSE, OrderReason.UNREST, OrderReason.GAMBLING, OrderReason.FRAUD,
    OrderReason.PERSONAL_DATA, OrderReason.DEFAMATION, OrderReason.COURT_DECISION, OrderReason.OTHER_LAW,
)  # fmt: skip
REFUSALS: Final = (OrderReason.NOT_AUTHORITY, OrderReason.NO_GROUND, OrderReason.NOT_OURS, OrderReason.UNCLEAR)
LIFTS: Final = (OrderReason.AUTHORITY_WITHDREW, OrderReason.COURT_LIFTED, OrderReason.OUR_MISTAKE)


class OrderState(StrEnum):
    """Where an order stands."""

    RECEIVED = "received"
    CHECKED = "checked"  # it is genuine
    CARRIED_OUT = "carried_out"
    REFUSED = "refused"
    OBJECTED = "objected"  # somebody concerned sent a counter-notice
    RESTORED = "restored"
    STANDS = "stands"


class OrderMove(StrEnum):
    """What can happen to an order."""

    CHECK = "check"
    CARRY_OUT = "carry_out"
    REFUSE = "refuse"
    OBJECT = "object"
    RESTORE = "restore"
    UPHOLD = "uphold"


OPEN: Final = (OrderState.RECEIVED, OrderState.CHECKED)
BLOCKING: Final = (OrderState.CARRIED_OUT, OrderState.OBJECTED, OrderState.STANDS)
"""While it stands so, its targets answer 451."""
ORDER_MOVES: Final[dict[tuple[OrderState, OrderMove], OrderState]] = {
    (OrderState.RECEIVED, OrderMove.CHECK): OrderState.CHECKED,
    (OrderState.RECEIVED, OrderMove.REFUSE): OrderState.REFUSED,
    (OrderState.CHECKED, OrderMove.CARRY_OUT): OrderState.CARRIED_OUT,
    (OrderState.CHECKED, OrderMove.REFUSE): OrderState.REFUSED,
    (OrderState.CARRIED_OUT, OrderMove.OBJECT): OrderState.OBJECTED,
    (OrderState.OBJECTED, OrderMove.UPHOLD): OrderState.STANDS,
    **{(state, OrderMove.RESTORE): OrderState.RESTORED for state in BLOCKING},
}
