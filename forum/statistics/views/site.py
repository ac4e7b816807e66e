"""Figures of the whole site and of a category, and how they are counted."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.config import settings
from forum.core import paging
from forum.core.errors import Invalid, Missing
from forum.core.templating import address
from forum.core.web import language
from forum.letters import categories
from forum.responses.lifecycle import PROMISE_ANSWER_DAYS
from forum.statistics import figures, links
from forum.statistics.counted import Compared, Days
from forum.statistics.models import WHOLE_SITE, filed_under
from forum.statistics.page import figures_page
from forum.statistics.queries import names_of
from forum.statistics.rates import FEWEST_TO_RANK, Rate
from forum.statistics.views import bp

COMPARED_A_PAGE = 50
Key = Callable[[Compared], tuple[Any, ...]]


def _share(rate: Rate) -> tuple[Any, ...]:
    """The highest share first; those with too few to compare come last."""
    return (not rate.ranks, -(rate.value or 0.0), -rate.n)


def _days(days: Days) -> tuple[Any, ...]:
    """The fewest days first; where the curve does not reach the quantile it is more than the longest wait."""
    reached = days.days is not None
    return (days.n < FEWEST_TO_RANK, not reached, days.days if reached else days.longest)


SORTS: dict[str, Key] = {
    "cases": lambda one: (-one.cases,),
    "in_time": lambda one: _share(one.in_time),
    "median": lambda one: _days(one.median),
    "ninth": lambda one: _days(one.ninth),
    "of_rated": lambda one: _share(one.of_rated),
    "of_all": lambda one: _share(one.of_all),
}


@bp.route("/statistics")
def site() -> ResponseReturnValue:
    counted = figures.of(WHOLE_SITE)
    named = [
        (one.key, categories.name(one, language()), counted.categories.get(one.key, 0)) for one in categories.every()
    ]
    return render_template("statistics/site.html", categories=named, **figures_page(counted, links.of_site()))


@bp.route("/statistics/categories/<slug>")
def category(slug: str) -> ResponseReturnValue:
    found = categories.find(slug)
    if found is None:
        raise Missing
    sort, after = request.args.get("sort", "cases"), request.args.get("after")
    if sort not in SORTS:
        raise Invalid(field="sort")
    counted = figures.of(filed_under(found.key))
    begin = paging.decode(after, "i")
    start = max(0, begin[0]) if begin else 0
    order = sorted(counted.compared, key=lambda one: (*SORTS[sort](one), one.merchant_id))
    page = order[start : start + COMPARED_A_PAGE]
    names = names_of([one.merchant_id for one in page]) if page else {}
    more = start + COMPARED_A_PAGE < len(order)
    return render_template(
        "statistics/category.html",
        name=categories.name(found, language()),
        slug=found.key,
        first=not after,
        sort=sort,
        sorts=[
            {
                "words": words,
                "url": address("statistics.category", slug=slug, sort=None if key == "cases" else key),
                "current": key == sort,
            }
            for key, words in sort_words().items()
        ],
        compared=[
            (names[one.merchant_id], one, links.of_business(names[one.merchant_id], found.key))
            for one in page
            if one.merchant_id in names
        ],
        fewest=FEWEST_TO_RANK,
        next=address(
            "statistics.category",
            slug=slug,
            sort=None if sort == "cases" else sort,
            after=paging.encode((start + COMPARED_A_PAGE,)),
        )
        if more
        else None,
        **figures_page(counted, links.of_category(found.key), limit=settings().clock_days(found.key)[1]),
    )


def sort_words() -> dict[str, str]:
    """Return the names of the orders of the table."""
    return {
        "cases": _("Letters"),
        "in_time": _("Answered in time"),
        "median": _("Median days"),
        "ninth": _("90th percentile of days"),
        "of_rated": _("Solved, of those rated"),
        "of_all": _("Solved, of all letters"),
    }


@bp.route("/statistics/method")
def method() -> ResponseReturnValue:
    config = settings()
    return render_template(
        "statistics/method.html",
        answer_days=config.answer_days,
        acknowledge_days=config.acknowledge_days,
        unconfirmed_days=config.unconfirmed_days,
        promise_days=PROMISE_ANSWER_DAYS,
        fewest=FEWEST_TO_RANK,
    )
