"""The form of mail choices."""

from collections.abc import Mapping
from typing import Any

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from forum.core.forms import Form
from forum.notifications.choices import Choice, Group
from forum.notifications.words.choices import choice_words, group_words


class Choices(SelectMultipleField):
    """A group of check boxes; what is ticked is wanted."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = "SelectMultipleField"  # so `ui/field.html` draws it

    def pre_validate(self, form: Any) -> None:
        """Leave out what is no choice of ours: an old page may still hold one."""
        known = {value for value, _label in self.choices}
        self.data: list[str] = [value for value in self.data or [] if value in known]


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
            field.choices = [(choice.value, choice_words(choice)) for choice in offered[group]]

    @property
    def wanted(self) -> set[Choice]:
        """What is ticked, of all groups."""
        return {Choice(value) for field in self for value in field.data}
