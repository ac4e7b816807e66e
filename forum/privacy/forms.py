"""The forms of data requests: of an account, of a person without one, of the moderator who decides."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS
from forum.core.forms import Characters, Form, LineField, TextField
from forum.privacy.lifecycle import DataKind, Refusal
from forum.privacy.models import MESSAGE_CHARACTERS, TEXT_CHARACTERS
from forum.privacy.words import KINDS, REFUSALS


class _AskForm(Form):
    kind = RadioField(
        _l("What do you ask for?"), choices=[SelectChoice(one.value, words) for one, words in KINDS.items()], validators=[InputRequired()]
    )
    text = TextField(
        _l("In your own words"),
        [Characters((0, TEXT_CHARACTERS[1]))],
        description=_l("For a correction: what is wrong, where, and how it is right. Else you may leave this empty."),
    )
    everything = BooleanField(
        _l("Delete also what others can see"),
        description=_l("For a deletion: letters, comments and replies lose their words for good. Two moderators look at this first."),
    )

    @property
    def chosen(self) -> DataKind:
        """What is asked for."""
        return DataKind(self.kind.data)

    @property
    def whole(self) -> bool:
        """Whether a deletion takes also what others see."""
        return bool(self.everything.data) and self.chosen is DataKind.DELETION


class OwnForm(_AskForm):
    """What the holder of an account asks."""

    current_password = PasswordField(
        _l("Present password"), [InputRequired()], description=_l("We ask for it again, so that nobody else can do this.")
    )


class MailForm(_AskForm):
    """What a person without an account asks."""

    email = LineField(
        _l("E-mail address"),
        [InputRequired(), Characters((3, LONGEST_EMAIL_CHARACTERS))],
        description=_l("The one that you gave when you reported, contested or replied. You get a link that proves it is yours."),
    )


class FetchForm(Form):
    """The password again, before the copy is handed out."""

    current_password = PasswordField(
        _l("Present password"), [InputRequired()], description=_l("We ask for it again, so that nobody else can do this.")
    )


class ReviewForm(Form):
    """A decision; `decision` is the button that was pressed."""

    decision = StringField()
    reason = SelectField(_l("Reason"), default="", validate_choice=False, description=_l("Needed for a refusal."))
    message = TextField(_l("What you did, or why not"), [Characters(MESSAGE_CHARACTERS)])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = [
            SelectChoice("", _("Choose a reason")), *(SelectChoice(one.value, words) for one, words in REFUSALS.items())
        ]  # fmt: skip

    @property
    def chosen(self) -> Refusal | None:
        """The reason of the closed list, None while there is none."""
        return Refusal(self.reason.data) if self.reason.data in set(Refusal) else None
