"""The search page."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from forum.config import settings
from forum.core.clock import local_date, utcnow
from forum.core.errors import Invalid
from forum.core.formats import ago
from forum.core.ready import parts
from forum.core.templating import address
from forum.core.web import language
from forum.letters import categories
from forum.letters.drawn import drawn_with
from forum.search import queries
from forum.search.analysis import MAX_QUERY_CHARACTERS
from forum.search.queries import Found, Order

bp = Blueprint("search", __name__)


@bp.route("/search")
def search() -> ResponseReturnValue:
    question = " ".join(request.args.get("q", "")[:MAX_QUERY_CHARACTERS].split())
    category = request.args.get("category") or None
    try:
        order = Order(request.args.get("order") or Order.NEWEST)
    except ValueError as problem:
        raise Invalid(field="order") from problem
    if category is not None and categories.find(category) is None:
        raise Invalid(field="category")
    found = queries.find(question, order=order, category=category, after=request.args.get("after"))
    spoken = language()
    orders = {Order.NEWEST: _("Newest first"), Order.RELEVANT: _("Best match first")}
    return render_template(
        "search/search.html",
        question=question,
        longest=MAX_QUERY_CHARACTERS,
        found=found,
        letters=_drawn(found) if found else [],
        order=order,
        category=category,
        categories=[(one.key, categories.name(one, spoken)) for one in categories.CATEGORIES],
        tabs=[
            {"words": words, "url": _url(question, category, one), "current": one is order}
            for one, words in orders.items()
        ],
        next=_url(question, category, order, found.next) if found and found.next else None,
    )


def _drawn(found: Found) -> list[Markup]:
    """Return the hits as HTML: each is kept ready for its version and the words asked for, its clock for the day."""
    today, letters = local_date(utcnow(), settings().time_zone), found.letters

    def draw(missing: list[int]) -> dict[int, Markup]:
        places = {letters[place].id: place for place in missing}
        hits = queries.hits(list(places), found.asked)
        return {places[hit.row.id]: drawn_with(hit.row, hit.pieces) for hit in hits}

    asked = tuple(sorted(found.asked))
    return parts([("hit", *letter[:2], asked, today, ago(letter.published_at)) for letter in letters], draw)


def _url(question: str, category: str | None, order: Order, after: str | None = None) -> str:
    named = None if order is Order.NEWEST else order.value
    return address("search.search", q=question, category=category, order=named, after=after)
