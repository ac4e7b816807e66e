"""The interface and the pages about it."""

from flask import Blueprint

bp = Blueprint("api", __name__)

from forum.api.views import answers, pages  # noqa: E402, F401 - they hang their routes onto the blueprint
