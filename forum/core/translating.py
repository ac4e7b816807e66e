"""Sentences in templates: the catalogue is looked up once a request, and a sentence without variables is made once."""

from functools import lru_cache
from typing import Any

from flask import Flask, g
from flask_babel import get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

MOST_KEPT = 8_192
"""Sentences a process keeps; the site has about 1,200 in each language."""


def _catalogue() -> Any:
    """Return the catalogue of the present language; kept where Flask-Babel's `force_locale` and `refresh` forget it."""
    context = g.get("_flask_babel")
    found = getattr(context, "babel_translations", None)  # None within and after force_locale
    if found is None:
        found = get_translations()
        if "_flask_babel" in g:
            g._flask_babel.babel_translations = found  # noqa: SLF001 - Flask-Babel's own place, honoured by force_locale
    return found


@lru_cache(maxsize=MOST_KEPT)
def _plain(catalogue: Any, sentence: str) -> Markup:
    return Markup(catalogue.gettext(sentence)) % {}  # noqa: S704 - our own words


def _filled(context: EvalContext, words: str, variables: dict[str, Any]) -> str:
    """Put the variables into the words, escaped where the template escapes."""
    return (Markup(words) if context.autoescape else words) % variables  # noqa: S704 - our own words


@pass_eval_context
def gettext(context: EvalContext, sentence: str, **variables: Any) -> str:
    """Return the sentence in the reader's language; `%%` in it is a per cent sign."""
    catalogue = _catalogue()
    if variables:
        return _filled(context, catalogue.gettext(sentence), variables)
    plain = _plain(catalogue, sentence)
    return plain if context.autoescape else str(plain)


@pass_eval_context
def ngettext(context: EvalContext, singular: str, plural: str, number: int, **variables: Any) -> str:
    """Return the sentence for a number, which it may hold as `num`, in the reader's language."""
    return _filled(context, _catalogue().ngettext(singular, plural, number), {"num": number, **variables})


def init_app(app: Flask) -> None:
    """Let templates use these in place of Jinja's, which take three calls for one."""
    app.jinja_env.globals.update({"_": gettext, "gettext": gettext, "ngettext": ngettext})
