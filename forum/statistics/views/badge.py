"""The badge for a business's own site: a picture and a small page, always with the figure of now and its date."""

from dataclasses import dataclass

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from markupsafe import escape

from forum.accounts.models import Guest
from forum.config import settings
from forum.core import formats
from forum.core.templating import absolute, address
from forum.core.web import embeddable
from forum.letters.queries.merchants import merchant_for
from forum.merchants.models import Merchant
from forum.statistics import figures
from forum.statistics.models import business
from forum.statistics.views import bp

KEPT_SECONDS = 60
LONGEST_NAME_CHARACTERS = 38
"""Of the business in the picture; a longer name is cut."""


@dataclass(frozen=True)
class Badge:
    """What the badge says; `state` is "late" when somebody waits past the limit, "few" under ten cases, else "plain"."""

    state: str
    name: str
    words: str
    note: str
    date: str
    url: str

    @property
    def whole(self) -> str:
        """Everything it says, for who does not see it."""
        return " · ".join(part for part in (self.name, self.words, self.note, self.date) if part)


def _shown(slug: str) -> tuple[Merchant, Badge]:
    """Return a business that everybody may know and its badge, in the site's first language: the same for everybody."""
    merchant = merchant_for(Guest(), slug)
    with force_locale(settings().languages[0]):
        return merchant, _badge(merchant)


def _badge(merchant: Merchant) -> Badge:
    counted = figures.of(business(merchant.id))
    year, site = counted.year, settings().site_name
    share = year.rate("of_all")
    late = year["overdue"]
    if share.ranks and share.value is not None and not counted.on_the_way:
        words = _(
            "Solved %(share)s%% of %(letters)s letters · 12 months · %(site)s",
            share=round(share.value * 100),
            letters=formats.number(share.n),
            site=site,
        )
    else:
        words = _("Not enough data yet (n = %(n)s) · 12 months · %(site)s", n=share.n, site=site)
    name = merchant.name
    return Badge(
        state="late" if late else "plain" if share.ranks else "few",
        name=name if len(name) <= LONGEST_NAME_CHARACTERS else name[: LONGEST_NAME_CHARACTERS - 1] + "…",
        words=words,
        note=ngettext("%(num)s letter past the limit", "%(num)s letters past the limit", late) if late else "",
        date=_("as of %(date)s", date=formats.day(counted.day)),
        url=absolute(address("pages.merchant", slug=merchant.slug)),
    )


def _fresh(response: Response) -> Response:
    """Kept by nobody for longer than a minute, so that it never shows an old figure."""
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


@bp.route("/merchants/<slug>/badge.svg")
@embeddable
def badge_picture(slug: str) -> ResponseReturnValue:
    _merchant, shown = _shown(slug)
    drawn = render_template("statistics/badge.svg", badge=shown)
    return _fresh(make_response(drawn, {"Content-Type": "image/svg+xml; charset=utf-8"}))


@bp.route("/merchants/<slug>/badge")
@embeddable
def badge(slug: str) -> ResponseReturnValue:
    _merchant, shown = _shown(slug)
    page = render_template("statistics/badge.html", badge=shown, language=settings().languages[0])
    return _fresh(make_response(page))


@bp.route("/merchants/<slug>/badge/code")
def badge_code(slug: str) -> ResponseReturnValue:
    found, shown = _shown(slug)
    picture, framed = address("statistics.badge_picture", slug=slug), address("statistics.badge", slug=slug)
    told = escape(f"{found.name} · {settings().site_name}")  # a name in quotes stays one value
    return render_template(
        "statistics/badge_code.html",
        merchant=found,
        badge=shown,
        picture=picture,
        snippets=[
            (
                _("As a picture"),
                f'<a href="{shown.url}"><img src="{absolute(picture)}" width="400" height="84" alt="{told}"></a>',
            ),
            (
                _("As a small page"),
                f'<iframe src="{absolute(framed)}" width="416" height="100" title="{told}"></iframe>',
            ),
        ],
    )
