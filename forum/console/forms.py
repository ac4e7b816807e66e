"""What administrators fill in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import DateTimeLocalInput

from forum.config import settings
from forum.console.actions.steering import MODES as SET_MODES
from forum.console.lifecycle import Level
from forum.console.models import WHY_CHARACTERS, WORDS_CHARACTERS
from forum.console.words import LEVELS, MODES
from forum.core.forms import Characters, Form, LineField, SeenField, TextField
from forum.letters.category_rows import NAME_CHARACTERS


class MomentField(DateTimeLocalField):
    """A day and a time in the site's time zone, as a picker sends them; empty is none."""

    widget = DateTimeLocalInput()
    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **kwargs)

    def process_data(self, value: datetime | None) -> None:
        """Show a moment in the site's time zone."""
        self.data = None if value is None else value.astimezone(settings().time_zone)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                super().process_formdata([valuelist[0].strip()])
            except ValueError as problem:
                raise ValueError(_("This is not a day with a time.")) from problem
            self.data = self.data and self.data.replace(tzinfo=settings().time_zone)


class CategoryForm(Form):
    """The names of a category."""

    indonesian = LineField(_l("Name in Indonesian"), [InputRequired(), Characters(NAME_CHARACTERS)])
    english = LineField(_l("Name in English"), [InputRequired(), Characters(NAME_CHARACTERS)])


class KnownCategoryForm(CategoryForm):
    """A category that is there already."""

    position = IntegerField(
        _l("Place in the list"), [InputRequired(), NumberRange(1, 1000)], description=_l("1 stands first.")
    )
    retired = BooleanField(
        _l("Retired"),
        description=_l("No new letter is filed under it. Letters that are there stay, and so do their addresses."),
    )
    seen = SeenField()


class ReasonForm(Form):
    """Why something is done."""

    why = LineField(_l("Why"), [InputRequired(), Characters(WHY_CHARACTERS)])


class LimitForm(ReasonForm):
    """Another number of a limit."""

    number = IntegerField(_l("At most"), [Optional()], description=_l("Empty: the usual number."))
    seen = SeenField()


class ModeForm(ReasonForm):
    """When the sum is asked for."""

    mode = SelectField(_l("A sum before a sign-up or a guest's report"), default="")
    seen = SeenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mode.choices = [SelectChoice(one, MODES[one]) for one in ("", *SET_MODES)]


class AnnouncementForm(Form):
    """Words to everybody."""

    indonesian = TextField(_l("In Indonesian"), [InputRequired(), Characters(WORDS_CHARACTERS)])
    english = TextField(
        _l("In English"),
        [Characters((0, WORDS_CHARACTERS[1]))],
        description=_l("Without it, the Indonesian words are shown."),
    )
    level = SelectField(_l("Level"), default=Level.INFO.value)
    starts_at = MomentField(_l("From"), [Optional()], description=_l("Empty: at once. In the site's time zone."))
    ends_at = MomentField(_l("Until"), [Optional()], description=_l("Empty: until somebody ends it."))
    seen = SeenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.level.choices = [SelectChoice(one.value, words) for one, words in LEVELS.items()]

    @property
    def words(self) -> dict[str, Any]:
        """The valid form as the verbs take it."""
        return {
            "indonesian": self.indonesian.data,
            "english": self.english.data or "",
            "level": Level(self.level.data),
            "starts_at": self.starts_at.data,
            "ends_at": self.ends_at.data,
        }
