"""Pages of the lists."""

from flask import Blueprint

bp = Blueprint("crowds", __name__)

from forum.crowds.views import terms  # noqa: E402  the routes need `bp`

__all__ = ["bp", "terms"]
