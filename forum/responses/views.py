"""Pages of responses."""

from flask import Blueprint

bp = Blueprint("responses", __name__)


@bp.route("/desk", methods=["GET"])
def desk() -> str:
    return "desk"
