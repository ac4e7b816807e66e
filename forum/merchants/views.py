"""Pages of merchants."""

from flask import Blueprint

bp = Blueprint("merchants", __name__)
