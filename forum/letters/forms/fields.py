"""Fields that only a letter needs: several lines under one name, whole rupiah, chosen files."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import DateField, Field, ValidationError

from forum.core.formats import number, rupiah
from forum.core.forms import LineField
from forum.core.text import BadText, one_line, plain_name
from forum.letters.models import LARGEST_LOSS_RUPIAH, LONGEST_DETAIL_CHARACTERS, MOST_MERCHANTS
from forum.merchants.queries import key_of

RUPIAH = re.compile(
    r"(?:rp\.?|idr)? ?(?P<whole>\d{1,3}(?:([., ])\d{3})(?:\2\d{3})*|\d+)(?:,(?:00|-)|\.00|,-)?",
    re.IGNORECASE | re.ASCII,
)
MOST_LINES = 20


class ListField(Field):
    """Several lines under one name; `data` is a list, empty lines keep their place. Templates draw the inputs."""

    def widget(self, field: Field, **_kwargs: Any) -> str:
        return ""

    def process_data(self, value: Any) -> None:
        self.data = list(value or [])

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = [one_line(value) for value in valuelist[:MOST_LINES] if isinstance(value, str)]


class DetailField(ListField):
    """One kind of private detail, one line for each business."""

    def pre_validate(self, form: Any) -> None:
        if any(len(value) > LONGEST_DETAIL_CHARACTERS for value in self.data):
            raise ValidationError(_("At most %(most)s characters fit.", most=LONGEST_DETAIL_CHARACTERS))


class MerchantsField(ListField):
    """One to five names of businesses; `data` holds them without empty lines."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = [name for name in self.data if name]

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            raise ValidationError(_("Please name the business this letter is for."))
        if len(self.data) > MOST_MERCHANTS:
            raise ValidationError(_("At most %(most)s businesses fit into one letter.", most=MOST_MERCHANTS))
        keys: set[str] = set()
        for name in self.data:
            try:
                key = key_of(plain_name(name))
            except BadText as problem:
                raise ValidationError(_why_no_name(problem, name[:100])) from problem
            if key in keys:
                raise ValidationError(_("“%(name)s” stands here twice.", name=name))
            keys.add(key)


def _why_no_name(problem: BadText, name: str) -> str:
    if problem.code == "two_alphabets":
        return str(_("“%(name)s” mixes letters of two alphabets. Please write it with letters of one.", name=name))
    if problem.code == "hidden_characters":
        return str(_("“%(name)s” holds characters that nobody sees. Please type it anew.", name=name))
    return str(_("“%(name)s” is not a name of a business.", name=name))


class RupiahField(LineField):
    """Whole rupiah as people write them: 105000, 105.000, Rp105.000,-; `data` is a number or None."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return number(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = None
        typed = one_line(valuelist[0]) if valuelist else ""
        if not typed:
            return
        found = RUPIAH.fullmatch(typed)
        digits = re.sub(r"\D", "", found["whole"]) if found else ""
        if not digits or len(digits) > 20:
            raise ValueError(_("Please write whole rupiah in figures, such as 105.000."))
        if int(digits) > LARGEST_LOSS_RUPIAH:
            raise ValueError(_("This is more than fits: at most %(most)s.", most=rupiah(LARGEST_LOSS_RUPIAH)))
        self.data = int(digits)


class DayField(DateField):
    """A day, as a date picker sends it or as people type it."""

    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **kwargs)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if typed:
            try:
                super().process_formdata([typed])
            except ValueError as problem:
                raise ValueError(_("This is not a day of the calendar.")) from problem
