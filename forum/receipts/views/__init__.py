"""Pages on which anybody checks that nothing was changed."""

from flask import Blueprint

bp = Blueprint("receipts", __name__)

from forum.receipts.views import check, heads, receipt  # noqa: E402  the routes need `bp`

__all__ = ["bp", "check", "heads", "receipt"]
