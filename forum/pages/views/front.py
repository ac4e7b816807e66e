"""The front page and the categories: lists of letters."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.errors import Invalid, Missing
from forum.core.web import language
from forum.letters import categories
from forum.letters.drawn import drawn
from forum.pages import figures, queries
from forum.pages.models import WHOLE_SITE
from forum.pages.queries import Tab
from forum.pages.views import bp


def tab_words() -> dict[Tab, str]:
    """Return the names of the front page's lists."""
    return {
        Tab.NEWEST: _("Newest"),
        Tab.UNANSWERED: _("No response yet"),
        Tab.LONGEST: _("Waiting longest"),
        Tab.SOLVED: _("Solved"),
    }


def _named(tab: Tab) -> str | None:
    """The tab as an address names it; the first needs no name."""
    return None if tab is Tab.NEWEST else tab.value


@bp.route("/")
def home() -> ResponseReturnValue:
    try:
        tab = Tab(request.args.get("tab", Tab.NEWEST))
    except ValueError as problem:
        raise Invalid(field="tab") from problem
    page = queries.front(tab, request.args.get("after"))
    counted = figures.of(WHOLE_SITE)
    return render_template(
        "pages/home.html",
        letters=drawn(page.items),
        first=not request.args.get("after"),
        next=url_for("pages.home", tab=_named(tab), after=page.next) if page.next else None,
        tab=tab,
        tabs=[
            {
                "words": words,
                "url": url_for("pages.home", tab=_named(one)),
                "current": one is tab,
            }
            for one, words in tab_words().items()
        ],
        counted=counted,
        categories=[
            (category.key, categories.name(category, language()), counted.categories.get(category.key, 0))
            for category in categories.CATEGORIES
        ],
    )


@bp.route("/categories/<slug>")
def category(slug: str) -> ResponseReturnValue:
    found = categories.find(slug)
    if found is None:
        raise Missing
    page = queries.of_category(found.key, request.args.get("after"))
    return render_template(
        "pages/category.html",
        name=categories.name(found, language()),
        slug=found.key,
        letters=drawn(page.items),
        first=not request.args.get("after"),
        next=url_for("pages.category", slug=slug, after=page.next) if page.next else None,
    )
