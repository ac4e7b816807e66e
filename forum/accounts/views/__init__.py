"""Pages of accounts: entry (sign up, in, out), links (what mails lead to) and settings."""

from flask import Blueprint, Response

bp = Blueprint("accounts", __name__)


@bp.after_request
def _private(response: Response) -> Response:
    """Keep these pages out of every cache, and their addresses, which may hold a token, out of other sites' logs."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


from forum.accounts.views import entry, factors, links, second, settings  # noqa: E402 - the routes hang themselves onto bp

__all__ = ["bp", "entry", "factors", "links", "second", "settings"]
