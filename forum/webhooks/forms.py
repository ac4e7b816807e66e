"""Forms of webhooks."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from forum.core.forms import Characters, Form, LineField, OnceField
from forum.webhooks import words
from forum.webhooks.lifecycle import TYPES
from forum.webhooks.models import LONGEST_URL_CHARACTERS


class WebhookForm(Form):
    """An address that is told."""

    once = OnceField()
    address = LineField(
        _l("Address"),
        [InputRequired(), Characters((10, LONGEST_URL_CHARACTERS))],
        description=_l("Begins with https:// and belongs to a server of yours on the public internet."),
    )
    kinds = SelectMultipleField(
        _l("Only these kinds"),
        description=_l("Nothing chosen: all of them."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.kinds.choices = [SelectChoice(name, f"{words.type_words(name)} ({name})") for name in TYPES.values()]


class ButtonForm(Form):
    """A button without a field."""
