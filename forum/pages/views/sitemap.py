"""What search engines are told: an index of sitemaps in parts of ids, and the robots file."""

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from forum.core.errors import Missing
from forum.core.templating import absolute
from forum.core.text import slug as slug_of
from forum.letters import categories
from forum.letters.models import Letter
from forum.merchants.models import Merchant
from forum.pages import queries
from forum.pages.views import bp

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"  # source: sitemaps.org protocol
PRIVATE = (
    "/letters/write",
    "/letters/mine",
    "/letters/drafts/",
    "/settings",
    "/moderation",
    "/desk",
    "/report/",
    "/cases/",
)
SIGNED = ("/sign-in", "/sign-up", "/forgot-password", "/notifications", "/search", "/files/")


@bp.route("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    parts = [url_for("pages.sitemap_pages")]
    parts += [url_for("pages.sitemap_merchants", part=part) for part in queries.parts_of(Merchant)]
    parts += [url_for("pages.sitemap_letters", part=part) for part in queries.parts_of(Letter)]
    return _xml("sitemapindex", "sitemap", ((part, None) for part in parts))


@bp.route("/sitemap-pages.xml")
def sitemap_pages() -> ResponseReturnValue:
    names = ("home", "merchants", "rules", "privacy", "about")
    pages = [url_for(f"pages.{name}") for name in names]
    pages += [url_for("handover.bodies"), url_for("opendata.dumps"), url_for("ledger.ledger"), url_for("ledger.figures")]
    pages += [url_for("pages.category", slug=category.key) for category in categories.every()]
    return _xml("urlset", "url", ((page, None) for page in pages))


@bp.route("/sitemap-merchants-<int:part>.xml")
def sitemap_merchants(part: int) -> ResponseReturnValue:
    slugs = queries.part_of_merchants(_known(part))
    if not slugs:
        raise Missing
    return _xml("urlset", "url", ((url_for("pages.merchant", slug=slug), None) for slug in slugs))


@bp.route("/sitemap-letters-<int:part>.xml")
def sitemap_letters(part: int) -> ResponseReturnValue:
    letters = queries.part_of_letters(_known(part))
    if not letters:
        raise Missing
    return _xml(
        "urlset",
        "url",
        (
            (
                url_for("letters.read", letter_id=letter.id, slug=slug_of(letter.title)),
                letter.revised_at or letter.published_at,
            )
            for letter in letters
        ),
    )


@bp.route("/robots.txt")
def robots() -> ResponseReturnValue:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (*PRIVATE, *SIGNED)), "Disallow: /*?parked="]
    lines += ["", f"Sitemap: {absolute(url_for('pages.sitemap'))}", ""]
    return Response("\n".join(lines), content_type="text/plain; charset=utf-8")


def _known(part: int) -> int:
    if part > queries.LARGEST_PART:
        raise Missing
    return part


def _xml(root: str, item: str, pages: Iterable[tuple[str, datetime | None]]) -> Response:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<{root} xmlns="{SPACE}">']
    for page, changed in pages:
        date = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        lines.append(f"<{item}><loc>{escape(absolute(page))}</loc>{date}</{item}>")
    lines.append(f"</{root}>\n")
    return Response("\n".join(lines), content_type="application/xml; charset=utf-8")
