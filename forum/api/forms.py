"""The form of a token."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from forum.api.lifecycle import LIVES, Scope
from forum.api.models import TOKEN_NAME_CHARACTERS
from forum.core.forms import Characters, Form, LineField, OnceField
from forum.core.sentences import sentences

sentences(
    {
        "no_scope": lambda _facts: _("Please choose at least one thing that the token may do."),
        "bad_life": lambda _facts: _("Please choose from the list."),
        "tokens_full": lambda facts: _("At most %(most)s tokens work at a time; end one first.", most=facts["most"]),
        "token_made": lambda _facts: _(
            "This form was sent before, and its token was shown then. If you did not copy it, end it and make another."
        ),
    }
)


def scope_words(scope: Scope) -> str:
    """Return what a permission lets its holder do."""
    words = {
        Scope.READ_CASES: _("read the cases of the business"),
        Scope.READ_DETAILS: _("read the private details that authors gave to the business"),
        Scope.WRITE_RESPONSES: _("acknowledge letters and publish official responses in your name"),
    }
    return str(words[scope])


class TokenForm(Form):
    """A new token."""

    once = OnceField()
    name = LineField(
        _l("What it is for"),
        [InputRequired(), Characters(TOKEN_NAME_CHARACTERS)],
        description=_l("Such as the name of the system that uses it."),
    )
    scopes = SelectMultipleField(
        _l("It may"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    life = RadioField(_l("It lasts"), [InputRequired()])

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.scopes.choices = [SelectChoice(scope.value, scope_words(scope)) for scope in Scope]
        self.life.choices = [SelectChoice(str(one.days), ngettext("%(num)s day", "%(num)s days", one.days)) for one in LIVES]
