"""The forms of legal matters."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, MultipleFileField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS
from forum.core.forms import Characters, Form, LineField, OnceField, SeenField, TextField
from forum.legal.lifecycle import ANSWERS, Demand, NoticeOutcome, Sender
from forum.legal.models import (
    ANSWER_CHARACTERS,
    LONGEST_REFERENCE_CHARACTERS,
    MOST_FILES,
    NAME_CHARACTERS,
    TEXT_CHARACTERS,
    WHY_CHARACTERS,
)
from forum.legal.words import DEMANDS, OUTCOMES, SENDERS
from forum.letters.forms.fields import DayField

LONGEST_LIST_CHARACTERS = 8_000
LONGEST_ADDRESS_CHARACTERS = 500


class NoticeForm(Form):
    """A legal notice as it came in."""

    file_fields: ClassVar[tuple[str, ...]] = ("files",)
    sender = RadioField(_l("Who sends it?"), validate_choice=False)
    name = LineField(
        _l("Name of the sender"),
        [Characters((0, NAME_CHARACTERS[1]))],
        description=_l("Only moderators see it where it is a person; authors see the name of a business."),
    )
    counsel = LineField(_l("Their lawyer, if one writes"), [Characters((0, NAME_CHARACTERS[1]))])
    email = LineField(
        _l("E-mail address for the answer"),
        [Characters((0, LONGEST_EMAIL_CHARACTERS))],
        description=_l("Empty: the answer goes by post."),
    )
    business = LineField(
        _l("Address of the business's page on this site"),
        [Characters((0, LONGEST_ADDRESS_CHARACTERS))],
        description=_l("If it has one: moderators with a part in it then keep away."),
    )
    reference = LineField(_l("Their reference"), [Characters((0, LONGEST_REFERENCE_CHARACTERS))])
    received_on = DayField(_l("Received on"), [Optional()])
    demands = SelectMultipleField(
        _l("What does it demand?"),
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    text = TextField(
        _l("What it demands, in plain words"),
        [Characters((0, TEXT_CHARACTERS[1]))],
        description=_l("The authors read these words. Leave out names of persons."),
    )
    things = TextField(
        _l("Addresses of the letters and comments"),
        [Characters((0, LONGEST_LIST_CHARACTERS))],
        description=_l("Each on a line of its own, as in the browser's address bar."),
    )
    files = MultipleFileField(_l("The document"))
    once = OnceField()
    most_files = MOST_FILES

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sender.choices = [SelectChoice(one.value, SENDERS[one]) for one in Sender]
        self.demands.choices = [SelectChoice(one.value, DEMANDS[one]) for one in Demand]

    @property
    def chosen_sender(self) -> Sender | None:
        """Who sends it, None while there is nobody."""
        return Sender(self.sender.data) if self.sender.data in set(Sender) else None

    @property
    def chosen_demands(self) -> list[Demand]:
        """What of the closed list is ticked."""
        return [one for one in Demand if one.value in (self.demands.data or [])]


class AnswerForm(Form):
    """How a notice is answered."""

    outcome = SelectField(_l("How is it answered?"), default="", validate_choice=False)
    text = TextField(
        _l("The answer"),
        [Characters((0, ANSWER_CHARACTERS[1]))],
        description=_l(
            "It goes by mail to who sent the notice, and stays here. The authors read how it was answered, not these words."
        ),
    )
    seen = SeenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.outcome.choices = [
            SelectChoice("", _("Choose how")),
            *(SelectChoice(one.value, OUTCOMES[one]) for one in ANSWERS),
        ]

    @property
    def chosen(self) -> NoticeOutcome | None:
        """The outcome, None while there is none."""
        return NoticeOutcome(self.outcome.data) if self.outcome.data in set(NoticeOutcome) else None


class HoldForm(Form):
    """A letter whose data are to be held."""

    thing = LineField(_l("Address of the letter"), [Characters((0, LONGEST_ADDRESS_CHARACTERS))])
    why = TextField(
        _l("Why is it held?"), [Characters((0, WHY_CHARACTERS[1]))], description=_l("For moderators."), id="hold-why"
    )
    quiet = BooleanField(_l("The law or an order forbids to tell the author"))
    once = OnceField()


class ReleaseForm(Form):
    """Why a hold may end."""

    why = TextField(
        _l("Why may it end?"),
        [Characters((0, WHY_CHARACTERS[1]))],
        id="release-why",
        description=_l("For the second person, who has to confirm it."),
    )
