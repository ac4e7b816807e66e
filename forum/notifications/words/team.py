"""What owners and members of a business's team are told."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.merchants.lifecycle import TeamRole
from forum.notifications.subjects import Subject
from forum.notifications.words.form import Words, path
from forum.team.words import role_meaning, role_words


def _role(s: Subject) -> TeamRole:
    said = s.data("team_role")
    return TeamRole(said) if said in set(TeamRole) else TeamRole.READER


def _name(s: Subject) -> str:
    return s.member.name if s.member is not None else _("Somebody")


def _team(s: Subject, line: str, *more: str) -> Words:
    place = path("team.members", slug=s.merchant.slug) if s.merchant is not None else ""
    return Words(line, more, path=place, button=_("Open the team"))


def _invited(s: Subject) -> Words:
    return _team(s, _("Somebody was invited to the team of %(business)s.", business=s.business))


def _cancelled(s: Subject) -> Words:
    return _team(s, _("An invitation to the team of %(business)s was taken back.", business=s.business))


def _joined(s: Subject) -> Words:
    line = _(
        "%(name)s joined the team of %(business)s (%(role)s).",
        name=_name(s), business=s.business, role=role_words(_role(s)).lower(),
    )  # fmt: skip
    return _team(s, line)


def _role_changed(s: Subject) -> Words:
    role = _role(s)
    line = _("Your role in the team of %(business)s is now: %(role)s.", business=s.business, role=role_words(role).lower())
    more = (_("It means: %(meaning)s.", meaning=role_meaning(role)), _("You were signed out; please sign in again."))
    return Words(line, more, path=path("desk.board"), button=_("Open the response desk"))


def _team_role_changed(s: Subject) -> Words:
    line = _(
        "The role of %(name)s in the team of %(business)s is now: %(role)s.",
        name=_name(s), business=s.business, role=role_words(_role(s)).lower(),
    )  # fmt: skip
    return _team(s, line)


def _ended(s: Subject) -> Words:
    return Words(
        _("You are not of the team of %(business)s any more.", business=s.business),
        (_("What you signed stays. If that is a mistake, ask an owner of the team for an invitation."),),
        path=path("desk.board"),
        button=_("Open the response desk"),
    )


def _team_ended(s: Subject) -> Words:
    return _team(s, _("%(name)s is not of the team of %(business)s any more.", name=_name(s), business=s.business))


WORDS: dict[str, Callable[[Subject], Words]] = {
    "team_invited": _invited,
    "invitation_cancelled": _cancelled,
    "team_joined": _joined,
    "role_changed": _role_changed,
    "team_role_changed": _team_role_changed,
    "membership_ended": _ended,
    "team_member_ended": _team_ended,
}
