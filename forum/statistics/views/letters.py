"""The letters that a figure counts, of the whole site, of a category or of a business."""

from datetime import date
from typing import Any

from babel.dates import format_date
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from forum.core.kept import kept
from forum.core.templating import address
from forum.core.web import language, visitor
from forum.letters import categories
from forum.letters.drawn import drawn
from forum.letters.queries.merchants import merchant_for
from forum.merchants.models import Merchant
from forum.statistics import figures, queries, words
from forum.statistics.models import WHOLE_SITE, business, filed_under
from forum.statistics.queries import Asked, Listed
from forum.statistics.views import bp

Row = tuple[str | None, Listed]


def _letters(asked: Asked, after: str | None) -> tuple[list[Row], str | None]:
    page = queries.counted_letters(asked, after)
    found = [(drawn([one.letter])[0] if one.letter is not None else None, one) for one in page.items]
    return found, page.next


def month_words(month: int) -> str:
    """Return a month as a heading: "November 2026"."""
    return format_date(date(month // 100, month % 100, 1), "LLLL y", locale=str(get_locale()))


def _show(asked: Asked, merchant: Merchant | None) -> ResponseReturnValue:
    after, spoken = request.args.get("after"), language()
    letters, following = kept(("counted", asked, after, spoken), lambda: _letters(asked, after))
    endpoint = "statistics.letters" if merchant is None else "statistics.merchant_letters"
    here: dict[str, Any] = {"figure": asked.measure, "span": asked.span, "category": asked.category}
    if merchant is not None:
        here["slug"] = merchant.slug
    named = words.measure_words()
    if merchant is not None:
        named["cases"] = words.group_words()["letters"]
    return render_template(
        "statistics/letters.html",
        asked=asked,
        merchant=merchant,
        figure=named[asked.measure],
        span=words.span_words(asked.span) if asked.span in {"year", "all"} else month_words(int(asked.span)),
        category=categories.name(asked.category, spoken) if asked.category else None,
        count=_count(asked) if not after else None,
        letters=letters,
        first=not after,
        next=address(endpoint, **here, after=following) if following else None,
        home=address(endpoint, **here),
    )


def _count(asked: Asked) -> int | None:
    """What the page of figures says; None for what stands on no such page."""
    if asked.merchant_id is not None:
        if asked.category is not None:
            return None
        subject = business(asked.merchant_id)
    else:
        subject = filed_under(asked.category) if asked.category else WHOLE_SITE
    counted = figures.of(subject)
    if asked.span in {"year", "all"}:
        return counted.part(asked.span)[asked.measure]
    found = next((one for one in counted.months if one.month == int(asked.span)), None)
    return found.counts.get(asked.measure) if found else None


def _asked(merchant_id: int | None = None) -> Asked:
    return Asked(
        request.args.get("figure", "cases"),
        request.args.get("span", "year"),
        request.args.get("category") or None,
        merchant_id,
    )


@bp.route("/statistics/letters")
def letters() -> ResponseReturnValue:
    return _show(_asked(), None)


@bp.route("/merchants/<slug>/letters")
def merchant_letters(slug: str) -> ResponseReturnValue:
    found = merchant_for(visitor(), slug)
    return _show(_asked(found.id), found)
