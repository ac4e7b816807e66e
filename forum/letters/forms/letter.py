"""The form of a letter: every field as PRODUCT.md names it, read into one `Content`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, ValidationError
from wtforms.validators import DataRequired

from forum.attachments.forms import FilesField
from forum.attachments.models import FileAudience
from forum.attachments.words import audience_words
from forum.config import settings
from forum.core.clock import local_date, utcnow
from forum.core.forms import Characters, Form, LineField, OnceField, SeenField, TextField
from forum.core.text import initials
from forum.core.web import language
from forum.letters import categories
from forum.letters.content import Content
from forum.letters.forms.fields import DayField, DetailField, ListField, MerchantsField, RupiahField
from forum.letters.lifecycle import LetterKind, NameShown, WritesAs
from forum.letters.models import (
    DETAILS,
    LONGEST_ASK_CHARACTERS,
    LONGEST_PLACE_CHARACTERS,
    TEXT_CHARACTERS,
    TITLE_CHARACTERS,
    Letter,
)
from forum.letters.places import parse_place
from forum.letters.words import detail_words, kind_words, name_shown_words, place_words, writes_as_words
from forum.merchants.queries import key_of

OLDEST_EVENT = timedelta(days=365 * 60)


class LetterForm(Form):
    """A letter as typed. Private details stand in rows: row n of each `details_…` belongs to the name in `details_for`."""

    file_fields = ("files",)

    once = OnceField()
    seen = SeenField()
    kind = RadioField(_l("Kind of letter"), default=LetterKind.COMPLAINT.value)
    merchants = MerchantsField(_l("Business"))
    category = SelectField(_l("Subject"), default="", validators=[DataRequired()])
    writes_as = RadioField(_l("You write as"), default=WritesAs.CONSUMER.value)
    title = LineField(_l("Title"), validators=[Characters(TITLE_CHARACTERS)])
    text = TextField(_l("Your letter"), validators=[Characters(TEXT_CHARACTERS)])
    event_on = DayField(_l("When it happened"))
    loss = RupiahField(_l("Loss in rupiah"))
    ask = TextField(_l("What you ask for"), validators=[Characters((0, LONGEST_ASK_CHARACTERS))])
    place = LineField(_l("City or regency"), validators=[Characters((2, LONGEST_PLACE_CHARACTERS))])
    name_shown = RadioField(_l("Your name under the letter"), default=NameShown.FULL.value)
    details_for = ListField(_l("Private details"))
    details_order = DetailField(_l("Order number"))
    details_tracking = DetailField(_l("Tracking number"))
    details_ticket = DetailField(_l("Ticket number"))
    details_customer = DetailField(_l("Customer number"))
    details_phone = DetailField(_l("Phone number"))
    another = ListField(_l("Businesses of their own"))
    left = ListField(_l("Words that stay as they are"))
    files = FilesField(_l("Evidence"))
    new_audience = RadioField(_l("Who may see the files you send next"), default=FileAudience.PUBLIC.value)

    def __init__(self, *, by: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        full, short = by.name, initials(by.name) if by.name else ""
        self.kind.choices = [SelectChoice(one.value, kind_words(one)) for one in LetterKind]
        self.writes_as.choices = [SelectChoice(one.value, writes_as_words(one)) for one in WritesAs]
        self.category.choices = [
            SelectChoice("", _("Choose a subject")),
            *(SelectChoice(one.key, categories.name(one, language())) for one in categories.every() if not one.retired or one.key == self.category.data),
        ]
        self.name_shown.choices = [SelectChoice(one.value, name_shown_words(one, full, short)) for one in NameShown]
        self.new_audience.choices = [SelectChoice(one.value, audience_words(one)) for one in FileAudience]
        self.new_audience.validate_choice = False
        self._describe()

    def _describe(self) -> None:
        self.title.description = _("One line that says what happened. 5 to 160 characters.")
        self.text.description = _(
            "What did you buy or ask for, when, what went wrong, what did the business say? 50 to 20,000 characters. It is published as you write it."
        )
        self.ask.description = _("Optional, at most 1,000 characters. For example: refund of Rp105.000.")
        self.loss.description = _("Optional. Figures only, for example 105.000.")
        self.event_on.description = _("Optional.")
        self.place.description = _("For example: Surabaya, Jawa Timur. 2 to 100 characters; places abroad are welcome.")
        for one in (self.category, self.title, self.text, self.place):
            one.flags.required = True

    def validate_event_on(self, field: DayField) -> None:
        today = local_date(utcnow(), settings().time_zone)
        if field.data and field.data > today:
            raise ValidationError(_("This day has not come yet."))
        if field.data and field.data < today - OLDEST_EVENT:
            raise ValidationError(_("This is too long ago."))

    def validate_details_for(self, _field: ListField) -> None:
        _given, left = self._sorted_details()
        if left:
            raise ValidationError(
                _(
                    "Private details for “%(name)s” belong to no business of this letter. Name the business again, or clear them.",
                    name=left[0][0] or "?",
                )
            )

    def content(self) -> Content:
        """Return the valid form as a letter's content, its HTML ready."""
        place, province = parse_place(self.place.data)
        content = Content(
            title=self.title.data,
            text=self.text.data,
            merchants=tuple(self.merchants.data),
            category=self.category.data,
            kind=LetterKind(self.kind.data),
            writes_as=WritesAs(self.writes_as.data),
            place=place,
            province=province,
            event_on=self.event_on.data,
            loss=self.loss.data,
            ask=self.ask.data or "",
            name_shown=NameShown(self.name_shown.data),
            details=tuple(self._sorted_details()[0]),
            others=frozenset(key_of(name) for name in self.another.data or []),
        )
        _ready = content.html
        return content

    def detail_rows(self) -> Iterator[dict[str, Any]]:
        """Yield what the template draws of the private details: a row for each business, and what belongs to none."""
        given, left = self._sorted_details()
        rows = [*zip(self.merchants.data or [""], given or [{}], strict=True), *left]
        for at, (name, values) in enumerate(rows):
            yield {
                "for": name,
                "open": bool(values),
                "inputs": [
                    {
                        "name": f"details_{detail}",
                        "id": f"details_{detail}" if at == 0 else f"details_{detail}-{at}",
                        "words": detail_words(detail),
                        "value": values.get(detail, ""),
                    }
                    for detail in DETAILS
                ],
            }

    def _sorted_details(self) -> tuple[list[dict[str, str]], list[tuple[str, dict[str, str]]]]:
        """Return the details of each business in order, and those that belong to no business of the letter.

        A row without a name belongs to the first business without details; when one business and one row are left over
        from a corrected name, they belong together.
        """
        keys = [key_of(name) for name in self.merchants.data or []]
        given: list[dict[str, str]] = [{} for _key in keys]
        left: list[tuple[str, dict[str, str]]] = []
        for name, values in self._filled_rows():
            at = next((at for at, key in enumerate(keys) if name and key == key_of(name) and not given[at]), None)
            if at is None and not name:
                at = next((at for at, one in enumerate(given) if not one), None)
            if at is None:
                left.append((name, values))
            else:
                given[at] = values
        if len(keys) == len(left) == 1 and not given[0]:
            given[0] = left.pop()[1]
        return given, left

    def _filled_rows(self) -> Iterator[tuple[str, dict[str, str]]]:
        columns = {detail: self[f"details_{detail}"].data or [] for detail in DETAILS}
        names = self.details_for.data or []
        for at in range(max([len(names), *(len(column) for column in columns.values())])):
            values = {detail: column[at] for detail, column in columns.items() if at < len(column) and column[at]}
            if values:
                yield (names[at] if at < len(names) else ""), values


def fields_of(letter: Letter) -> dict[str, list[str]]:
    """Return a letter (with cases and their businesses) as the fields of its form, to be mended."""
    fields = {
        "kind": [letter.kind.value],
        "merchants": [case.merchant.name for case in letter.cases],
        "category": [letter.category],
        "writes_as": [letter.writes_as.value],
        "title": [letter.title],
        "text": [letter.text],
        "event_on": [letter.event_on.isoformat()] if letter.event_on else [""],
        "loss": [str(letter.loss)] if letter.loss is not None else [""],
        "ask": [letter.ask],
        "place": [place_words(letter)],
        "name_shown": [letter.name_shown.value],
        "details_for": [case.merchant.name for case in letter.cases],
    }
    for detail in DETAILS:
        fields[f"details_{detail}"] = [(case.details or {}).get(detail, "") for case in letter.cases]
    return fields
