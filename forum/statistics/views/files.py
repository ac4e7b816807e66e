"""The figures of a page as a file: one line a number, with its n, its interval and the address of its letters."""

import csv
import io
from collections.abc import Iterator

from flask import Response
from flask.typing import ResponseReturnValue

from forum.core.errors import Missing
from forum.core.templating import absolute
from forum.core.web import visitor
from forum.letters import categories
from forum.letters.queries.merchants import merchant_for
from forum.statistics import figures, links
from forum.statistics.counted import Counted, Part
from forum.statistics.links import Links
from forum.statistics.measures import MEASURES, RATES
from forum.statistics.models import WHOLE_SITE, business, filed_under
from forum.statistics.tally import BY_MONTH
from forum.statistics.views import bp

COLUMNS = ("counted_on", "span", "figure", "day", "value", "n", "low", "high", "letters")
Line = tuple[str | int | float | None, ...]


@bp.route("/statistics/figures.csv")
def site_file() -> ResponseReturnValue:
    return _file(figures.of(WHOLE_SITE), links.of_site(), "statistics")


@bp.route("/statistics/categories/<slug>/figures.csv")
def category_file(slug: str) -> ResponseReturnValue:
    if categories.find(slug) is None:
        raise Missing
    return _file(figures.of(filed_under(slug)), links.of_category(slug), slug)


@bp.route("/merchants/<slug>/figures.csv")
def merchant_file(slug: str) -> ResponseReturnValue:
    found = merchant_for(visitor(), slug)
    return _file(figures.of(business(found.id)), links.of_business(found), found.slug, without=("letters",))


def _file(counted: Counted, at: Links, name: str, without: tuple[str, ...] = ()) -> Response:
    """`without` names what a subject has not: a letter to one business is one case."""
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow(COLUMNS)
    for line in _lines(counted, at):
        if line[1] in without:
            continue
        sheet.writerow([counted.day.isoformat(), *line])
    response = Response(written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{counted.day.isoformat()}.csv"'
    return response


def _lines(counted: Counted, at: Links) -> Iterator[Line]:
    for part in (counted.year, counted.all):
        yield from _part(part, at)
    for month in counted.months:
        for state in BY_MONTH:
            url = absolute(at.letters(state, str(month.month)))
            yield f"{month.first:%Y-%m}", state, None, month.counts[state], None, None, None, url


def _part(part: Part, at: Links) -> Iterator[Line]:
    for measure in MEASURES:
        yield part.span, measure, None, part[measure], None, None, None, absolute(at.letters(measure, part.span))
    for name, (measure, _whole) in RATES.items():
        found = part.rate(name)
        url = absolute(at.letters(measure, part.span))
        yield part.span, f"share_{name}", None, found.value, found.n, found.low, found.high, url
    for name, days in (("median_days", part.median), ("ninth_decile_days", part.ninth)):
        known = days.days if days.days is not None else f"> {days.longest}" if days.answered else None
        yield part.span, name, None, known, days.n, None, None, absolute(at.letters("answered", part.span))
    for day, share, low, high, at_risk in part.curve["steps"]:
        yield part.span, "share_answered_by_day", day, share, at_risk, low, high, None
