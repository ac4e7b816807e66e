"""Atom feeds of public letters: title, excerpt, address; never the whole text."""

from typing import Any

from feedgenerator import Atom1Feed
from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import true

from forum.config import settings
from forum.core.errors import Missing
from forum.core.templating import absolute
from forum.core.text import slug as slug_of
from forum.core.web import language, visitor
from forum.letters import categories
from forum.letters.models import Letter
from forum.letters.queries.merchants import merchant_for
from forum.pages import queries
from forum.pages.views import bp

TYPE = "application/atom+xml; charset=utf-8"


@bp.route("/feed.atom")
def feed() -> ResponseReturnValue:
    return _atom(settings().site_name, url_for("pages.home"), url_for("pages.feed"), queries.feed(true()))


@bp.route("/categories/<slug>/feed.atom")
def category_feed(slug: str) -> ResponseReturnValue:
    found = categories.find(slug)
    if found is None:
        raise Missing
    title = f"{categories.name(found, language())} · {settings().site_name}"
    here, page = url_for("pages.category_feed", slug=slug), url_for("pages.category", slug=slug)
    return _atom(title, page, here, queries.feed(Letter.category == found.key))


@bp.route("/merchants/<slug>/feed.atom")
def merchant_feed(slug: str) -> ResponseReturnValue:
    found = merchant_for(visitor(), slug)
    title = f"{found.name} · {settings().site_name}"
    here, page = url_for("pages.merchant_feed", slug=slug), url_for("pages.merchant", slug=slug)
    return _atom(title, page, here, queries.feed_of_merchant(found.id))


def _atom(title: str, page: str, here: str, letters: list[Any]) -> Response:
    made = Atom1Feed(
        title=title,
        link=absolute(page),
        description=_("Public letters from consumers to businesses"),
        language=language(),
        feed_url=absolute(here),
        feed_guid=absolute(here),
    )
    for letter in letters:
        number = url_for("letters.read_by_number", letter_id=letter.id)
        made.add_item(
            title=f"[{_('Contested')}] {letter.title}" if letter.contested_at else letter.title,
            link=absolute(url_for("letters.read", letter_id=letter.id, slug=slug_of(letter.title))),
            description=letter.excerpt,
            author_name=letter.byline,
            pubdate=letter.published_at,
            updateddate=letter.revised_at or letter.published_at,
            unique_id=absolute(number),
            categories=(categories.name(letter.category, language()),),
        )
    return Response(made.writeString("utf-8"), content_type=TYPE)
