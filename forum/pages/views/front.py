"""The front page and the categories: lists of letters."""

from functools import lru_cache
from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.errors import Invalid, Missing
from forum.core.kept import kept
from forum.core.templating import address
from forum.core.web import language
from forum.letters import categories
from forum.letters.drawn import drawn
from forum.pages import queries
from forum.pages.queries import Tab
from forum.pages.views import bp
from forum.statistics import figures
from forum.statistics.counted import Counted, Silent
from forum.statistics.models import WHOLE_SITE


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


@lru_cache(maxsize=64)
def _side(language: str, silent: tuple[Silent, ...], counts: tuple[tuple[str, int], ...], known: tuple[categories.Category, ...]) -> str:
    module: Any = current_app.jinja_env.get_template("pages/_side.html").module
    number = dict(counts)
    named = [
        (one.key, categories.name(one, language), number.get(one.key, 0))
        for one in known
        if not one.retired or one.key in number
    ]
    html: str = module.side(silent, named)
    return html


@bp.route("/")
def home() -> ResponseReturnValue:
    try:
        tab = Tab(request.args.get("tab", Tab.NEWEST))
    except ValueError as problem:
        raise Invalid(field="tab") from problem
    after, spoken = request.args.get("after"), language()
    letters, following, counted = kept(("front", tab, after, spoken), lambda: _front(tab, after))
    return render_template(
        "pages/home.html",
        letters=letters,
        first=not after,
        next=address("pages.home", tab=_named(tab), after=following) if following else None,
        tab=tab,
        tabs=[
            {
                "words": words,
                "url": address("pages.home", tab=_named(one)),
                "current": one is tab,
            }
            for one, words in tab_words().items()
        ],
        counted=counted,
        side=_side(spoken, counted.silent, tuple(counted.categories.items()), categories.every()),
    )


def _front(tab: Tab, after: str | None) -> tuple[list[str], str | None, Counted]:
    page = queries.front(tab, after)
    return drawn(page.items), page.next, figures.of(WHOLE_SITE)


def _category(key: str, after: str | None) -> tuple[list[str], str | None]:
    page = queries.of_category(key, after)
    return drawn(page.items), page.next


@bp.route("/categories/<slug>")
def category(slug: str) -> ResponseReturnValue:
    found = categories.find(slug)
    if found is None:
        raise Missing
    after, spoken = request.args.get("after"), language()
    letters, following = kept(("category", found.key, after, spoken), lambda: _category(found.key, after))
    return render_template(
        "pages/category.html",
        name=categories.name(found, spoken),
        slug=found.key,
        letters=letters,
        first=not after,
        next=address("pages.category", slug=slug, after=following) if following else None,
    )
