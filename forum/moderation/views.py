"""Pages of moderation."""

from flask import Blueprint

bp = Blueprint("moderation", __name__)


@bp.route("/moderation", methods=["GET"])
def queue() -> str:
    return "queue"
