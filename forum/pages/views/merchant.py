"""Businesses: all of them from A to Z, and one with its figures and letters."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.errors import Invalid
from forum.core.kept import kept
from forum.core.templating import address
from forum.core.web import language, visitor
from forum.ledger import queries as ledger
from forum.letters.drawn import drawn
from forum.letters.queries.merchants import merchant_for
from forum.merchants.lifecycle import NameKind
from forum.merchants.policy import may_describe, may_propose_name
from forum.merchants.queries import other_names
from forum.moderation.queries.businesses import Record, record_of
from forum.pages import queries
from forum.pages.queries import MerchantTab
from forum.pages.views import bp
from forum.statistics import figures, links
from forum.statistics.counted import Counted
from forum.statistics.models import business
from forum.statistics.page import figures_page

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
        next=address("pages.merchants", after=page.next) if page.next else None,
        initials=[(letter, address("pages.merchants", after=queries.before(letter.lower()))) for letter in LETTERS],
    )


def _merchant(
    merchant_id: int, tab: MerchantTab, after: str | None
) -> tuple[list[str], str | None, Counted, list[Any], list[str], list[Record], tuple[int, int]]:
    page = queries.of_merchant(merchant_id, tab, after)
    counted, proofs = figures.of(business(merchant_id)), queries.proofs(merchant_id)
    names = [one.name for one in other_names(merchant_id) if one.kind is not NameKind.MISSPELLING]
    rows = ledger.count_of(merchant_id)
    return drawn(page.items, level=3), page.next, counted, proofs, names, record_of(merchant_id), rows


@bp.route("/merchants/<slug>")
def merchant(slug: str) -> ResponseReturnValue:
    found = merchant_for(visitor(), slug)
    try:
        tab = MerchantTab(request.args.get("tab", MerchantTab.ALL))
    except ValueError as problem:
        raise Invalid(field="tab") from problem
    after = request.args.get("after")
    part = kept(("merchant", found.id, tab, after, language()), lambda: _merchant(found.id, tab, after))
    letters, following, counted, proofs, names, record, ledger_rows = part
    return render_template(
        "merchants/read.html",
        merchant=found,
        proofs=proofs,
        names=names,
        record=record,
        ledger_rows=ledger_rows,
        may_propose=may_propose_name(visitor(), found),
        may_describe=may_describe(visitor(), found),
        letters=letters,
        first=not after,
        next=address("pages.merchant", slug=slug, tab=_named(tab), after=following) if following else None,
        tab=tab,
        tabs=[
            {
                "words": words,
                "url": address("pages.merchant", slug=slug, tab=_named(one)),
                "current": one is tab,
            }
            for one, words in tab_words().items()
        ],
        **figures_page(counted, links.of_business(found), letters_are_cases=True),
    )
