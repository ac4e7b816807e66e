"""Businesses: all of them from A to Z, and one with its figures and letters."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.errors import Invalid
from forum.core.web import visitor
from forum.letters.drawn import drawn
from forum.letters.queries.merchants import merchant_for
from forum.pages import figures, queries
from forum.pages.queries import MerchantTab
from forum.pages.views import bp

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def tab_words() -> dict[MerchantTab, str]:
    """Return the names of the lists on a business's page."""
    return {
        MerchantTab.ALL: _("All letters"),
        MerchantTab.WAITING: _("No response yet"),
        MerchantTab.ANSWERED: _("Answered, not rated"),
        MerchantTab.SOLVED: _("Solved or partly"),
        MerchantTab.NOT_SOLVED: _("Not solved"),
    }


def _named(tab: MerchantTab) -> str | None:
    """The tab as an address names it; the first needs no name."""
    return None if tab is MerchantTab.ALL else tab.value


@bp.route("/merchants")
def merchants() -> ResponseReturnValue:
    page = queries.merchants(request.args.get("after"))
    return render_template(
        "pages/merchants.html",
        merchants=page.items,
        first=not request.args.get("after"),
        next=url_for("pages.merchants", after=page.next) if page.next else None,
        initials=[(letter, url_for("pages.merchants", after=queries.before(letter.lower()))) for letter in LETTERS],
    )


@bp.route("/merchants/<slug>")
def merchant(slug: str) -> ResponseReturnValue:
    found = merchant_for(visitor(), slug)
    try:
        tab = MerchantTab(request.args.get("tab", MerchantTab.ALL))
    except ValueError as problem:
        raise Invalid(field="tab") from problem
    page = queries.of_merchant(found.id, tab, request.args.get("after"))
    return render_template(
        "merchants/read.html",
        merchant=found,
        counted=figures.of(found.id),
        proofs=queries.proofs(found.id),
        letters=drawn(page.items, level=3),
        first=not request.args.get("after"),
        next=url_for("pages.merchant", slug=slug, tab=_named(tab), after=page.next) if page.next else None,
        tab=tab,
        tabs=[
            {
                "words": words,
                "url": url_for("pages.merchant", slug=slug, tab=_named(one)),
                "current": one is tab,
            }
            for one, words in tab_words().items()
        ],
    )
