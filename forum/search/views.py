"""Pages of search."""

from flask import Blueprint

bp = Blueprint("search", __name__)


@bp.route("/search", methods=["GET"])
def search() -> str:
    return "search"
