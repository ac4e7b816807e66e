"""Pages of notifications."""

from flask import Blueprint

bp = Blueprint("notifications", __name__)


@bp.route("/notifications", methods=["GET"])
def inbox() -> str:
    return "inbox"


@bp.route("/notifications/settings", methods=["GET"])
def settings() -> str:
    return "settings"
