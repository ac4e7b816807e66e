"""Forms of a team."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS
from forum.core.forms import Characters, Form, LineField
from forum.core.sentences import sentences
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import LONGEST_JOB_TITLE_CHARACTERS
from forum.team.words import role_meaning, role_words

sentences(
    {
        "in_team": lambda _facts: _("This address belongs to somebody of the team already."),
        "too_many_invitations": lambda facts: _(
            "%(most)s invitations are open. Please take some back first.", most=facts["most"]
        ),
        "invitation_over": lambda _facts: _(
            "It was used, replaced or taken back, or it is older than 7 days. "
            "Please ask the owner of the team for a new one."
        ),
        "invitation_accepted": lambda _facts: _("This invitation was accepted meanwhile. You can end the membership instead."),
        "member_gone": lambda _facts: _("This person is not of the team any more."),
        "last_owner": lambda facts: _(
            "The team of %(merchant)s needs an owner. Please make somebody else an owner on its page; then this is possible.",
            merchant=facts["merchant"],
        ),
    }
)


class InviteForm(Form):
    """Somebody is asked into the team."""

    email = LineField(
        _l("E-mail address"),
        [InputRequired(), Characters((3, LONGEST_EMAIL_CHARACTERS))],
        description=_l(
            "At the domain of the business it proves itself. Any other address is shown publicly as invited by the owner."
        ),
    )
    job_title = LineField(
        _l("Job title"),
        [InputRequired(), Characters((2, LONGEST_JOB_TITLE_CHARACTERS))],
        description=_l("Shown on the public page of proofs."),
    )
    role = RadioField(_l("Role"), [InputRequired()], default=TeamRole.AGENT.value)

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.role.choices = [SelectChoice(role.value, f"{role_words(role)}: {role_meaning(role)}") for role in TeamRole]


class RoleForm(Form):
    """A member may do more or less."""

    role = RadioField(_l("Role"), [InputRequired()])

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.role.choices = [SelectChoice(role.value, role_words(role)) for role in TeamRole]


class ButtonForm(Form):
    """Only a button."""
