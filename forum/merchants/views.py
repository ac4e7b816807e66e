"""Pages of merchants."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from forum.core.text import clean
from forum.core.web import visitor
from forum.letters.queries.merchants import suggestions
from forum.merchants.queries import key_of

bp = Blueprint("merchants", __name__)


@bp.route("/merchants/suggest", methods=["GET"])
def suggest() -> ResponseReturnValue:
    """Names of businesses that hold what was typed, for the writer's form."""
    found = suggestions(visitor(), key_of(clean(request.args.get("q", "")[:200])))
    return jsonify([{"name": row.name, "slug": row.slug} for row in found])
