"""Sentences in templates: the request's catalogue is looked up once, not for each of the two hundred sentences of a page."""

from typing import Any

from flask import Flask, g
from flask_babel import get_translations


def _catalogue() -> Any:
    """Return the catalogue of the present language; kept where Flask-Babel's `force_locale` and `refresh` forget it."""
    context = g.get("_flask_babel")
    found = getattr(context, "babel_translations", None)  # None within and after force_locale
    if found is None:
        found = get_translations()
        if "_flask_babel" in g:
            g._flask_babel.babel_translations = found  # noqa: SLF001 - Flask-Babel's own place, honoured by force_locale
    return found


def gettext(sentence: str) -> str:
    """Return the sentence in the reader's language."""
    return str(_catalogue().gettext(sentence))


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the sentence for a number in the reader's language."""
    return str(_catalogue().ngettext(singular, plural, number))


def init_app(app: Flask) -> None:
    """Let templates use these in place of Flask-Babel's."""
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
