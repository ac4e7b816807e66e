"""The short forms of an author: a new version, an update, a farewell."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.core.forms import Characters, Form, LineField, OnceField, SeenField, TextField
from forum.letters.actions.revise import WHY_CHARACTERS
from forum.letters.models import TEXT_CHARACTERS, TITLE_CHARACTERS, UPDATE_CHARACTERS


class ReviseForm(Form):
    """A new version of a published letter."""

    seen = SeenField()
    title = LineField(_l("Title"), validators=[Characters(TITLE_CHARACTERS)])
    text = TextField(_l("Your letter"), validators=[Characters(TEXT_CHARACTERS)])
    why = LineField(_l("Why do you change it?"), validators=[Characters(WHY_CHARACTERS)])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.title.description = _("5 to 160 characters.")
        self.text.description = _("50 to 20,000 characters.")
        self.why.description = _("Shown in the revision history. 5 to 300 characters.")
        for field in (self.title, self.text, self.why):
            field.flags.required = True


class UpdateForm(Form):
    """A dated addition."""

    once = OnceField()
    text = TextField(_l("What is new?"), validators=[Characters(UPDATE_CHARACTERS)])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.text.description = _(
            "5 to 5,000 characters. It is added below your letter with today's date and cannot be changed later."
        )
        self.text.flags.required = True


class WithdrawForm(Form):
    """The author's word that the letter shall go."""

    seen = SeenField()
