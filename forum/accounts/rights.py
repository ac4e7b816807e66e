"""Roles and rights: the one table of who may do what by office; printed in docs/roles.md, asked by `User.may`."""

from enum import StrEnum


class Standing(StrEnum):
    """What a person is by office."""

    MEMBER = "member"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What an office allows; each is asked somewhere, none is there for later."""

    MODERATE = "moderate"
    JUDGE_APPEALS = "judge_appeals"
    SANCTION = "sanction"
    READ_PRIVATE = "read_private"
    ASK_SECOND = "ask_second"
    CONFIRM = "confirm"
    CHANGE_RIGHTS = "change_rights"
    SEE_READINGS = "see_readings"
    OPERATE = "operate"


MEANS: dict[Right, str] = {
    Right.MODERATE: "open the desk, see what is hidden, decide on letters, versions, comments, files, reports, claims",
    Right.JUDGE_APPEALS: "decide on appeals against what another moderator decided",
    Right.SANCTION: "warn, limit and suspend members, see a person's page",
    Right.READ_PRIVATE: "read private data with a reason of the closed list; each reading leaves a row",
    Right.ASK_SECOND: "ask for what needs two persons: an identity, deleting for good, a sanction against an office",
    Right.CONFIRM: "confirm, as the second person, what another asked for",
    Right.CHANGE_RIGHTS: "ask that somebody be appointed or dismissed; another person confirms",
    Right.SEE_READINGS: "see who read private data, when and why",
    Right.OPERATE: "run the site: categories, limits, announcements, read-only mode, jobs, mails, health; each change leaves a row",
}
"""What each right allows, for docs/roles.md."""

_MODERATOR = frozenset(
    {Right.MODERATE, Right.JUDGE_APPEALS, Right.SANCTION, Right.READ_PRIVATE, Right.ASK_SECOND, Right.CONFIRM}
)

RIGHTS: dict[Standing, frozenset[Right]] = {
    Standing.MEMBER: frozenset(),
    Standing.MODERATOR: _MODERATOR,
    Standing.ADMINISTRATOR: _MODERATOR | {Right.CHANGE_RIGHTS, Right.SEE_READINGS, Right.OPERATE},
}

OFFICES = tuple(one for one in Standing if RIGHTS[one])
"""Standings with rights: their holders need a second factor, and short sessions."""

JUDGES = tuple(one for one in Standing if Right.MODERATE in RIGHTS[one])
"""Standings whose holders moderate."""
