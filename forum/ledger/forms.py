"""What a moderator fills in to correct a row, and the sentences of what can go wrong."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from forum.core.forms import Form
from forum.core.sentences import sentences
from forum.ledger import words
from forum.ledger.lifecycle import AskedBy, Outcome, Why, outcomes_like
from forum.ledger.models import LedgerRow
from forum.ledger.reasons import reasons_of

sentences(
    {
        "same_as_before": lambda _facts: _("Nothing of it is other than in the row: please choose what is right."),
        "corrected_already": lambda _facts: _("This row was corrected meanwhile. A wrong correction is corrected in its own row."),
    }
)


class CorrectionForm(Form):
    """What was wrong in a row and what is right; what is not touched stays as it was."""

    why = RadioField(
        _l("What is wrong with this row?"),
        [InputRequired()],
        choices=[SelectChoice(one.value, label) for one, label in words.WHYS.items()],
    )
    asked_by = SelectField(
        _l("Whose request it was"), choices=[SelectChoice(one.value, label) for one, label in words.ASKED_BY.items()]
    )
    reason = SelectField(_l("Reason"))
    outcome = SelectField(_l("Outcome"))

    def __init__(self, row: LedgerRow, **kwargs: Any) -> None:
        super().__init__(
            asked_by=row.asked_by.value, reason=row.reason or "", outcome=row.outcome.value, **kwargs
        )
        self.outcome.choices = [SelectChoice(one.value, words.OUTCOMES[one]) for one in outcomes_like(row.outcome)]
        known = [SelectChoice(one, words.reason_of(row.act, one)) for one in reasons_of(row.act)]
        self.reason.choices = [SelectChoice("", _("None"))] * (row.reason is None) + known

    @property
    def chosen_why(self) -> Why:
        """What is wrong; asked after the form was found to hold."""
        return Why(self.why.data)

    @property
    def chosen_asker(self) -> AskedBy:
        """Whose request it was."""
        return AskedBy(self.asked_by.data)

    @property
    def chosen_outcome(self) -> Outcome:
        """How it ended."""
        return Outcome(self.outcome.data)
