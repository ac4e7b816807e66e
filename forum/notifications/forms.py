"""The form of mail choices."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS
from forum.core.forms import Characters, Form, LineField
from forum.core.sentences import sentences
from forum.merchants.lifecycle import ContactPurpose
from forum.notifications.choices import Choice, Group
from forum.notifications.words.choices import choice_words, group_words, purpose_words

sentences(
    {
        "answer_link_over": lambda _facts: _("This link works no more. Nothing was published; your words are still here."),
        "contact_link_over": lambda _facts: _("This link works no more."),
    }
)


class Choices(SelectMultipleField):
    """A group of check boxes; what is ticked is wanted."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = "SelectMultipleField"  # so `ui/field.html` draws it

    def pre_validate(self, form: Any) -> None:
        """Leave out what is no choice of ours: an old page may still hold one."""
        known = {choice.value for choice in self.choices}
        self.data: list[str] = [value for value in self.data or [] if value in known]


class ContactForm(Form):
    """An address that shall be told of letters about one's own business."""

    email = LineField(
        _l("Address that is told"),
        [InputRequired(), Characters((3, LONGEST_EMAIL_CHARACTERS))],
        description=_l("A link is mailed to it; mail about letters comes when it was followed. The address is never shown."),
    )
    purpose = RadioField(_l("What it is told of"), [InputRequired()], choices=[], default=ContactPurpose.ALL.value)

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.purpose.choices = [SelectChoice(one.value, purpose_words(one)) for one in ContactPurpose]


class MailForm(Form):
    """One group of check boxes for each kind of person; only those that are offered stay."""

    author = Choices()
    talk = Choices()
    requests = Choices()
    business = Choices()
    moderators = Choices()

    def __init__(self, offered: Mapping[Group, tuple[Choice, ...]], unwanted: set[Choice]) -> None:
        wanted: dict[str, Any] = {
            group.value: [choice.value for choice in choices if choice not in unwanted]
            for group, choices in offered.items()
        }
        super().__init__(**wanted)
        for group in Group:
            if group not in offered:
                del self[group.value]
                continue
            field = self[group.value]
            field.label.text = group_words(group)
            field.choices = [SelectChoice(choice.value, choice_words(choice)) for choice in offered[group]]

    @property
    def wanted(self) -> set[Choice]:
        """What is ticked, of all groups."""
        return {Choice(value) for field in self for value in field.data}
