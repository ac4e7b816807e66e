"""Words proposed for a decision: made from its reason, in the language of the person who gets them, with the rule they follow from."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from flask import url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from forum.core.mailing import absolute


def proposed(words: Callable[[], Any], *, language: str | None = None, rule: str | None = None) -> str:
    """Return the words in this language (None: the present one), and where on the page of rules the rule stands."""
    with force_locale(language) if language else nullcontext():
        said = str(words())
        if rule is None:
            return said
        return f"{said}\n\n" + str(_("The rule: %(url)s", url=absolute(url_for("pages.rules", _anchor=rule))))


def put(field: Any, words: str) -> bool:
    """Put proposed words into a field that is still empty and ask to read them; whether it did."""
    if field.data or not words:
        return False
    field.data = words
    field.errors = [_("We propose these words. Please read them, change what you like and send again.")]
    return True
