"""The search page."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.errors import Invalid
from forum.core.web import language
from forum.letters import categories
from forum.letters.drawn import drawn_with
from forum.search import queries
from forum.search.analysis import MAX_QUERY_CHARACTERS
from forum.search.queries import Order

bp = Blueprint("search", __name__)


@bp.route("/search")
def search() -> ResponseReturnValue:
    question = " ".join(request.args.get("q", "").split())
    category = request.args.get("category") or None
    try:
        order = Order(request.args.get("order") or Order.NEWEST)
    except ValueError as problem:
        raise Invalid(field="order") from problem
    if category is not None and categories.find(category) is None:
        raise Invalid(field="category")
    found = queries.find(question, order=order, category=category, after=request.args.get("after"))
    kept = {"q": question[:MAX_QUERY_CHARACTERS]} | ({"category": category} if category else {})
    orders = {Order.NEWEST: _("Newest first"), Order.RELEVANT: _("Best match first")}
    return render_template(
        "search/search.html",
        question=question,
        longest=MAX_QUERY_CHARACTERS,
        found=found,
        letters=[drawn_with(hit.row, hit.pieces) for hit in found.hits] if found else [],
        order=order,
        category=category,
        categories=[(one.key, categories.name(one, language())) for one in categories.CATEGORIES],
        tabs=[
            {
                "words": words,
                "url": url_for("search.search", **kept, **({} if one is Order.NEWEST else {"order": one.value})),
                "current": one is order,
            }
            for one, words in orders.items()
        ],
        next=url_for(
            "search.search", **kept, **({} if order is Order.NEWEST else {"order": order.value}), after=found.next
        )
        if found and found.next
        else None,
    )
