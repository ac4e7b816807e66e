"""Small forms for what follows a response: a promise, a proposal, a moderator's word, public phone numbers."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from forum.core.forms import Characters, Form, LineField, TextField
from forum.responses.actions.alike import OVERRULE_CHARACTERS
from forum.responses.actions.promises import DONE_CHARACTERS
from forum.responses.actions.proposals import PROPOSAL_CHARACTERS
from forum.responses.forms import Guarded


class DoneForm(Guarded):
    """The business says that a promise is done."""

    text = LineField(
        _l("What was done"),
        [InputRequired(), Characters(DONE_CHARACTERS)],
        description=_l(
            "One public line, for example: transferred on 3 March. The author is asked whether it was kept."
        ),
    )


class ProposalForm(Guarded):
    """The business proposes that the case is solved."""

    text = TextField(
        _l("Why it is solved"),
        [InputRequired(), Characters(PROPOSAL_CHARACTERS)],
        description=_l(
            "Public. The author gets one question with these words; without an answer the page says so for good."
        ),
    )


class OverruleForm(Form):
    """A moderator lets a uniform response count."""

    message = TextField(
        _l("Why it counts"),
        [InputRequired(), Characters(OVERRULE_CHARACTERS)],
        description=_l("Goes to the business and the author; the journey of the letter says that it was done."),
    )


class NumberForm(Form):
    """A public phone number of a business."""

    number = LineField(_l("Phone number"), [InputRequired(), Characters((7, 40))])
