"""What a figure can tell apart: how a case stands against its limit, what became of a contest, how a letter left the site."""

from enum import StrEnum


class Timing(StrEnum):
    """How a case stands against the working days its business has to answer; computed for a day, never stored."""

    IN_TIME = "in_time"  # answered on the last day of the limit or before
    LATE = "late"  # answered after it
    WAITING = "waiting"  # not answered, the limit is not passed
    OVERDUE = "overdue"  # not answered, the limit is passed
    UNNOTIFIED = "unnotified"  # not answered, and the business was never told


class Contest(StrEnum):
    """What became of a business's contests of one letter: one that is open goes before one that was decided."""

    NONE = "none"
    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


class Removal(StrEnum):
    """How a published letter left the site last."""

    NONE = "none"
    TAKEN_DOWN = "taken_down"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"  # by its author


class RemovedBy(StrEnum):
    """At whose request a moderator took a letter down, as far as the events tell."""

    NOBODY = "nobody"  # it was not taken down
    AUTHORITY = "authority"  # an order of a court or an authority
    BUSINESS = "business"
    READER = "reader"
    MODERATOR = "moderator"  # of the moderators' own accord


class Grain(StrEnum):
    """What a figure counts."""

    CASE = "case"
    RESPONSE = "response"
