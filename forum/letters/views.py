"""Pages of letters."""

from flask import Blueprint

bp = Blueprint("letters", __name__)


@bp.route("/letters/write", methods=["GET"])
def write() -> str:
    return "write"


@bp.route("/letters/mine", methods=["GET"])
def mine() -> str:
    return "mine"
