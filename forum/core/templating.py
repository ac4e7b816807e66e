"""What templates can call: filters, the visitor, the site, addresses of files, icons."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request, url_for
from lucide.jinja import lucide
from markupsafe import Markup

from forum.config import settings
from forum.core import formats, translating, web
from forum.core.clock import local_date, utcnow
from forum.core.ready import ReadyParts

LANGUAGE_NAMES = {"id": "Indonesia", "en": "English"}


def asset(path: str) -> str:
    """Return the fingerprinted address of a static file."""
    return str(current_app.extensions["assets"].url(path))


def absolute(path: str) -> str:
    """Return a full address by FORUM_SITE_URL, never by the request's Host."""
    return settings().site_url + path


def moment(value: datetime | None) -> str:
    """Return a moment in the reader's own time zone, else the site's."""
    return formats.moment(value, web.time_zone())


def address(endpoint: str, **values: Any) -> str:
    """Return the path of a page, as `url_for`: it is the same for everybody, so it is built once.

    Raises ValueError for a full address: `absolute` makes those, without a word of the request.
    """
    if "_external" in values or "_scheme" in values:
        raise ValueError("full addresses are made by the filter `absolute`")
    return _address(endpoint, tuple(values.items()))


@lru_cache(maxsize=8192)
def _address(endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def init_app(app: Flask) -> None:
    """Register globals and filters."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension(ReadyParts)
    translating.init_app(app)
    app.jinja_env.filters.update(
        date=formats.day,
        datetime=moment,
        ago=formats.ago,
        number=formats.number,
        rupiah=formats.rupiah,
        absolute=absolute,
        paragraphs=web.paragraph,
        trusted=Markup,  # only for what core/text.render made, and core/marking of it
    )
    app.jinja_env.globals.update(
        asset=asset, icon=icon, url_for=address, csrf_field=web.csrf_field, csrf_token=web.csrf_token, absolute=absolute
    )

    @app.context_processor
    def about_this_request() -> dict[str, Any]:
        config = settings()
        return {
            "visitor": web.visitor(),
            "site": {"name": config.site_name, "url": config.site_url, "contact": config.contact_email},
            "language": web.language(),
            "languages": {code: LANGUAGE_NAMES[code] for code in config.languages},
            "today": local_date(utcnow(), config.time_zone),
            "here": request.path if request else "",
        }


@lru_cache(maxsize=200)
def icon(name: str) -> Markup:
    """Return a lucide icon as inline SVG, hidden from screen readers; raises IconDoesNotExist for an unknown name."""
    return Markup(  # noqa: S704 - our own library draws it from a fixed name
        lucide(name, size=20, aria_hidden="true", focusable="false", **{"class": "icon"})
    )
