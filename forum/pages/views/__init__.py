"""The public pages around the letters."""

from flask import Blueprint

bp = Blueprint("pages", __name__)

from forum.pages.views import feeds, front, health, language, merchant, sitemap, styleguide, texts  # noqa: E402  the routes need `bp`

__all__ = ["bp", "feeds", "front", "health", "language", "merchant", "sitemap", "styleguide", "texts"]
