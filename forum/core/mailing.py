"""Mails in words: a kind, a language and facts become a subject, a text and an HTML part; needs an app context only."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from flask_babel import force_locale, gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from forum.config import settings
from forum.core import formats

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LONGEST_SUBJECT_CHARACTERS = 200


def absolute(path: str) -> str:
    """Return a full address by FORUM_SITE_URL: a mail has no request to ask."""
    return settings().site_url + path


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(absolute=absolute)
    made.filters.update(
        date=formats.day,
        datetime=formats.moment,
        number=formats.number,
        rupiah=formats.rupiah,
        absolute=absolute,
    )
    return made


def compose(kind: str, language: str, **facts: Any) -> tuple[str, str, str]:
    """Render `emails/<kind>.txt` and `.html` in a language; returns (subject, text, html).

    The first line of the text is the subject. A fact that a template names and the caller forgot raises UndefinedError,
    except `name` (whom it greets), `unsubscribe` (address of the way out) and `choices` (address of the mail choices).
    """
    config = settings()
    known = {
        "site": {"name": config.site_name, "url": config.site_url, "contact": config.contact_email},
        "language": language if language in config.languages else config.languages[0],
        "name": None,
        "unsubscribe": None,
        "choices": None,
        **facts,
    }
    with force_locale(known["language"]):
        words = _environment().get_template(f"emails/{kind}.txt").render(known)
        subject, _, text = words.lstrip("\n").partition("\n")
        subject = " ".join(subject.split())[:LONGEST_SUBJECT_CHARACTERS]
        html = _environment().get_template(f"emails/{kind}.html").render(known, subject=subject)
    return subject, text.strip() + "\n", html
