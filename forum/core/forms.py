"""The form all forms derive from: cleaned text, messages in the reader's language, domain errors at their field."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import g, request
from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from wtforms import Field, HiddenField, IntegerField, StringField, TextAreaField, ValidationError
from wtforms import Form as WTForm
from wtforms.meta import DefaultMeta
from wtforms.widgets import HiddenInput

from forum.core.errors import DomainError, SecondFactorNeeded, TooMany
from forum.core.formats import number
from forum.core.returning import parked
from forum.core.secrecy import new_token
from forum.core.sentences import sentence
from forum.core.text import BadText, clean

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they turn the direction of what follows


class _Messages:
    def gettext(self, string: str) -> str:
        return gettext(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return ngettext(singular, plural, n)


class Form(WTForm):
    """A form filled from the request, from what was parked before signing in, or from defaults.

    `endpoint` names the route that takes it, when that is not the route that shows it.
    """

    file_fields: ClassVar[tuple[str, ...]] = ()  # a file sent as any other field is none

    class Meta(DefaultMeta):
        """Messages come from our catalogue."""

        def get_translations(self, form: WTForm) -> Any:
            return _Messages()

    def __init__(self, *, endpoint: str | None = None, formdata: Any = None, **defaults: Any) -> None:
        self._endpoint = endpoint or request.endpoint or ""
        self.briefly: dict[str, str] = {}  # long words at a field, and what the summary above the form says for them
        super().__init__(formdata if formdata is not None else self._sent(), **defaults)

    def _sent(self) -> MultiDict[str, Any] | None:
        if request.method in UNSAFE:
            if request.endpoint != self._endpoint:
                return None
            sent: MultiDict[str, Any] = MultiDict(
                [(name, _readable(name, value)) for name, value in request.form.items(multi=True)]
            )
            sent.update({name: request.files.getlist(name) for name in self.file_fields})
            return sent
        kept = parked(self._endpoint)
        return None if kept is None else MultiDict([(name, v) for name, values in kept.items() for v in values])

    def validate_on_submit(self) -> bool:
        """Whether this request sends the form and every field holds."""
        return request.method in UNSAFE and bool(self.validate())

    def explain(self, problem: DomainError) -> None:
        """Show a refusal of the domain at its field, or above the form; who lacks a second factor is led to it instead."""
        if isinstance(problem, SecondFactorNeeded):
            raise problem
        if isinstance(problem, TooMany):
            g.told_to_wait = problem.facts.get("retry_after")
        words = sentence(problem)
        if problem.field and problem.field in self._fields:
            field = self._fields[problem.field]
            field.errors = [*field.errors, words]
        else:
            self.form_errors.append(words)

    def typed(self) -> dict[str, list[str]]:
        """Return every text field as typed, for a draft."""
        return {
            name: list(field.raw_data or [])
            for name, field in self._fields.items()
            if all(isinstance(value, str) for value in field.raw_data or [])
        }


def without_nul(value: str) -> str:
    """Drop NUL, which no database text can hold, and replace lone surrogates."""
    return value.replace("\x00", "").encode("utf-8", "replace").decode()


def typed() -> list[tuple[str, str]]:
    """Return every text field of this request as typed, but for tokens and passwords; none where they cannot be read."""
    try:
        sent = list(request.form.items(multi=True))
    except (OSError, HTTPException):
        return []
    return [(name, without_nul(value)) for name, value in sent if name != "csrf_token" and "password" not in name]


def _readable(name: str, value: str) -> str:
    """What can be kept and shown again in the same direction; a password stays as it is."""
    value = without_nul(value)
    return value if "password" in name else TURNING.sub("", value)


def _cleaned(valuelist: Sequence[Any]) -> str:
    if not valuelist:
        return ""
    try:
        return clean(valuelist[0])
    except BadText as problem:
        raise ValueError(gettext("This text holds characters that cannot be kept.")) from problem


class LineField(StringField):
    """One line of text: cleaned, runs of white space folded, ends trimmed."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if valuelist:
            self.data = " ".join(_cleaned(valuelist).split())


class TextField(TextAreaField):
    """Paragraphs: cleaned, kept as typed but for the ends."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if valuelist:
            self.data = _cleaned(valuelist).strip()


class SeenField(IntegerField):
    """The version of the thing that the person was reading."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def _value(self) -> str:
        """The version last put in: after a refusal the page shows the new state, and the next try is on that one."""
        return str(self.data or 0)


class OnceField(HiddenField):
    """A key made with the form: however often it is sent, it counts once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def process_data(self, value: Any) -> None:
        """Make a key of this form's own, whatever row fills the other fields."""
        self.data = new_token()[:32]

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = text if 16 <= len(text) <= 64 and text.isascii() and text.isprintable() else new_token()[:32]


class Characters:
    """Between `least` and `most` characters, counted as people see them typed; sets the field's counter."""

    def __init__(self, limits: tuple[int, int]) -> None:
        self.least, self.most = limits
        self.field_flags: Mapping[str, Any] = {"maxlength": self.most}

    def __call__(self, form: WTForm, field: Field) -> None:
        length = len(field.data or "")
        if not length and self.least:
            raise ValidationError(gettext("Please fill this in."))
        if length < self.least:
            raise ValidationError(
                gettext(
                    "Too short: %(length)s characters. Please write at least %(least)s.",
                    length=number(length),
                    least=number(self.least),
                )
            )
        if length > self.most:
            raise ValidationError(
                gettext(
                    "Too long: %(length)s characters. At most %(most)s fit; please shorten it by %(over)s.",
                    length=number(length),
                    most=number(self.most),
                    over=number(length - self.most),
                )
            )
