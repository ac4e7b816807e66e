"""Roles of a team in words."""

from flask_babel import gettext as _

from forum.merchants.lifecycle import TeamRole


def role_words(role: TeamRole) -> str:
    """Return the name of a role."""
    return str(
        {
            TeamRole.OWNER: lambda: _("Owner"),
            TeamRole.AGENT: lambda: _("Agent"),
            TeamRole.READER: lambda: _("Reader"),
        }[role]()
    )


def role_meaning(role: TeamRole) -> str:
    """Return what somebody in this role may do."""
    return str(
        {
            TeamRole.OWNER: lambda: _("answers letters and looks after the team"),
            TeamRole.AGENT: lambda: _("answers letters in the name of the business"),
            TeamRole.READER: lambda: _("reads letters and private details, writes nothing in the name of the business"),
        }[role]()
    )
