"""The search page."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from forum.core.errors import Invalid
from forum.core.kept import kept
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
    after, spoken = request.args.get("after"), language()
    key = ("search", question, order, category, after, spoken)
    found, letters = kept(key, lambda: _found(question, order, category, after))
    orders = {Order.NEWEST: _("Newest first"), Order.RELEVANT: _("Best match first")}
    return render_template(
        "search/search.html",
        question=question,
        longest=MAX_QUERY_CHARACTERS,
        found=found,
        letters=letters,
        order=order,
        category=category,
        categories=tuple((one.key, categories.name(one, spoken)) for one in categories.every()),
        tabs=[
            {"words": words, "url": _url(question, category, one), "current": one is order}
            for one, words in orders.items()
        ],
        next=_url(question, category, order, found.next) if found and found.next else None,
    )


def _found(question: str, order: Order, category: str | None, after: str | None) -> tuple[Found | None, list[Markup]]:
    found = queries.find(question, order=order, category=category, after=after)
    return found, [drawn_with(hit.row, hit.pieces) for hit in found.hits] if found else []


def _url(question: str, category: str | None, order: Order, after: str | None = None) -> str:
    named = None if order is Order.NEWEST else order.value
    return address("search.search", q=question, category=category, order=named, after=after)
