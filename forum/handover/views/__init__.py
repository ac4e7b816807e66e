"""Pages of the hand-over: where to turn next, the author's pack, and the moderators' list of bodies."""

from flask import Blueprint

bp = Blueprint("handover", __name__)

from forum.handover.views import bodies, desk, pack  # noqa: E402  the routes need `bp`

__all__ = ["bodies", "bp", "desk", "pack"]
