"""Forms of the lists."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from forum.core.forms import Characters, Form, LineField
from forum.core.sentences import sentences
from forum.crowds.lifecycle import TermList
from forum.crowds.models import TERM_CHARACTERS, WHY_CHARACTERS
from forum.crowds.words import LISTS

sentences(
    {
        "term_too_short": lambda facts: _("A word has at least %(least)s letters: shorter ones stand in too many.", least=facts["least"]),
        "term_known": lambda _facts: _("This is looked for already."),
        "term_gone": lambda _facts: _("This is not looked for any more."),
    }
)


class TermForm(Form):
    """A word, words in a row, or the name of a site to look for."""

    term = LineField(
        _l("Word, words in a row, or name of a site"),
        [InputRequired(), Characters(TERM_CHARACTERS)],
        description=_l("As it is read: other alphabets, digits for letters and letters apart are found, too."),
    )
    list = SelectField(_l("List"), validate_choice=True)
    why = LineField(_l("Why"), [InputRequired(), Characters(WHY_CHARACTERS)])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.list.choices = [SelectChoice(one.value, LISTS[one]) for one in TermList]


class RemovalForm(Form):
    """A word of the lists to be looked for no more."""

    key = HiddenField()
    why = LineField(_l("Why"), [InputRequired(), Characters(WHY_CHARACTERS)])
