"""What an author chooses for a pack, what moderators write about bodies, and the sentences of what can go wrong."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectField, StringField, ValidationError

from forum.config import settings
from forum.core.forms import Characters, Form, LineField, OnceField, SeenField, TextField
from forum.core.sentences import sentences
from forum.handover.actions import BodyWords
from forum.handover.models import LONGEST_LINE_CHARACTERS, LONGEST_TEXT_CHARACTERS, NAME_CHARACTERS

LINE = (0, LONGEST_LINE_CHARACTERS)
LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}

sentences(
    {
        "no_ground": lambda _facts: _(
            "There is no pack yet: the business still has time, or you have said that the case is solved."
        ),
        "too_many_packs": lambda facts: _(
            "%(most)s packs were taken of this case; there are no more.", most=facts["most"]
        ),
        "no_such_body": lambda _facts: _("This list has changed meanwhile. Please look at it again."),
    }
)


class PackForm(Form):
    """`file` is the button that was pressed: pdf or zip."""

    body = SelectField(_l("Addressed to"), validate_choice=False)
    language = SelectField(_l("Language of the headings"), validate_choice=False)
    private = BooleanField(_l("Put my private details of this case into it (order, customer, phone number)"))
    file = StringField()
    once = OnceField()

    def __init__(self, *, offered: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.body.choices = [
            *(SelectChoice(str(number), name) for number, name in offered),
            SelectChoice("", _("Nobody yet: leave the address open")),
        ]
        self.language.choices = [SelectChoice(code, LANGUAGE_NAMES[code]) for code in settings().languages]

    @property
    def body_id(self) -> int | None:
        """The chosen body, None for an open address."""
        return int(self.body.data) if self.body.data else None

    def validate_body(self, field: Any) -> None:
        """Only bodies of the list."""
        field.data = field.data or ""
        if field.data not in {choice.value for choice in self.body.choices}:
            raise ValidationError(_("Please choose one of the list."))

    def validate_language(self, field: Any) -> None:
        """Only languages of the site."""
        if field.data not in settings().languages:
            raise ValidationError(_("Please choose one of the list."))

    def validate_file(self, field: Any) -> None:
        """A PDF unless the ZIP is asked for."""
        field.data = "zip" if field.data == "zip" else "pdf"


class BodyForm(Form):
    """What is known of a body."""

    name = LineField(_l("Name"), [Characters(NAME_CHARACTERS)])
    takes = TextField(_l("What it is there for"), [Characters((10, LONGEST_TEXT_CHARACTERS))])
    first = TextField(
        _l("What the author does first"),
        [Characters((0, LONGEST_TEXT_CHARACTERS))],
        description=_l(
            "For instance: complain to the bank first and keep its answer. Say “check first” where you are not sure."
        ),
    )
    reach = LineField(_l("How it is reached"), [Characters(LINE)], description=_l("Phone, counter, form."))
    website = LineField(_l("Address on the web"), [Characters(LINE)], description=_l("Begins with https://"))
    address = LineField(_l("Postal address"), [Characters(LINE)])
    listed = BooleanField(_l("Shown on the lists"), default=True)
    seen = SeenField()

    def validate_website(self, field: Any) -> None:
        """A web address or nothing."""
        if field.data and not (field.data.startswith("https://") and " " not in field.data and "." in field.data):
            raise ValidationError(_("Please write an address that begins with https://"))

    @property
    def words(self) -> BodyWords:
        """What was written."""
        return BodyWords(
            name=self.name.data,
            takes=self.takes.data,
            first=self.first.data or "",
            reach=self.reach.data or "",
            url=self.website.data or "",
            address=self.address.data or "",
        )
