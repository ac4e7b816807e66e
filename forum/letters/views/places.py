"""Suggestions for the place line of the writer's form."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from forum.core.text import clean
from forum.letters.places import suggest
from forum.letters.views import bp


@bp.route("/places/suggest", methods=["GET"])
def suggest_places() -> ResponseReturnValue:
    """Regencies, cities and provinces that fit what was typed."""
    return jsonify([{"name": line} for line in suggest(clean(request.args.get("q", "")[:200]))])
