"""Pages of pages."""

from flask import Blueprint

bp = Blueprint("pages", __name__)


@bp.route("/", methods=["GET"])
def home() -> str:
    return "home"


@bp.route("/rules", methods=["GET"])
def rules() -> str:
    return "rules"


@bp.route("/privacy", methods=["GET"])
def privacy() -> str:
    return "privacy"


@bp.route("/about", methods=["GET"])
def about() -> str:
    return "about"


@bp.route("/language", methods=["POST"])
def language() -> str:
    return "language"
