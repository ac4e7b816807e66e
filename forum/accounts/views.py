"""Pages of accounts."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET"])
def sign_in() -> str:
    return "sign_in"


@bp.route("/sign-up", methods=["GET"])
def sign_up() -> str:
    return "sign_up"


@bp.route("/sign-out", methods=["POST"])
def sign_out() -> str:
    return "sign_out"


@bp.route("/settings", methods=["GET"])
def settings() -> str:
    return "settings"
