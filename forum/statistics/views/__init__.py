"""The pages of figures, the lists behind them, their files, and the badge for a business's own site."""

from flask import Blueprint

bp = Blueprint("statistics", __name__)

from forum.statistics.views import badge, files, letters, site  # noqa: E402  the routes need `bp`

__all__ = ["badge", "bp", "files", "letters", "site"]
